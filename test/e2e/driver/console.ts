/**
 * The console before an operator, for scenarios that read like prose: `on.jobs.goTo('zones')`,
 * `on.plan.expect({ changed: 1 })`, `on.confirm('Disable zones')`. It waits for what it is to see,
 * never for time, and a scenario that fails is told with the screen.
 */
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { placesBelow } from '../../../src/config/places.ts';
import { ofItsChild } from '../../support/activity.ts';
import { type Sight, shows } from '../../support/emulator.ts';
import { slowly } from '../../support/live.ts';
import { Screen, type ScreenOptions, started } from '../../support/screen.ts';
import { BodyEditor } from './body.ts';
import { Jobs } from './jobs.ts';
import { KeyedList } from './list.ts';
import { program, tooOld } from './node.ts';
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
  const activity = node.includes(tooOld) ? { activity: ofItsChild() } : {};
  const on = new Console({ cols: 120, rows: 36, ...activity, ...options, script, args });
  onTestFinished(async ({ task }) => {
    for (const error of task.result?.errors ?? [])
      if (!error.message.includes('The screen:'))
        error.message = on.complaint(error.message).message;
    await slowly?.pause();
    await on.close();
  });
  return started(on);
}

export class Console extends Screen {
  readonly jobs = new Jobs(this);
  readonly plan = new Plan(this);
  readonly journal = new KeyedList(this, 'H', 'Journal');
  readonly history = new KeyedList(this, 'L', 'History of');
  readonly snapshots = new KeyedList(this, 'R', 'Snapshots');
  readonly runs = new KeyedList(this, 'x', 'executions');
  readonly help = new KeyedList(this, '?', 'edit fields');
  readonly agenda = new KeyedList(this, 'A', 'Agenda');
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
  async seesNot(sight: Sight): Promise<void> {
    await this.idle();
    if (shows(this.text(), sight)) throw this.complaint(`there should be no ${sight}`);
  }

  /** Waits until it does not show it any more. */
  async loses(text: string): Promise<void> {
    await this.until(() => !this.text().includes(text), `${JSON.stringify(text)} to go`);
  }

  /** Waits until it is told at the bottom of the screen: a result, or a question. */
  async told(what: Sight): Promise<void> {
    const tells = () => shows(this.lines().slice(-4).join('\n'), what);
    await this.until(tells, `${what} to be told at the bottom`);
  }

  /** The frame without its first line, which tells the time. */
  belowTheTop(): string {
    return this.lines().slice(1).join('\n').trimEnd();
  }

  /** Opens the job under the cursor in the operator's own editor, and waits until that shows. */
  async editOutside(sight: Sight): Promise<void> {
    await this.press('e');
    await this.sees(sight);
  }

  /** Saves all jobs, so many, to a file. */
  async takeSnapshot(jobs: string): Promise<void> {
    await this.press('S');
    await this.told(`${jobs} saved to`);
  }

  /** Asks for the plan that takes back the last change. */
  async undo(change: string): Promise<void> {
    await this.press('u');
    await this.plan.expect({ title: `Undo  ${change}` });
  }

  /** Looks at a question and says yes to it. */
  async confirm(question: Sight): Promise<void> {
    await this.told(question);
    await this.answer('y');
  }

  /** Looks at a question whose answer is typed, and types it; Enter is left to the scenario. */
  async answerByTyping(expected: string): Promise<void> {
    await this.told(`Type ${expected} to confirm`);
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
