/** A console inside a real tmux whose clients come and go, where there is one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type IPty, spawn } from '@lydell/node-pty';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { folder } from '../driver/folder.ts';
import { program } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux) console.log('tmux is not there: no client of it was attached');

// Without a next run, which would come nearer meanwhile.
const server = demo(
  Array.from({ length: 40 }, (_, at) => ({
    name: `job-${String(at).padStart(2, '0')}`,
    schedule: '@manually',
  })),
);

class Tmux {
  readonly #socket = `dkron-tui-${randomUUID().slice(0, 8)}`;
  readonly #env = {
    PATH: process.env['PATH']!,
    HOME: folder(),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    TERM: 'xterm-256color',
    XDG_STATE_HOME: folder(),
  };

  constructor() {
    onTestFinished(() => void this.#run('kill-server'));
  }

  #run(...args: readonly string[]): string {
    const all = ['-L', this.#socket, '-f', '/dev/null', ...args];
    return spawnSync('tmux', all, { env: this.#env, encoding: 'utf8' }).stdout;
  }

  /** Without a client. */
  open(): void {
    const console = `'${process.execPath}' '${program}' --url ${server.url}`;
    const said = 'echo "status $?; $([ "$(stty -g)" = "$before" ] && echo sane)"';
    const line = `before=$(stty -g); ${console}; ${said}; read x`;
    this.#run(
      'new-session',
      '-d',
      '-x',
      '100',
      '-y',
      '30',
      `sh -c '${line.replaceAll("'", `'\\''`)}'`,
    );
  }

  attach(cols = 100, rows = 31): IPty {
    const args = ['-L', this.#socket, 'attach'];
    return spawn('tmux', args, { name: 'xterm-256color', cols, rows, env: this.#env });
  }

  detach(): void {
    this.#run('detach-client');
  }

  type(...keys: readonly string[]): void {
    this.#run('send-keys', ...keys);
  }

  /** The lines with their looks; those of a blank are not seen, and count as those of what comes after it. */
  lines(): string[] {
    return this.#run('capture-pane', '-p', '-e')
      .replace(/( +)((?:\x1b\[[\d;]*m)+)/g, '$2$1')
      .split('\n');
  }

  async shows(what: string | RegExp): Promise<void> {
    const text = () => this.#run('capture-pane', '-p');
    await vi.waitFor(() => expect(text()).toMatch(what), { timeout: 15_000, interval: 30 });
  }

  /** The lines below the first, once nothing of them changes any more. */
  async rests(): Promise<readonly string[]> {
    for (let before = ''; ; ) {
      await sleep(300);
      const [, ...lines] = this.lines();
      if (lines.join('\n') === before) return lines;
      before = lines.join('\n');
    }
  }

  close(): void {
    this.#run('kill-server');
  }
}

/** What shows is what the console draws anew; the first line tells the time. */
async function isWhole(tmux: Tmux): Promise<void> {
  // A client that goes takes the focus with it.
  await tmux.shows(/(live|resting).* · \d+s/);
  const drawn = await tmux.rests();
  tmux.type('C-l');
  await sleep(300);
  expect(drawn).toEqual(await tmux.rests());
}

async function left(tmux: Tmux): Promise<void> {
  tmux.type('q');
  await tmux.shows('status 0; sane');
}

describe.runIf(hasTmux)('in tmux', () => {
  it('the screen is right whenever a client comes or goes, of its size or another', async () => {
    expect(execFileSync('tmux', ['-V'], { encoding: 'utf8' })).toContain('tmux');
    const tmux = new Tmux();
    tmux.open();
    await isWhole(tmux);
    const first = tmux.attach();
    await tmux.shows('job-00');
    tmux.type('j', 'j');
    await tmux.shows(/▌ +job-02/);
    tmux.detach();
    first.kill();
    const wide = tmux.attach(140, 41);
    await sleep(300);
    await isWhole(tmux);
    wide.kill('SIGHUP');
    await sleep(200);
    await tmux.shows(/▌ +job-02/);
    await isWhole(tmux);
    await left(tmux);
  });

  it('and at any instant of its start, over the rows of the one before', async () => {
    const tmux = new Tmux();
    tmux.open();
    await isWhole(tmux);
    await left(tmux);
    for (const instant of [0, 40, 80, 120, 180]) {
      tmux.close();
      await sleep(100);
      tmux.open();
      await sleep(instant);
      const client = tmux.attach(instant % 80 === 0 ? 100 : 132, instant % 80 === 0 ? 31 : 44);
      await sleep(instant);
      tmux.detach();
      client.kill();
      await isWhole(tmux);
      await left(tmux);
    }
  });
});
