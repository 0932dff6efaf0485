import { expect, test } from 'vitest';
import { createExecutor } from '../../src/demo/executor.ts';
import { simulateShell } from '../../src/demo/executor-shell.ts';
import { jobOf } from './jobs.ts';

const open = new AbortController().signal;
const run = (config: Record<string, string>) =>
  simulateShell(new Map(Object.entries(config)), open);

test.each([
  ['echo one; echo two', {}, true, 'one\n'],
  ['echo one; echo two', { shell: 'true' }, true, 'one\ntwo\n'],
  ['echo "a b"  c', {}, true, 'a b c\n'],
  ['true', {}, true, ''],
  ['false', {}, false, 'exit status 1\n'],
  ['exit 3', {}, false, 'exec: "exit": executable file not found in $PATH\n'],
  ['echo a; exit 3; echo b', { shell: 'true' }, false, 'exit status 3\na\n'],
  ['false && echo a', { shell: 'true' }, false, 'exit status 1\n'],
  ['false; true', { shell: 'true' }, true, ''],
  ['rm -rf $HOME', { shell: 'true' }, true, 'would run: rm -rf $HOME\n'],
  ['echo hi > /tmp/x', { shell: 'true' }, true, 'would run: echo hi > /tmp/x\n'],
  ['', {}, false, 'shell: Command missing\n'],
  ['echo "a', {}, false, 'invalid command line string\n'],
])('%j %j', async (command, more, success, output) => {
  expect(await run({ command, ...more })).toEqual({ success, output, simulated: true });
});

test('a wait that exceeds its timeout is killed', async () => {
  expect(await run({ command: 'sleep 3600', timeout: '5ms' })).toEqual({
    success: false,
    simulated: true,
    output:
      "signal: killed\nshell: Job 'sleep 3600' execution time exceeding defined timeout 5ms. Job was killed",
  });
});

test('a wait ends when the server closes', async () => {
  const closing = new AbortController();
  const waiting = simulateShell(new Map([['command', 'sleep 99999999']]), closing.signal);
  closing.abort();
  expect(await waiting).toMatchObject({ success: true });
});

test.each([
  ['', /No executor defined, nothing to do$/],
  ['docker', /^grpc_agent: Specified executor is not present$/],
])('executor %j fails', async (executor, output) => {
  const result = await createExecutor(open)(jobOf('a', { executor }));
  expect(result.success).toBe(false);
  expect(result.output).toMatch(output);
});

test('of a long output the last 256 000 bytes are kept', async () => {
  const command = `echo ${'x'.repeat(300_000)}END`;
  const job = jobOf('a', { executor_config: new Map(Object.entries({ command })) });
  const { output } = await createExecutor(open)(job);
  expect(output).toHaveLength(256_000);
  expect(output.endsWith('xEND\n')).toBe(true);
});
