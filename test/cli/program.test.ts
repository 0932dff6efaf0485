import { expect, test } from 'vitest';
import { exitCodes } from '../../src/base/errors.ts';
import { run } from './run.ts';

test('without a terminal the bare command explains itself on stderr and is a usage error', async () => {
  const { code, stdout, stderr } = await run([]);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('Usage: dkron-tui');
});

test('--help goes to stdout and lists every exit code', async () => {
  const { code, stdout, stderr } = await run(['--help']);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  for (const { code, meaning } of Object.values(exitCodes))
    expect(stdout).toContain(`${code}  ${meaning}`);
});

test('--version prints the version alone', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, stdout: 'development\n', stderr: '' });
});

test.each([
  [['jbos'], "unknown command 'jbos' (Did you mean jobs?)"],
  [['--jsno'], "unknown option '--jsno' (Did you mean --json?)"],
  [['jobs', '--ulr', 'x'], "unknown option '--ulr' (Did you mean --url?)"],
  [['job'], "missing required argument 'name'"],
  [['job', 'a', 'b'], "too many arguments for 'job'. Expected 1 argument but got 2: a, b."],
  [['--refresh', 'often'], "option '--refresh <seconds>' argument 'often' is invalid. It must be"],
  [['executions', 'a', '--limit', '0'], "argument '0' is invalid. It must be"],
  [['--demo', 'jobs'], '--demo opens the console'],
])('%j is a usage error that says what is wrong', async (argv, said) => {
  const { code, stdout, stderr } = await run(argv);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(said);
  expect(stderr).toContain('nothing was sent');
});

test('with --json an error is one line of JSON on stderr', async () => {
  const { code, stdout, stderr } = await run(['jobs', '--json', '--url', 'ftp://nowhere']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(JSON.parse(stderr)).toEqual({
    error: {
      kind: 'UsageError',
      message: '"ftp://nowhere" is not the address of a server',
      data: null,
      next: 'Write it like http://localhost:8080 or https://host/path.',
    },
  });
});

test.each(['jobs', 'job x', 'executions x', 'output x'])(
  '%s says that nothing listens, with the exit code for it',
  async (line) => {
    const { code, stderr } = await run([...line.split(' '), '--url', 'http://127.0.0.1:9']);
    expect(code).toBe(6);
    expect(stderr).toMatch(/^error: http:\/\/127\.0\.0\.1:9 cannot be reached/);
  },
);

test('DKRON_URL names the server, --url is stronger', async () => {
  const env = { DKRON_URL: 'http://127.0.0.1:9/from-env' };
  expect((await run(['jobs'], { env })).stderr).toContain('127.0.0.1:9/from-env');
  const stronger = await run(['--url', 'http://127.0.0.1:9/from-option', 'jobs'], { env });
  expect(stronger.stderr).toContain('127.0.0.1:9/from-option');
});
