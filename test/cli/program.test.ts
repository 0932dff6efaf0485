import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../src/base/errors.ts';
import { run } from './run.ts';

test.each([[[]], [['--demo']], [['--url', 'http://127.0.0.1:9']]])(
  'without a terminal the console gives the reason and the way out in three lines: %j',
  async (argv) => {
    const { code, stdout, stderr } = await run(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      'error: the console needs a terminal: standard input and output are not a terminal here',
      '  nothing was sent',
      expect.stringMatching(/'dkron-tui jobs', 'dkron-tui --help'/),
      '',
    ]);
  },
);

test('a terminal that can show no screen is told apart from none', async () => {
  const { code, stderr } = await run([], { typed: '', env: { TERM: 'dumb' } });
  expect(code).toBe(2);
  expect(stderr).toContain('TERM=dumb');
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
      message: 'the address of the server does not begin with http:// or https://',
      data: 'nothing was sent',
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

describe('an address with a password', () => {
  const url = 'http://zaphod:beeble@127.0.0.1:1';
  const hidden = /^(?!.*(zaphod|beeble))/s;

  test('on the command line is told to be seen by others, once, and is not repeated', async () => {
    const { stderr } = await run(['--url', url, 'jobs']);
    expect(stderr).toMatch(
      /^Every user of this machine can read a password in --url .* put the address into DKRON_URL\.\n/,
    );
    expect(stderr).toMatch(/error: http:\/\/127\.0\.0\.1:1 cannot be reached/);
    expect(stderr).toMatch(hidden);
  });

  test('in the environment is where it belongs', async () => {
    const { stderr } = await run(['jobs'], { env: { DKRON_URL: url } });
    expect(stderr).toMatch(/^error: http:\/\/127\.0\.0\.1:1 cannot be reached/);
    expect((await run(['--help'])).stdout).toContain('DKRON_URL');
  });

  test.each([
    [[url]],
    [['jobs', url]],
    [['job', url]],
    [['job', 'a', url]],
    [['executions', 'a', '--limit', url]],
    [['--url', 'http://zaphod:bee/ble@host', 'jobs']],
    [['--url', 'ftp://zaphod:beeble@host', 'job', 'a']],
  ])('is not told back where it is wrong: %j', async (argv) => {
    for (const json of [[], ['--json']]) {
      const { code, stdout, stderr } = await run([...json, ...argv], {
        env: { DKRON_URL: 'http://127.0.0.1:1' },
      });
      expect(code).not.toBe(0);
      expect(stdout + stderr).toMatch(hidden);
    }
  });
});
