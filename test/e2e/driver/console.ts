/**
 * The console before an operator, for scenarios that read like prose: `on.jobs.goTo('zones')`,
 * `on.plan.expect({ changed: 1 })`, `on.confirm('Disable zones')`. It waits for what it is to see,
 * never for time, and a scenario that fails is told with the screen.
 */
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { placesBelow } from '../../../src/config/places.ts';
import { slowly } from '../../support/live.ts';
import { Screen, type ScreenOptions, type Sight, started } from '../../support/screen.ts';
import { BodyEditor } from './body.ts';
import { Jobs } from './jobs.ts';
import { List } from './list.ts';
import { program } from './node.ts';
import { Plan } from './plan.ts';
import { ScheduleEditor } from './schedule.ts';

export interface ConsoleOptions extends ScreenOptions {
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
}

/** Opens the console on a server and waits until it shows the jobs. */
export async function openConsole(
  server: { readonly url: string },
  options: ConsoleOptions = {},
): Promise<Console> {
  const on = await startConsole(server, options);
  await on.sees('live');
  await on.idle();
  return on;
}

/** Starts the program on a server, whatever it shows then: `args` may name a command. */
export const startConsole = (
  { url }: { readonly url: string },
  { args = [], ...options }: ConsoleOptions = {},
): Promise<Console> => startProgram({ ...options, args: ['--url', url, ...args] });

/** Starts the program, in a terminal of 120×36 unless told; it is closed when the test is finished. */
export async function startProgram({ node = [], ...options }: ConsoleOptions): Promise<Console> {
  slowly?.begin(expect.getState().currentTestName ?? '');
  const [script = program, ...args] = [...node, program, ...(options.args ?? [])];
  const on = new Console({ cols: 120, rows: 36, ...options, script, args });
  onTestFinished(async ({ task }) => {
    for (const error of task.result?.errors ?? [])
      if (!error.message.includes('The screen:'))
        error.message = on.complaint(error.message).message;
    await on.close();
  });
  return started(on);
}

export class Console extends Screen {
  readonly jobs = new Jobs(this);
  readonly plan = new Plan(this);
  readonly journal = new List(this, { key: 'H', title: 'Journal' });
  readonly snapshots = new List(this, { key: 'R', title: 'Restore from' });
  readonly runs = new List(this, { key: 'x', title: 'executions' });
  readonly help = new List(this, { key: '?', title: 'edit fields' });
  readonly agenda = new List(this, { key: 'A', title: 'Agenda' });
  readonly schedule = new ScheduleEditor(this);
  readonly body = new BodyEditor(this);

  /** Where it keeps journal, snapshots and drafts unless its environment says otherwise. */
  get places() {
    return placesBelow(join(this.home, '.local', 'share'), join(this.home, '.local', 'state'));
  }

  /** Waits until all of it shows. */
  async sees(...sights: readonly Sight[]): Promise<void> {
    for (const sight of sights) await this.waitFor(sight);
  }

  /** Does not show it once there is nothing left to do. */
  async seesNot(text: string | RegExp): Promise<void> {
    await this.idle();
    const shows = typeof text === 'string' ? this.text().includes(text) : text.test(this.text());
    if (shows) throw this.complaint(`there should be no ${text}`);
  }

  /** Waits until it does not show it any more. */
  async loses(text: string): Promise<void> {
    await this.until(() => !this.text().includes(text), `${JSON.stringify(text)} to go`);
  }

  /** What is told at the bottom of the screen. */
  async told(what: string | RegExp): Promise<void> {
    const bottom = () => this.lines().slice(-4).join('\n');
    const tells = () => (typeof what === 'string' ? bottom().includes(what) : what.test(bottom()));
    await this.until(tells, `${what} to be told at the bottom`);
  }

  /** The frame without its first line, which tells the time. */
  belowTheTop(): string {
    return this.lines().slice(1).join('\n').trimEnd();
  }

  /** Asks for the plan that takes back the last change. */
  async undo(change: string): Promise<void> {
    await this.press('u');
    await this.plan.expect({ title: `Undo  ${change}` });
  }

  /** Looks at a question and says yes to it. */
  async confirm(question: string | RegExp): Promise<void> {
    await this.told(question);
    await this.answer('y');
  }

  /** Looks at a question whose answer is typed, and types it; Enter is left to the scenario. */
  async types(expected: string): Promise<void> {
    await this.told(`Type ${expected} to go on`);
    await this.answer(...expected);
  }

  /** Goes back so many screens. */
  async back(times = 1): Promise<void> {
    await this.press(...Array.from({ length: times }, () => 'esc'));
  }

  /** Leaves it by `q`, from as many screens as there are. */
  async quit(screens = 1): Promise<void> {
    await this.press(...Array.from({ length: screens }, () => 'q'));
    await this.endsWith(0);
  }

  /** Waits for its end, which leaves the terminal as it was. */
  async endsWith(status: number): Promise<void> {
    expect(await this.ended()).toEqual({ status, left: [] });
  }
}
