import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { afterVectors, publicVectors } from '../schedule/vectors.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'dkron-tui-schedule-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const next = (...argv: string[]) => run(['schedule', 'next', ...argv]);
const nextJson = async (...argv: string[]) => JSON.parse((await next('--json', ...argv)).stdout);

describe('schedule next', () => {
  test('answers one schedule as JSON', async () => {
    const from = ['--from', '2024-03-09T12:00:00-05:00', '--count', '2'];
    const answer = await nextJson(
      ...['--name', 'test_job', '--timezone', 'America/New_York'],
      ...from,
      ...['--', '0 30 ~ * * *'],
    );
    expect(answer).toEqual({
      valid: true,
      error: null,
      effective: '0 30 18 * * *',
      next: ['2024-03-09T23:30:00Z', '2024-03-10T22:30:00Z'],
      findings: [],
    });
  });

  test('answers what Dkron refuses as JSON, without failing', async () => {
    const { code, stdout } = await next('--json', '--', '-1 * * * * *');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      valid: false,
      error: `can't parse job schedule: failed to parse int from : strconv.Atoi: parsing "": invalid syntax`,
      next: [],
    });
  });

  test('knows the server’s zone and version', async () => {
    const at = ['--from', '2026-01-01T00:00:00Z', '--count', '1'];
    const tokyo = await nextJson(...at, '--server-timezone', 'Asia/Tokyo', '--', '@daily');
    expect(tokyo.next).toEqual(['2026-01-01T15:00:00Z']);
    expect(await nextJson('--dkron', '3.2.7', '--', '0 ~ * * * *')).toMatchObject({ valid: false });
  });

  test('tells people the words, the rate, the offsets and what to beware of', async () => {
    const { code, stdout } = await next(
      ...['--timezone', 'Europe/Paris', '--from', '2026-10-24T12:00:00Z', '--count', '2'],
      '0 30 2 * * *',
    );
    expect({ code, lines: stdout.trimEnd().split('\n') }).toEqual({
      code: 0,
      lines: [
        'every day at 02:30, Europe/Paris   1 a day',
        '  2026-10-25T02:30:00+02:00',
        '  2026-10-25T02:30:00+01:00',
        expect.stringContaining('warning: Europe/Paris, clocks go forward: 2027-03-28 02:30'),
        expect.stringContaining('warning: Europe/Paris, clocks go back: 2026-10-25 02:30'),
      ],
    });
  });

  test('says which zone it took the server to be in', async () => {
    expect((await next('0', '0', '12', '*', '*', '*')).stdout).toContain(
      "the server's own zone is assumed to be UTC",
    );
  });

  test.each([
    [['--', '0 0 24 * * *'], 9, 'end of range (24) above maximum (23): 24'],
    [['--from', 'yesterday', '--', '@daily'], 2, '--from yesterday is not an RFC 3339 time'],
    [['--server-timezone', 'Local', '--', '@daily'], 2, 'not a name of the time zone database'],
    [['--count', '-1', '--', '@daily'], 2, 'It must be a whole number'],
    [[], 2, 'no schedule was given'],
  ])('%j fails with %i', async (argv, exit, text) => {
    const { code, stdout, stderr } = await next(...argv);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(stderr).toContain(text);
  });
});

describe('schedule next --batch', () => {
  test('answers every vector of the real code', async () => {
    const vectors = [...publicVectors, ...afterVectors];
    const answers = await nextJson('--batch', file('vectors.json', vectors));
    expect(answers).toHaveLength(vectors.length);
    const wrong = vectors.filter(({ valid, error, next }, index) => {
      const got = answers[index];
      const panics = error?.startsWith('panic: ') ?? false;
      const same =
        got.valid === valid && (panics || got.error === error) && got.next.length === next.length;
      return !same || next.some((time, at) => !sameInstant(time, got.next[at]));
    });
    expect(wrong).toEqual([]);
  });

  const sameInstant = (a: string, b: string): boolean => {
    const nanos = (text: string) => (/\.(\d+)/.exec(text)?.[1] ?? '').padEnd(9, '0');
    return Date.parse(a) === Date.parse(b) && nanos(a) === nanos(b);
  };

  test('takes five runs from now in a server of UTC unless told otherwise', async () => {
    const cases = [
      { schedule: '@hourly' },
      { schedule: '@daily', serverTimezone: 'Asia/Tokyo', from: '2026-01-01T00:00:00Z', count: 1 },
    ];
    const [hourly, daily] = await nextJson('--batch', file('cases.json', cases));
    expect(hourly.next).toHaveLength(5);
    expect(Date.parse(hourly.next[0])).toBeGreaterThan(Date.now());
    expect(daily.next).toEqual(['2026-01-01T15:00:00Z']);
  });

  test.each([
    ['no file', () => join(folder, 'missing.json'), 8, 'there is no file'],
    ['no JSON', () => file('broken.json', '['), 7, 'is not JSON'],
    ['no array', () => file('object.json', {}), 7, 'expected array'],
    ['no schedule', () => file('bad.json', [{ schedule: '@daily' }, {}]), 7, 'case 2: schedule'],
    [
      'no time',
      () => file('time.json', [{ schedule: '', from: 'x' }]),
      7,
      'case 1: from is not an RFC',
    ],
  ] as const)('%s is an error', async (_what, path, exit, text) => {
    const { code, stderr } = await next('--batch', path());
    expect(code).toBe(exit);
    expect(stderr).toContain(text);
  });
});

describe('schedule import', () => {
  const imported = (...argv: string[]) => run(['schedule', 'import', ...argv]);

  test('offers the Dkron schedule and how it was proven', async () => {
    expect((await imported('*/5 * * * 1-5')).stdout).toBe(
      '0 */5 * * * 1-5\na field for seconds is added in front\n600 runs of both were compared and are the same\n',
    );
    expect((await imported('@daily')).stdout).toBe('@daily\nDkron accepts it unchanged\n');
  });

  test('shows both ways to read it, and takes the one that is told', async () => {
    const asked = await imported('0 0 12 ? * 2-6');
    expect(asked.code).toBe(2);
    expect(asked.stdout).toMatch(/^quartz +0 0 12 \? \* mon-fri +at 12:00, Monday to Friday$/m);
    expect(asked.stdout).toMatch(/^crontab +0 0 12 \? \* tue-sat +at 12:00, Tuesday to Saturday$/m);
    expect(asked.stderr).toContain('say with --from which cron it is from');
    const json = await imported('--json', '0 0 12 ? * 2-6');
    expect(json.code).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject({
      kind: 'choice',
      readings: [{ from: 'quartz' }, { from: 'crontab' }],
    });
    const chosen = await imported('--from', 'quartz', '0 0 12 ? * 2-6');
    expect(chosen).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^0 0 12 \? \* mon-fri\n/),
    });
    const asItIs = await imported('--from', 'crontab', '0 0 12 ? * 2-6');
    expect(asItIs.stdout).toMatch(/^0 0 12 \? \* 2-6\n/);
    expect((await imported('--from', 'systemd', '0 0 12 ? * 2-6')).code).toBe(2);
  });

  test('says what Dkron lacks', async () => {
    const { code, stderr } = await imported('0 0 * * 5L');
    expect(code).toBe(9);
    expect(stderr).toContain('Dkron has no L');
    const json = await imported('--json', '0 0 * * 5L');
    expect(json.code).toBe(9);
    expect(JSON.parse(json.stdout)).toMatchObject({ kind: 'none' });
  });

  test('of a day that never comes says so, and not that no runs are the same', async () => {
    const { stdout } = await imported('0 0 30 2 *');
    expect(stdout).toContain('it never runs');
    expect(stdout).not.toContain('0 runs');
  });
});
