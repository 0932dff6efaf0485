import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';
import { withBody } from '../edit/body.ts';

// Without a next run, which would come nearer meanwhile.
const server = demo(
  ['alpha', 'bravo', 'charlie'].map((name) => ({
    ...withBody('{"a": 1}'),
    name,
    schedule: '@manually',
  })),
);

const reports = [
  '\x1b]11;rgb:1e1e/1e1e/1e1e\x07',
  '\x1b]10;rgb:d4d4/d4d4/d4d4\x1b\\',
  '\x1bP>|XTerm(390)\x1b\\',
  '\x1b_Gi=1;OK\x1b\\',
  '\x1b^private\x1b\\',
  '\x1bXstring\x1b\\',
  '\x1b[M !!',
  '\x1b[<0;10;5M\x1b[<0;10;5m',
  '\x1b[32;10;5M',
  '\x1b[I\x1b[O',
  '\x1b[5;10R\x1b[0n\x1b[?1;2c\x1b[?2026;2$y\x1b[8;24;80t\x1b[?1u',
];

describe('what a terminal says by itself', () => {
  it.each<[string, string[]]>([
    ['the jobs', []],
    ['an editor', ['b']],
    ['a filter', ['/']],
  ])(
    'changes nothing on %s: whole, byte by byte, and broken off for a while',
    async (_where, keys) => {
      const on = await openConsole(server, { cols: 80, rows: 24 });
      await on.press(...keys);
      const before = on.belowTheTop();
      await on.type(reports.join(''));
      for (const report of reports) {
        for (const byte of report) on.send(byte);
        const half = Math.ceil(report.length / 2);
        on.send(report.slice(0, half));
        await sleep(150);
        on.send(report.slice(half));
        await sleep(20);
      }
      await on.idle();
      expect(on.belowTheTop()).toBe(before);
      await on.press('esc', 'j');
      await on.jobs.isOn('bravo');
    },
  );

  it('is swallowed when it comes late behind its own Esc', async () => {
    const on = await openConsole(server, { cols: 80, rows: 24 });
    const before = on.belowTheTop();
    for (const report of reports.slice(0, 3)) {
      await on.press('esc');
      await on.type(report.slice(1));
    }
    expect(on.belowTheTop()).toBe(before);
  });
});
