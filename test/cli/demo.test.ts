import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { leavingOn } from '../../src/cli/leaving.ts';
import { runProgram } from '../../src/cli/program.ts';
import { createLogFile } from '../../src/config/log-file.ts';
import { startDemo } from '../../src/demo/server.ts';
import { places, run } from './run.ts';

test.each([
  [['demo', '--port', '0'], 47],
  [['demo', '--port', '0', '--empty'], 0],
])(
  '%j serves %i jobs, prints its URL when ready and ends with 0 on a signal',
  async (argv, count) => {
    const stop = new AbortController();
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const { signal } = stop;
    const io = {
      stdin,
      stdout,
      stderr,
      env: {},
      places,
      log: createLogFile(),
      signal,
      leaving: leavingOn(signal),
    };
    const ended = runProgram(argv, io);
    const [line] = await once(stdout, 'data');
    const url = String(line).trim();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(`${url}/v1/jobs`)).json()).toHaveLength(count);
    stop.abort();
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  },
);

test('a port that is taken is said plainly', async () => {
  const demo = await startDemo({ empty: true });
  const { port } = new URL(demo.url);
  const { code, stdout, stderr } = await run(['demo', '--port', port]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`port ${port} on 127.0.0.1 is taken by another program`);
  await demo.close();
});

test.each(['x', '-1', '65536', '1.5'])('--port %s is refused', async (port) => {
  const { code, stderr } = await run(['demo', '--port', port]);
  expect(code).toBe(2);
  expect(stderr).toContain('from 0 to 65535');
});
