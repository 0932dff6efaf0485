/**
 * A program in a real pseudo-terminal, read through xterm's emulator: what an operator would see,
 * type and be left with. By default the program is the built `bin/dkron-tui.js`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm, { type IBufferCell, type Terminal } from '@xterm/headless';
import { type Activity, activityOf } from './activity.ts';
import { keyBytes } from './key-bytes.ts';
import { currentUnicode } from './unicode.ts';

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
  /** How to see what the program's process is at; the best way of this machine when left out. */
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

/** How often, and for how many samples in a row, a program must be found asleep to be idle. */
const sampleEvery = 15;
const samplesAsleep = 5;

export async function startScreen(options: ScreenOptions = {}): Promise<Screen> {
  const screen = new Screen(options);
  running.add(screen);
  await screen.until(() => screen.pid !== undefined, 'the program to start');
  return screen;
}

/** Kills what tests left running; for `afterEach`. */
export async function closeScreens(): Promise<void> {
  await Promise.all([...running].map((screen) => screen.close()));
}

export class Screen {
  /** The program's process; undefined before it started. */
  pid: number | undefined;
  /** Its home, empty at first and removed in the end. */
  readonly home = mkdtempSync(join(tmpdir(), 'dkron-tui-screen-'));
  /** Bytes the program has written. */
  bytes = 0;
  /** Frames it has drawn as synchronized updates. */
  frames = 0;
  /** The title it gave the terminal's window. */
  title = '';
  /** Lines it pushed off the top of the alternate screen: a frame was taller than the screen. */
  pushedOff = 0;

  readonly #terminal: Terminal;
  readonly #pty: IPty;
  readonly #patience: number;
  readonly #activity: (pid: number) => Activity;
  readonly #watchers = new Set<() => void>();
  readonly #closed: Promise<void>;
  #unparsed = 0;
  #cursorHidden = false;
  #ending: Ending | undefined;
  #stopped: Ending | undefined;

  constructor({ args = [], script = program, cols = 100, rows = 30, ...rest }: ScreenOptions) {
    this.#patience = rest.patience ?? 15_000;
    this.#activity = rest.activity ?? activityOf;
    this.#terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true, scrollback: 1000 });
    this.#listen();
    this.#pty = spawn('bash', [wrapper, process.execPath, script, ...args], {
      name: 'xterm-256color',
      cols,
      rows,
      cwd: this.home,
      env: {
        PATH: process.env['PATH'],
        HOME: this.home,
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        COLORTERM: 'truecolor',
        ...rest.env,
      },
    });
    this.#pty.onData((data) => this.#draw(data));
    this.#closed = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) =>
        // What came before has to be read first: it may hold the shell's last word.
        this.#terminal.write('', () => {
          this.#ending ??= { status: exitCode, left: ['no word from its shell'] };
          this.#changed();
          resolve();
        }),
      );
    });
  }

  get cols(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** The screen's lines, without the spaces at their ends and without empty lines at the bottom. */
  text(): string {
    return Array.from({ length: this.rows }, (_, row) => this.line(row))
      .join('\n')
      .trimEnd();
  }

  /** One line, from 0. */
  line(row: number): string {
    const buffer = this.#terminal.buffer.active;
    return buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '';
  }

  /** The first row that contains the text, or -1. */
  rowOf(text: string): number {
    return Array.from({ length: this.rows }, (_, row) => this.line(row)).findIndex((line) =>
      line.includes(text),
    );
  }

  /** One cell: character, width and attributes (`isInverse`, `isBold`, `getFgColor`, …). */
  cell(column: number, row: number): IBufferCell | undefined {
    const buffer = this.#terminal.buffer.active;
    return buffer.getLine(buffer.baseY + row)?.getCell(column);
  }

  /** Where the terminal's own cursor stands, and whether it shows. */
  cursor(): { column: number; row: number; visible: boolean } {
    const { cursorX, cursorY } = this.#terminal.buffer.active;
    return { column: cursorX, row: cursorY, visible: !this.#cursorHidden };
  }

  alternate(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  /** Rows that continue the one above: something was drawn wider than the screen. */
  wrappedRows(): number[] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.rows }, (_, row) => row).filter(
      (row) => active.getLine(active.baseY + row)?.isWrapped,
    );
  }

  /** Presses keys by name (`j`, `enter`, `ctrl-d`, `shift-up`), each after the last was dealt with. */
  async press(...names: string[]): Promise<void> {
    await this.idle();
    for (const name of names) {
      this.send(keyBytes(name));
      await this.idle();
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
  }

  /** Pastes as a terminal does: bracketed when the program asked for it, newlines as Enter. */
  async paste(text: string): Promise<void> {
    const typed = text.replace(/\r?\n/g, '\r');
    const { bracketedPasteMode } = this.#terminal.modes;
    this.send(bracketedPasteMode ? `\x1b[200~${typed}\x1b[201~` : typed);
    await this.idle();
  }

  send(bytes: string): void {
    this.#pty.write(bytes);
  }

  async resize(cols: number, rows: number): Promise<void> {
    this.#terminal.resize(cols, rows);
    this.#pty.resize(cols, rows);
    await this.idle();
  }

  /** Sends a signal to the program itself. */
  signal(name: NodeJS.Signals): void {
    process.kill(this.pid!, name);
  }

  /** Whether the program's process still runs. */
  alive(): boolean {
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(this.pid)]);
    return /^[^Z]/.test(String(stdout));
  }

  /** Takes the terminal away, as closing its window does. */
  async hangUp(): Promise<void> {
    this.#pty.kill('SIGHUP');
    await this.#closed;
  }

  /** Waits until the screen shows the text, matches, or satisfies; throws with the whole screen. */
  async waitFor(what: string | RegExp | ((screen: Screen) => boolean)): Promise<void> {
    if (typeof what === 'function') return this.until(() => what(this), what.toString());
    const shows = (text: string) =>
      typeof what === 'string' ? text.includes(what) : what.test(text);
    return this.until(() => shows(this.text()), JSON.stringify(String(what)));
  }

  /**
   * Waits until the program has nothing to do: everything it wrote is on the screen, and its main
   * thread has not run for several samples in a row. A program waiting for a server is idle too:
   * wait for what it will show instead.
   */
  async idle(): Promise<void> {
    const giveUp = Date.now() + this.#patience;
    const look = () => {
      const { used, wantsCpu } = this.#activity(this.pid!);
      return { trace: `${this.bytes} ${used}`, wantsCpu };
    };
    let asleep = 0;
    let before = look();
    while (asleep < samplesAsleep) {
      await sleep(sampleEvery);
      const now = look();
      const sleeps = now.trace === before.trace && this.#unparsed === 0 && !now.wantsCpu;
      asleep = sleeps ? asleep + 1 : 0;
      before = now;
      if (this.#ending !== undefined || this.#stopped !== undefined) return;
      if (Date.now() > giveUp) throw this.#complaint('it to become idle');
    }
  }

  /** Waits for the program's end. */
  async ended(): Promise<Ending> {
    await this.until(() => this.#ending !== undefined, 'the program to end');
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
    this.send('\n');
    await this.idle();
  }

  /** Lets a stopped program go on in the background, as the shell's `bg`. */
  async background(): Promise<void> {
    this.#stopped = undefined;
    this.send('bg\n');
  }

  /** Waits for a condition that only output can bring about. */
  async until(holds: () => boolean, what: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const check = () => {
      if (this.#terminal.modes.synchronizedOutputMode) return;
      if (holds()) resolve();
      else if (this.#ending !== undefined && !what.includes('end'))
        reject(this.#complaint(`${what}, but it ended`));
    };
    const timer = setTimeout(() => reject(this.#complaint(what)), this.#patience);
    this.#watchers.add(check);
    check();
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#watchers.delete(check);
    }
  }

  /** Kills the program and its shell, and removes its home. */
  async close(): Promise<void> {
    running.delete(this);
    if (this.#ending === undefined && this.pid !== undefined) killGroup(this.pid);
    this.#pty.kill('SIGKILL');
    await this.#closed;
    this.#terminal.dispose();
    rmSync(this.home, { recursive: true, force: true });
  }

  #listen(): void {
    const { unicode, parser } = this.#terminal;
    unicode.register(currentUnicode);
    unicode.activeVersion = currentUnicode.version;
    parser.registerOscHandler(7777, (word) => this.#hear(word));
    parser.registerCsiHandler({ prefix: '?', final: 'h' }, (modes) => this.#mode(modes, true));
    parser.registerCsiHandler({ prefix: '?', final: 'l' }, (modes) => this.#mode(modes, false));
    let buffer = this.#terminal.buffer.active.type;
    this.#terminal.onScroll(() => {
      // The emulator also fires once when a program enters or leaves the alternate screen.
      if (buffer === this.#terminal.buffer.active.type && this.alternate()) this.pushedOff += 1;
      buffer = this.#terminal.buffer.active.type;
    });
    this.#terminal.onTitleChange((title) => {
      this.title = title;
    });
    // The terminal answers what programs ask it (size, cursor, attributes).
    this.#terminal.onData((answer) => this.send(answer));
  }

  #mode(modes: readonly (number | number[])[], on: boolean): boolean {
    if (modes.includes(25)) this.#cursorHidden = !on;
    if (modes.includes(2026) && !on) this.frames += 1;
    return false;
  }

  /** What job.bash says in band. */
  #hear(word: string): boolean {
    const [event, value, modes] = word.split(' ');
    if (event === 'pid') this.pid = Number(value);
    const ending = { status: Number(value), left: this.#leftBehind(modes === 'kept') };
    if (event === 'stopped') this.#stopped = ending;
    if (event === 'ended') this.#ending = ending;
    return true;
  }

  #leftBehind(modesKept: boolean): string[] {
    const { bracketedPasteMode, mouseTrackingMode, sendFocusMode } = this.#terminal.modes;
    const complaints: [boolean, string][] = [
      [this.alternate(), 'the alternate screen'],
      [this.#cursorHidden, 'a hidden cursor'],
      [!modesKept, 'changed terminal modes (stty)'],
      [bracketedPasteMode, 'bracketed paste'],
      [mouseTrackingMode !== 'none', 'mouse reports'],
      [sendFocusMode, 'focus reports'],
    ];
    return complaints.filter(([is]) => is).map(([, what]) => what);
  }

  #draw(data: string): void {
    this.bytes += Buffer.byteLength(data);
    this.#unparsed += 1;
    this.#terminal.write(data, () => {
      this.#unparsed -= 1;
      this.#changed();
    });
  }

  #changed(): void {
    for (const check of [...this.#watchers]) check();
  }

  #complaint(what: string): Error {
    const edge = '─'.repeat(this.cols);
    return new Error(`Waited in vain for ${what}. The screen:\n${edge}\n${this.text()}\n${edge}`);
  }
}

/** The program leads a process group, so its children (an editor) end with it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
