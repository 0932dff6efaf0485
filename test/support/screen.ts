/**
 * A program in a real pseudo-terminal, read through xterm's emulator: what an operator would see,
 * type and be left with. By default the program is the built `bin/dkron-tui.js`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import { type Activity, activityOf, Idleness, isAlive, killGroup } from './activity.ts';
import { Emulator, type Sight, shows } from './emulator.ts';
import { keyBytes } from './key-bytes.ts';
import { slowly } from './live.ts';

export interface ScreenOptions {
  readonly args?: readonly string[];
  /** The script that Node runs; the built console when left out. */
  readonly script?: string;
  readonly cols?: number;
  readonly rows?: number;
  /** Added to an environment of an empty home, UTC and a terminal of true colour. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long to wait for what a test expects, in ms. */
  readonly patience?: number;
  /** A terminal that answers nothing that it is asked. */
  readonly mute?: boolean;
  /** A line so slow that the terminal rests so long after each piece of what it is sent, ms. */
  readonly rests?: number;
  /** How it is seen whether the program is idle; as this machine can unless told. */
  readonly activity?: (pid: number) => Activity;
}

/** How the program ended, and what it left behind that a shell's user would curse. */
export interface Ending {
  /** As the shell's `$?`: 128 + n after signal n. */
  readonly status: number;
  readonly left: readonly string[];
}

const program = fileURLToPath(new URL('../../bin/dkron-tui.js', import.meta.url));
const wrapper = fileURLToPath(new URL('job.bash', import.meta.url));
const running = new Set<Screen>();

export const startScreen = (options: ScreenOptions = {}): Promise<Screen> =>
  started(new Screen(options));

export async function started<S extends Screen>(screen: S): Promise<S> {
  running.add(screen);
  await screen.until(() => screen.pid !== undefined, 'the program to start');
  return screen;
}

/** Kills what tests left running; for `afterEach`. */
export async function closeScreens(): Promise<void> {
  await Promise.all([...running].map((screen) => screen.close()));
}

export class Screen extends Emulator {
  /** The program's process; undefined before it started. */
  pid: number | undefined;
  /** Its home, empty at first and removed in the end. */
  readonly home = mkdtempSync(join(tmpdir(), 'dkron-tui-screen-'));

  readonly #pty: IPty;
  readonly #patience: number;
  readonly #idleness: Idleness;
  readonly #watchers = new Set<() => void>();
  readonly #closed: Promise<void>;
  #ending: Ending | undefined;
  #stopped: Ending | undefined;

  constructor({ args = [], script = program, cols = 100, rows = 30, ...rest }: ScreenOptions) {
    super(cols, rows);
    this.#patience = rest.patience ?? 15_000;
    const { activity = activityOf } = rest;
    this.#idleness = new Idleness(() => {
      const { used, wantsCpu } = activity(this.pid!);
      return wantsCpu || !this.caughtUp ? null : `${this.bytes} ${used}`;
    });
    this.terminal.parser.registerOscHandler(7777, (word) => this.#hear(word));
    // The terminal answers what programs ask it (size, cursor, attributes).
    if (!rest.mute) this.terminal.onData((answer) => this.#pty.write(answer));
    this.#pty = spawn('bash', [wrapper, process.execPath, script, ...args], {
      name: 'xterm-256color',
      cols,
      rows,
      cwd: this.home,
      env: {
        PATH: process.env['PATH'],
        HOME: this.home,
        // What V8 made of the program for one is there for the next: a start costs half of the processor then.
        XDG_CACHE_HOME: join(process.env['TESTS_HOME']!, 'cache'),
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        COLORTERM: 'truecolor',
        ...rest.env,
      },
    });
    this.#pty.onData((data) => {
      if (rest.rests) this.#rest(rest.rests);
      this.draw(data, () => this.#changed());
    });
    this.#closed = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) =>
        // What came before has to be read first: it may hold the shell's last word.
        this.terminal.write('', () => {
          this.#ending ??= { status: exitCode, left: ['no word from its shell'] };
          this.#changed();
          resolve();
        }),
      );
    });
  }

  /** Presses keys by name (`j`, `enter`, `ctrl-d`, `shift-up`), each after the last was dealt with. */
  async press(...names: string[]): Promise<void> {
    await this.idle();
    for (const name of names) {
      this.send(keyBytes(name), name);
      await this.idle();
      await slowly?.pause();
    }
  }

  /** Answers a question by keys: it has to be looked at for a moment first. */
  async answer(...names: string[]): Promise<void> {
    await this.idle();
    await sleep(300);
    await this.press(...names);
  }

  /** Types all of it in one chunk, as keys arrive over a slow line. */
  async type(text: string): Promise<void> {
    this.send(text);
    await this.idle();
    await slowly?.pause();
  }

  /** Pastes as a terminal does: bracketed when the program asked for it, newlines as Enter. */
  async paste(text: string): Promise<void> {
    const typed = text.replace(/\r?\n/g, '\r');
    const { bracketedPasteMode } = this.terminal.modes;
    this.send(bracketedPasteMode ? `\x1b[200~${typed}\x1b[201~` : typed, `a paste: ${text}`);
    await this.idle();
    await slowly?.pause();
  }

  /** Sends bytes as they are; `told` is what they are to somebody who watches. */
  send(bytes: string, told = JSON.stringify(bytes)): void {
    this.#disturb(told);
    this.#pty.write(bytes);
  }

  async resize(cols: number, rows: number): Promise<void> {
    this.#disturb(`a window of ${cols}×${rows}`);
    this.terminal.resize(cols, rows);
    this.#pty.resize(cols, rows);
    await this.idle();
    await slowly?.pause();
  }

  /** Sends a signal to the program itself. */
  signal(name: NodeJS.Signals): void {
    this.#disturb(name);
    process.kill(this.pid!, name);
  }

  /** Whether the program's process still runs. */
  alive(): boolean {
    return this.pid !== undefined && isAlive(this.pid);
  }

  /** Takes the terminal away, as closing its window does. */
  async hangUp(): Promise<void> {
    this.#pty.kill('SIGHUP');
    await this.#closed;
  }

  /** Waits until the screen shows it; throws with the whole screen. */
  async waitFor(sight: Sight): Promise<void> {
    await this.until(() => shows(this.text(), sight), JSON.stringify(String(sight)));
  }

  /**
   * Waits until the program has nothing to do: everything it wrote is on the screen, and its main
   * thread has slept for a while. A program waiting for a server is idle too: wait for what it will
   * show instead.
   */
  async idle(): Promise<void> {
    const over = () => this.#ending !== undefined || this.#stopped !== undefined;
    if (!(await this.#idleness.begins(over, this.#patience)))
      throw this.complaint('waited in vain for it to become idle');
  }

  /** Waits for the program's end. */
  async ended(): Promise<Ending> {
    await this.until(() => this.#ending !== undefined, 'the program to end', true);
    return this.#ending!;
  }

  /** Waits until the program is stopped (Ctrl-Z) and its shell has the terminal. */
  async stopped(): Promise<Ending> {
    await this.until(() => this.#stopped !== undefined, 'the program to stop');
    return this.#stopped!;
  }

  /** Brings a stopped program back, as the shell's `fg`. */
  async foreground(): Promise<void> {
    this.#stopped = undefined;
    this.send('\n', 'fg');
    await this.idle();
  }

  /** Lets a stopped program go on in the background, as the shell's `bg`. */
  async background(): Promise<void> {
    this.#stopped = undefined;
    this.send('bg\n', 'bg');
  }

  /** Waits for a condition that only output can bring about; after the program's end none can. */
  async until(holds: () => boolean, what: string, mayEnd = false): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const check = () => {
      if (this.halfDrawn) return;
      if (holds()) resolve(null);
      else if (this.#ending !== undefined && !mayEnd) resolve(', but it ended');
    };
    const timer = setTimeout(() => resolve(''), this.#patience);
    this.#watchers.add(check);
    check();
    const inVain = await promise;
    clearTimeout(timer);
    this.#watchers.delete(check);
    // Thrown here and not by the timer, so that its stack leads to the scenario.
    if (inVain !== null) throw this.complaint(`waited in vain for ${what}${inVain}`);
  }

  /** Kills the program and its shell, and removes its home. */
  async close(): Promise<void> {
    if (!running.delete(this)) return;
    if (this.#ending === undefined && this.pid !== undefined) killGroup(this.pid);
    this.#pty.kill('SIGKILL');
    await this.#closed;
    this.terminal.dispose();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Reads nothing for a while, so that what is written waits in the line, and then who writes it. */
  #rest(ms: number): void {
    this.#pty.pause();
    setTimeout(() => this.#pty.resume(), ms);
  }

  #disturb(told: string): void {
    slowly?.tell(this, told);
    this.#idleness.end();
  }

  /** What job.bash says in band. */
  #hear(word: string): boolean {
    const [event, value, modes] = word.split(' ');
    if (event === 'pid') this.pid = Number(value);
    const ending = { status: Number(value), left: this.leftBehind(modes === 'kept') };
    if (event === 'stopped') this.#stopped = ending;
    if (event === 'ended') this.#ending = ending;
    return true;
  }

  #changed(): void {
    if (!this.halfDrawn) slowly?.draw(this);
    for (const check of [...this.#watchers]) check();
  }
}
