import { expect, test } from 'vitest';
import { createExecutor } from '../../src/demo/executor.ts';
import { simulateShell } from '../../src/demo/executor-shell.ts';
import type { Told } from '../../src/demo/run.ts';
import { jobOf } from './jobs.ts';

const open = new AbortController().signal;
const ignored = (): void => {};
const run = (config: Record<string, string>, told: Told = ignored) =>
  simulateShell(new Map(Object.entries(config)), told, open);

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
  ['for i in a b; do echo $i; sleep 0; done; echo c', { shell: 'true' }, true, 'a\nb\nc\n'],
  [`for i in a b; do echo \${i}x $i; done`, { shell: 'true' }, true, 'ax a\nbx b\n'],
  [
    'for f in *; do rm $f; done',
    { shell: 'true' },
    true,
    'would run: for f in *\nwould run: do rm $f\nwould run: done\n',
  ],
  ['printf a; printf "b\\n"', { shell: 'true' }, true, 'ab\n'],
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

test('what was printed before it was killed stands before why', async () => {
  const command = 'echo a; sleep 3600; echo b';
  const { output } = await run({ command, shell: 'true', timeout: '5ms' });
  expect(output).toMatch(/^signal: killed\na\nshell: Job 'echo a.* was killed$/);
});

test('what is printed is told when it sleeps, the last piece of a lot', async () => {
  const pieces: [string, boolean][] = [];
  const lot = 'x'.repeat(40_000);
  const command = `echo a; echo b; sleep 0.001; sleep 0.001; printf c; sleep 0.001; echo ${lot}; sleep 0.001; echo d`;
  const { output } = await run({ command, shell: 'true' }, (...piece) => pieces.push(piece));
  expect(pieces).toEqual([
    ['a\nb\n', true],
    ['c', false],
    [`${lot}\n`.slice(32_768), false],
  ]);
  expect(output).toBe(`a\nb\nc${lot}\nd\n`);
});

test('a wait ends when the server closes', async () => {
  const closing = new AbortController();
  const waiting = simulateShell(new Map([['command', 'sleep 99999999']]), ignored, closing.signal);
  closing.abort();
  expect(await waiting).toMatchObject({ success: true });
});

test.each([
  ['', /No executor defined, nothing to do$/],
  ['docker', /^grpc_agent: Specified executor is not present$/],
])('executor %j fails', async (executor, output) => {
  const result = await createExecutor(open)(jobOf('a', { executor }), ignored);
  expect(result.success).toBe(false);
  expect(result.output).toMatch(output);
});

test('of a long output the last 256 000 bytes are kept', async () => {
  const command = `echo ${'x'.repeat(300_000)}END`;
  const job = jobOf('a', { executor_config: new Map(Object.entries({ command })) });
  const { output } = await createExecutor(open)(job, ignored);
  expect(output).toHaveLength(256_000);
  expect(output.endsWith('xEND\n')).toBe(true);
});
