import { spawn } from 'node:child_process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Ending, forwardArgs, kubectlIn } from '../../src/forward/kubectl.ts';
import { type FakeKubectl, fakeKubectl, texts } from '../support/kubectl.ts';

const of = { namespace: 'mobility', resource: 'svc/dkron', port: 8080, kubeContext: 'fake' };
const nowhere = 'http://127.0.0.1:1';

let kubectl: FakeKubectl;
afterEach(() => kubectl.stop());

/** Runs one, and gathers what it says. */
function run(env: NodeJS.ProcessEnv = kubectl.env) {
  const lines: string[] = [];
  const ended = Promise.withResolvers<Ending>();
  const kill = kubectlIn(env)(forwardArgs(of), {
    line: (line) => lines.push(line),
    ended: ended.resolve,
  });
  return { lines, kill, ended: ended.promise };
}

const says = (lines: readonly string[], pattern: RegExp) =>
  vi.waitFor(() => expect(lines.join('\n')).toMatch(pattern), { timeout: 10_000, interval: 10 });

describe('kubectl as a child', () => {
  it('is called with names that cannot be options, on a port of its own choosing', async () => {
    kubectl = fakeKubectl({ to: nowhere });
    const { lines, kill, ended } = run();
    await says(lines, /^Forwarding from 127\.0\.0\.1:\d+ -> 8080$/m);
    const [start] = kubectl.starts();
    expect(start?.args.join(' ')).toBe(
      '--context=fake --namespace=mobility port-forward --address=127.0.0.1 -- svc/dkron :8080',
    );
    kill();
    expect(await ended).toEqual({ code: null });
    await vi.waitFor(() => expect(kubectl.alive()).toEqual([]), 5_000);
  });

  it('hands over a name as it is, whatever a shell would make of it', async () => {
    kubectl = fakeKubectl({ to: nowhere, context: null });
    const name = `-x $(touch /tmp/no) ; "'\` \\`;
    const heard: string[] = [];
    const kill = kubectlIn(kubectl.env)(forwardArgs({ ...of, namespace: name, resource: name }), {
      line: (line) => heard.push(line),
      ended: () => {},
    });
    await says(heard, /Forwarding/);
    expect(kubectl.starts()[0]?.args.slice(1)).toEqual([
      `--namespace=${name}`,
      'port-forward',
      '--address=127.0.0.1',
      '--',
      name,
      ':8080',
    ]);
    kill();
  });

  it('tells how it ended, after all that it said', async () => {
    kubectl = fakeKubectl({ to: nowhere, fails: texts.unauthorized });
    const { lines, ended } = run();
    expect(await ended).toEqual({ code: 1 });
    expect(lines).toEqual(texts.unauthorized);
  });

  it('ends with 127 where there is none', async () => {
    kubectl = fakeKubectl({ to: nowhere });
    expect(await run({ PATH: '/nonexistent' }).ended).toEqual({ code: 127 });
  });

  it('is read for ever, so that it never stands still', async () => {
    kubectl = fakeKubectl({ to: nowhere });
    const { lines, kill } = run();
    await says(lines, /Forwarding/);
    kubectl.turn({ floods: 1 });
    await vi.waitFor(() => expect(lines.length).toBeGreaterThan(20_000), 10_000);
    kubectl.say('still here');
    await vi.waitFor(() => expect(lines.at(-1)).toBe('still here'), 10_000);
    kill();
  });

  it('does not outlive a program that is killed with -9', async () => {
    kubectl = fakeKubectl({ to: nowhere });
    const program = `
      import { kubectlIn } from ${JSON.stringify(new URL('../../src/forward/kubectl.ts', import.meta.url).href)};
      kubectlIn(process.env)(['port-forward', ':1'], { line: (line) => console.log(line), ended() {} });`;
    const ours = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: kubectl.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    ours.stdout.on('data', (chunk) => lines.push(String(chunk)));
    await says(lines, /Forwarding/);
    expect(kubectl.alive()).toHaveLength(1);
    ours.kill('SIGKILL');
    await vi.waitFor(() => expect(kubectl.alive()).toEqual([]), 5_000);
  });
});
