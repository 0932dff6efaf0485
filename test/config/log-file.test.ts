import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createLogFile, type LogFile } from '../../src/config/log-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dkron-tui-log-'));
  path = join(folder, 'log');
  onTestFinished(() => rm(folder, { recursive: true }));
});

/** An open log, and what it says of itself. */
function opened(at = path, limit?: number): { log: LogFile; told: string[] } {
  const log = createLogFile(limit);
  onTestFinished(log.close);
  const told: string[] = [];
  log.onTrouble((text) => told.push(text));
  log.open(at);
  return { log, told };
}

const lines = async (): Promise<Record<string, unknown>[]> =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the file of a log', () => {
  it('has one JSON object a line, and is its owner’s alone', async () => {
    const { log, told } = opened();
    log.note('effect', () => ({ type: 'run', text: 'one\ntwo' }));
    log.close();
    expect(await lines()).toMatchObject([
      { kind: 'start', pid: process.pid, version: 'development', node: process.versions.node },
      { kind: 'effect', type: 'run', text: 'one\ntwo' },
    ]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(told).toEqual([]);
  });

  it('is added to, and closed to others where it was not', async () => {
    await writeFile(path, '{"kind":"before"}\n');
    await chmod(path, 0o644);
    opened().log.close();
    expect((await lines()).map(({ kind }) => kind)).toEqual(['before', 'start']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is written without being closed', async () => {
    opened().log.note('message', () => ({ type: 'clock' }));
    await expect.poll(async () => (await lines()).length).toBe(2);
  });

  it('costs nothing where there is none', () => {
    const log = createLogFile();
    const never = (): never => {
      throw new Error('asked for');
    };
    log.note('message', never);
    log.close();
    expect(log.on).toBe(false);
  });

  it('keeps the other lines when one cannot be made, and quotes nothing that was read', async () => {
    const { log } = opened();
    log.note('message', () => {
      throw new TypeError('x is not a function');
    });
    log.note('message', () => JSON.parse('planted'));
    log.note('message', () => ({ type: 'clock' }));
    log.close();
    expect(await lines()).toMatchObject([
      { kind: 'start' },
      { kind: 'message', unlogged: expect.arrayContaining(['TypeError: x is not a function']) },
      { kind: 'message', unlogged: expect.anything() },
      { type: 'clock' },
    ]);
    expect(await readFile(path, 'utf8')).not.toContain('planted');
  });
});

describe('a log that cannot go on', () => {
  it('stops at its limit, with a line that says so', async () => {
    const { log, told } = opened(path, 1_000);
    for (let count = 0; count < 50; count++) log.note('message', () => ({ count }));
    log.close();
    const text = await readFile(path, 'utf8');
    expect(text.length).toBeLessThan(1_100);
    expect((await lines()).at(-1)).toMatchObject({ kind: 'full', limit: 1_000 });
    expect(told).toHaveLength(1);
    expect(log.on).toBe(false);
  });

  it('adds nothing to one that is full', async () => {
    await writeFile(path, 'x'.repeat(1_000));
    const { log, told } = opened(path, 1_000);
    log.note('message', () => ({}));
    log.close();
    expect((await stat(path)).size).toBe(1_000);
    expect(told).toEqual([expect.stringContaining('move it away, or name another')]);
  });

  it('says once that its folder is not there', () => {
    const { log, told } = opened(join(folder, 'none', 'log'));
    log.note('message', () => ({}));
    log.close();
    expect(told).toEqual([`nothing more is logged: there is no folder for ${folder}/none/log`]);
  });

  it('says it to who comes later, too', () => {
    const log = createLogFile();
    log.open(folder);
    const told: string[] = [];
    log.onTrouble((text) => told.push(text));
    expect(told).toEqual([`nothing more is logged: ${folder} cannot be written: it is a folder`]);
  });

  it.runIf(process.platform === 'linux')('outlives a full disk', () => {
    const { log, told } = opened('/dev/full');
    for (let count = 0; count < 3; count++) log.note('message', () => ({ count }));
    log.close();
    log.note('message', () => ({}));
    expect(told).toEqual(['nothing more is logged: /dev/full cannot be written: the disk is full']);
  });

  it('waits for nobody who reads it', () => {
    execFileSync('sh', ['-c', 'exec mkfifo "$0"', path]);
    expect(opened().told).toEqual([expect.stringContaining('there is no device behind it')]);
  });
});

describe('a program that ends', () => {
  /** Runs this in a program of its own, with the log open as `log`. */
  const running = (code: string) => {
    const source = `import { createLogFile } from './src/config/log-file.ts';
      const log = createLogFile(); log.open(${JSON.stringify(path)});
      log.note('effect', () => ({ type: 'last' })); ${code}`;
    return spawnSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8' });
  };

  it.each([
    ['by itself', ''],
    ['at once', 'process.exit(3);'],
    ['by an error that nobody caught', "throw new Error('x');"],
  ])('%s has written all', async (_, code) => {
    running(code);
    expect(await lines()).toMatchObject([{ kind: 'start' }, { kind: 'effect', type: 'last' }]);
  });
});
