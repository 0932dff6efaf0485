/** How long runs take: in the table, while a schedule is typed, and by commands. */

import { beforeAll, describe, expect, it } from 'vitest';
import { type Console, type ConsoleOptions, openConsole, startConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { onEachServerWith, type Server } from '../driver/server.ts';
import { ran } from './ran.ts';

const wide = { cols: 200, rows: 50, args: ['--refresh', '0.5'] };

const scenarios = (server: Server): void => {
  const ranOften = async (name: string, command: string, first: number, last: number) => {
    for (let runs = first; runs <= last; runs++) await ran(server, name, command, runs);
  };
  const command = async (args: readonly string[], options: ConsoleOptions = {}): Promise<Console> =>
    startConsole(server, { ...options, cols: 200, args });

  beforeAll(() =>
    Promise.all([
      ranOften('waxing', 'sleep 0.3', 1, 8),
      ranOften('tight', 'sleep 1.2', 1, 5),
      ranOften('young', 'sleep 1.2', 1, 4),
    ]),
  );

  const row = (on: Console, name: string): string => on.line(on.rowOf(` ${name} `));
  const isNow = (on: Console, name: string, status: string): Promise<void> =>
    on.until(() => row(on, name).includes(status), `${name} to be ${status}`);

  describe('how long runs take', () => {
    it('is a bar for each run, long once none took as long, and said of a schedule that cannot be kept', async () => {
      const on = await openConsole(server, wide);
      const bars = (name: string, count: number): Promise<void> =>
        on.until(
          () => new RegExp(` [▁▂▃▄▅▆▇█]{${count}}(?=[ │]|$)`).test(row(on, name)),
          `${count} bars of ${name}`,
        );
      await bars('tight', 5);
      await bars('young', 4);
      const running = ran(server, 'tight', 'sleep 4', 6);
      await isNow(on, 'tight', '▸ running');
      await isNow(on, 'tight', 'long');
      await running;
      await on.until(() => !/long|running/.test(row(on, 'tight')), 'its end');

      // Of fewer than five runs nothing is said.
      await on.jobs.goTo('young');
      await on.schedule.open();
      await on.schedule.retype('* * * * * *');
      await on.sees('joins');
      await on.seesNot('cannot be kept');
      await on.schedule.leave();
      await on.jobs.goTo('tight');
      await on.schedule.open();
      await on.schedule.retype('* * * * * *');
      await on.sees(
        /cannot be kept: a run usually takes [1-3]\.\ds, and two firings are 1\.0s apart/,
      );
      await on.schedule.retype('0 0 5 * * *');
      await on.loses('cannot be kept');
      await on.schedule.retype('0,1 0 5 * * *');
      await on.sees('cannot be kept');
      await on.schedule.save();
      await on.back();
      await isNow(on, 'tight', 'overrun');
      await on.type('/status:overrun\r');
      await on.jobs.hides('young');
      await on.jobs.shows('tight');

      const told = await command(['jobs', 'status:overrun', '--times']);
      await told.sees('tight', 'cannot be kept', /up to \d runs go on at once/);
      await told.endsWith(0);
      expect(told.text()).not.toContain('young');
    });

    it('is slow since three runs in a row, also for a watch', async () => {
      const watched = { env: { XDG_STATE_HOME: folder() } };
      const look = () => command(['watch', '--once', '--on', 'slow', 'waxing'], watched);
      const first = await look();
      await first.endsWith(0);
      await ranOften('waxing', 'sleep 1.5', 9, 11);
      const second = await look();
      await second.sees('waxing', 'the last 3 runs took 1.', 'was usual before');
      await second.endsWith(3);
      const third = await look();
      await third.endsWith(0);

      const on = await openConsole(server, wide);
      await isNow(on, 'waxing', 'slow');
      await on.jobs.goTo('waxing');
      await on.press('enter');
      await on.sees('Takes', 'the last 3 runs took 1.');
    });
  });
};

// What is read of earlier versions is the same; of 3.2.7 each run takes 2 s longer.
onEachServerWith('shell', scenarios, { from: '4.1.0' });
