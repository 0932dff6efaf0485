import { expect, it, vi } from 'vitest';
import { countedServer } from '../support/counted-server.ts';
import { ask } from '../support/servers.ts';
import { type Ran, run } from './run.ts';

const mark = '[simulated: the demo server runs no commands]\n';
const shell = (command: string, fields = {}) => ({
  ...{ name: 'slow', schedule: '@manually', executor: 'shell' },
  executor_config: { command, shell: 'true' },
  ...fields,
});

/** A server with that job, which runs and has printed something. */
async function running(command: string, fields = {}) {
  const { url } = await countedServer(shell(command, fields));
  void ask(`${url}/v1/jobs/slow`, 'POST').catch(() => {});
  await vi.waitFor(async () => {
    const [first] = await ask<{ output?: string }[]>(`${url}/v1/busy`);
    expect(first?.output).toBeDefined();
  });
  return (...argv: string[]) => [...argv, '--url', url];
}
const lines = 'echo one; sleep 0.8; echo two; sleep 0.8; echo three';

it('an output in mid-run is its last piece, and is said to be one', async () => {
  const at = await running(lines);
  const { code, stdout, stderr } = await run(at('output', 'slow'));
  expect([code, stdout]).toEqual([12, `${mark}one\n`]);
  expect(stderr).toMatch(
    /^slow: run \S+ on demo-\d+ has not ended, and this is the last piece of it\n/,
  );
  expect(stderr).toMatch(/'dkron-tui output slow \S+ --follow' prints what comes\n$/);
  const json = await run(at('output', 'slow', '--json'));
  expect(JSON.parse(json.stdout)).toMatchObject({ finished_at: null, output: `${mark}one\n` });
  expect([json.code, json.stderr]).toEqual([12, '']);
  const listed = JSON.parse((await run(at('executions', 'slow', '--json'))).stdout);
  expect(listed).toMatchObject([{ finished_at: null }]);
});

/** Each byte was printed once, or told to be missing: a busy machine looks too seldom for some. */
function expectAccounted({ stdout, stderr }: Ran, whole: string): void {
  const missing = Number(/(\d+) bytes were not told in time/.exec(stderr)?.[1] ?? 0);
  expect(Buffer.byteLength(stdout) + missing).toBe(Buffer.byteLength(whole));
  if (missing === 0) expect(stdout).toBe(whole);
  const lines = whole.split('\n');
  expect(stdout.split('\n').filter((line) => !lines.includes(line))).toEqual([]);
}

it('an output that is followed has each byte once, and ends as the run', async () => {
  const at = await running(lines);
  const followed = await run(at('output', 'slow', '--follow'));
  expect([followed.code, followed.stdout.endsWith('three\n')]).toEqual([0, true]);
  expect(followed.stderr).toMatch(/slow: the run ended well\n$/);
  const whole = `${mark}one\ntwo\nthree\n`;
  expectAccounted(followed, whole);
  expect((await run(at('output', 'slow'))).stdout).toBe(whole);
  expect((await run(at('output', 'slow', '--follow'))).stdout).toBe(whole);
});

it('what came before it was followed is told to be missing', async () => {
  const at = await running('echo one; sleep 0.3; echo two; sleep 3; echo three');
  await vi.waitFor(async () => expect((await run(at('output', 'slow'))).stdout).toBe('two\n'));
  const followed = await run(at('output', 'slow', '--follow'));
  expect(followed.stdout).toBe('two\nthree\n');
  expect(followed.stderr).toMatch(
    /^slow: 50 bytes were not told in time and are missing here; 'dkron-tui output slow \S+' prints all of it\n/,
  );
});

it('a run that fails is followed through its tries, and is exit code 1', async () => {
  const at = await running('echo one; sleep 0.6; exit 3', { retries: 1 });
  const { code, stdout, stderr } = await run(at('output', 'slow', '--follow'));
  expect(code).toBe(1);
  expect(stdout.match(/^one$/gm)).toHaveLength(2);
  expect(stderr).toMatch(/^slow: demo-\d+, try 2:\n/m);
  expect(stderr).toMatch(/\nerror: slow: the run failed on demo-\d+: exit status 3\n/);
  const json = await run(at('output', 'slow', '--follow', '--json'));
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
});

it('Ctrl-C ends the following, and says that the run goes on', async () => {
  const at = await running('echo one; sleep 30');
  const leaving = new AbortController();
  const following = run(at('output', 'slow', '--follow'), { signal: leaving.signal });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  leaving.abort();
  const { code, stdout, stderr } = await following;
  expect([code, stdout]).toEqual([130, `${mark}one\n`]);
  expect(stderr).toContain('slow: the following stops here; a run that has not ended goes on');
});

it('a run shows its lines to who waits, beside its table', async () => {
  const { url } = await countedServer(shell(lines));
  const { stdout, stderr } = await run(['run', 'slow', '--yes', '--url', url]);
  expect(stderr).toMatch(/^(one|two)$/m);
  expect(stdout).toMatch(/^STARTED .*\n.*✓ success/);
  const json = await run(['run', 'slow', '--yes', '--json', '--url', url]);
  expect(JSON.parse(json.stdout)).toMatchObject([{ success: true }]);
  expect(json.stderr).not.toContain('two');
});

it('a run whose output goes into a pipe has what is stored there; on a terminal each line as it comes', async () => {
  const { url } = await countedServer(shell(lines));
  const piped = await run(['run', 'slow', '--yes', '--follow', '--url', url]);
  expect(piped.stdout).toBe(`${mark}one\ntwo\nthree\n`);
  expect(piped.stderr).not.toContain('two');
  const shown = await run(['run', 'slow', '--yes', '--follow', '--url', url], { typed: '' });
  expectAccounted(shown, `${mark}one\ntwo\nthree\n`);
});

it('where Dkron cut the beginning of an output, it is said', async () => {
  const { url } = await countedServer(shell(`echo ${'x'.repeat(300_000)}`));
  const { stderr } = await run(['run', 'slow', '--yes', '--follow', '--url', url]);
  const cut = 'slow: Dkron keeps the last 256 000 bytes of an output: the beginning is cut';
  expect(stderr).toContain(cut);
  expect((await run(['output', 'slow', '--url', url])).stderr).toBe(`${cut}\n`);
});
