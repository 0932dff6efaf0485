import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FirstFrame, keepFirstFrame, readFirstFrame } from '../../src/cluster/first-frame.ts';
import { badge, bold, plain, quiet } from '../../src/view/line.ts';

const frame: FirstFrame = {
  columns: 20,
  rows: 3,
  mark: '["10 5",""]',
  lines: [
    [bold('demo'), badge('PROD', 'red'), badge('EU', 'red')],
    [plain('  ant 漢 é '), plain('✓'), quiet(' ok')],
    [],
  ],
};

async function aPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'first-frame-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'frames', 'dkron_8080');
}

/** What is read of a file that was kept and then changed. */
async function readAfter(change: (written: string) => string): Promise<FirstFrame | null> {
  const path = await aPath();
  await keepFirstFrame(path, frame);
  await writeFile(path, change(await readFile(path, 'utf8')));
  return readFirstFrame(path, 20, 3);
}

const withSpan = (span: unknown) => (written: string) =>
  JSON.stringify({ ...JSON.parse(written), lines: [[span], [], []] });
const withField = (name: string, value: unknown) => (written: string) =>
  JSON.stringify({ ...JSON.parse(written), [name]: value });

describe('the frame of an earlier console', () => {
  it('comes back for a terminal of its size, its spans that look the same as one', async () => {
    const path = await aPath();
    await keepFirstFrame(path, frame);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
    expect(readFirstFrame(path, 20, 3)).toMatchObject({
      mark: frame.mark,
      lines: [
        [bold('demo'), badge('PROD', 'red'), badge('EU', 'red')],
        [plain('  ant 漢 é ✓'), quiet(' ok')],
        [],
      ],
    });
    expect(readFirstFrame(path, 21, 3)).toBeNull();
    expect(readFirstFrame(path, 20, 4)).toBeNull();
    expect(readFirstFrame(`${path}0`, 20, 3)).toBeNull();
  });

  it.each<[what: string, change: (written: string) => string]>([
    ['nothing', () => ''],
    ['a part of itself', (written) => written.slice(0, -9)],
    ['no object', () => '[1]'],
    ['null', () => 'null'],
    ['more than a frame has', (written) => written + ' '.repeat(300_000)],
    ['another version', withField('version', '0.0.1')],
    ['fewer lines than rows', withField('lines', [[]])],
    ['lines that are none', withField('lines', [1, 2, 3])],
    ['a line that is far too long', withSpan({ text: 'x'.repeat(1_000) })],
    ['no text', withSpan({ tone: 'ok' })],
    ['a null', withSpan(null)],
    ['no such tone', withSpan({ text: 'x', tone: '\x1b[2J' })],
    ['no such ground', withSpan({ text: 'x', badge: 'reddish' })],
    ['a flag that is none', withSpan({ text: 'x', bold: 'yes' })],
  ])('is not read where there is %s', async (_, change) => {
    expect(await readAfter(change)).toBeNull();
  });

  it.each([
    '\x1b[2J',
    '\x9b2J',
    '\n',
    '\r',
    '\t',
    '\0',
    '\x07',
    '\x7f',
    '\u202e',
    '\u2066',
    '\u2028',
  ])('is not read where a text holds %j', async (hostile) => {
    expect(await readAfter(withSpan({ text: `a${hostile}b` }))).toBeNull();
  });

  it('is one of the thirty that were kept last', async () => {
    const path = await aPath();
    for (let at = 0; at < 35; at++) {
      await keepFirstFrame(`${path}-${at}`, frame);
      await utimes(`${path}-${at}`, at, at);
    }
    await keepFirstFrame(path, frame);
    const kept = await readdir(dirname(path));
    expect(kept).toHaveLength(30);
    expect(kept).toContain(basename(path));
    expect(kept).not.toContain(`${basename(path)}-5`);
    expect(kept).toContain(`${basename(path)}-34`);
  });

  it('is nothing that is waited for', async () => {
    expect(readFirstFrame(tmpdir(), 20, 3)).toBeNull();
    expect(readFirstFrame('/dev/zero', 20, 3)).toBeNull();
    const pipe = join(await mkdtemp(join(tmpdir(), 'first-frame-')), 'pipe');
    onTestFinished(() => rm(dirname(pipe), { recursive: true }));
    execFileSync('sh', ['-c', `mkfifo ${pipe}`]);
    expect(readFirstFrame(pipe, 20, 3)).toBeNull();
  });
});
