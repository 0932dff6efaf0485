/** Behind a port-forward that the program starts: through a fake kubectl, to the demo server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeKubectl, fakeKubectl, texts } from '../../support/kubectl.ts';
import { startProgram } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { program } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

const server = demo();
let kubectl: FakeKubectl;

beforeEach(() => {
  kubectl = fakeKubectl({ to: server.url });
});
afterEach(() => kubectl.stop());

/** An environment with a context that is reached by the fake kubectl. */
function env(): Record<string, string> {
  const config = join(folder(), 'config.yaml');
  writeFileSync(
    config,
    `current: prod
contexts:
  prod:
    label: PROD
    port-forward: { namespace: mobility, resource: svc/dkron, port: 8080 }
  staging:
    label: STAGING
    port-forward: { namespace: staging, resource: svc/dkron, port: 8080 }
`,
  );
  return {
    PATH: kubectl.env['PATH']!,
    DKRON_TUI_CONFIG: config,
    XDG_STATE_HOME: folder(),
    XDG_DATA_HOME: folder(),
  };
}

const open = () => startProgram({ args: ['--refresh', '0.5'], env: env() });

/** Nothing of ours runs any more; what was killed takes a moment to go. */
const nothingRuns = () =>
  vi.waitFor(() => expect(kubectl.alive()).toEqual([]), { timeout: 10_000, interval: 20 });

describe('the console behind a port-forward', () => {
  it('starts it, and another when it is lost', async () => {
    const on = await open();
    await on.sees('PROD', 'live');
    await on.jobs.shows('karos-journeys');
    kubectl.turn({ delay: 1_500 });
    kubectl.die();
    await on.sees(/stale .*the connection to the pod was lost; starting another/);
    await on.jobs.shows('karos-journeys');
    await on.sees('live');
    expect(kubectl.starts()).toHaveLength(2);
    await on.quit();
    await nothingRuns();
  });

  it('says that nothing comes through though kubectl lives, and starts another', async () => {
    const on = await open();
    await on.sees('live');
    kubectl.turn({ wedged: true, delay: 1_000 });
    await on.sees(/stale .*the port-forward does not answer; starting another/);
    kubectl.turn({ wedged: false });
    await on.sees('live');
    await vi.waitFor(() => expect(kubectl.alive()).toHaveLength(1), 10_000);
  });

  it('says which right is missing, and tries again by a key and not before', async () => {
    kubectl.turn({ fails: texts.rbac });
    const on = await open();
    await on.sees(
      /the cluster does not allow jane to create pods\/portforward/,
      'A role there needs the verb create on pods/portforward',
    );
    expect(kubectl.starts()).toHaveLength(1);
    kubectl.turn({ fails: null });
    await on.press('ctrl-r');
    await on.sees('live');
    expect(kubectl.starts()).toHaveLength(2);
  });

  it('counts the time to the next try, and tries at once by a key', async () => {
    kubectl.turn({ fails: texts.noCluster });
    const on = await open();
    await on.sees(/next try in [3-9]s \(ctrl-r: now\) · Kubernetes at \S+ refuses the connection/);
    kubectl.turn({ fails: null });
    await on.press('ctrl-r');
    await on.sees('live');
  });

  it('ends it when another context is shown, which has its own', async () => {
    const on = await open();
    await on.sees('PROD', 'live');
    await on.type(':ctx staging\r');
    await on.sees('STAGING', 'live');
    expect(kubectl.starts().map(({ args }) => args[1])).toEqual([
      '--namespace=mobility',
      '--namespace=staging',
    ]);
    await vi.waitFor(() => expect(kubectl.alive()).toHaveLength(1), 10_000);
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGHUP'] as const)('takes it along at %s', async (signal) => {
    const on = await open();
    await on.sees('live');
    expect(kubectl.alive()).toHaveLength(1);
    on.signal(signal);
    await on.ended();
    await nothingRuns();
  });
});

/** Runs a command to its end; `also` may interfere. */
async function run(args: readonly string[], also: (pid: number) => unknown = () => {}) {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env() },
  });
  void also(child.pid!);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, stdout, stderr };
}

describe('a command behind a port-forward', () => {
  it('starts it, waits for it, and ends it', async () => {
    kubectl.turn({ delay: 500 });
    const { code, stdout, stderr } = await run(['jobs', 'keolis']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('keolis-realtime');
    expect(kubectl.starts()).toHaveLength(1);
    await nothingRuns();
  });

  it('says why there is no way, and that nothing was sent', async () => {
    kubectl.turn({ fails: texts.pending });
    const { code, stderr } = await run(['disable', 'keolis-realtime', '--yes']);
    expect(code).toBe(6);
    expect(stderr).toContain('the pod behind svc/dkron does not run (Pending)');
    expect((await server.job('keolis-realtime')).disabled).toBe(false);
  });

  it('looks for a run to its end whose tunnel was lost', async () => {
    const name = 'lasting';
    await server.put({ name, schedule: '@manually', executor_config: { command: 'sleep 3' } });
    const { code, stdout, stderr } = await run(['run', name, '--yes'], async () => {
      const running = expect.objectContaining({ job_name: name });
      await vi.waitFor(async () => expect(await server.busy()).toContainEqual(running), 10_000);
      kubectl.die();
    });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout + stderr).toContain('lasting');
    expect(kubectl.starts()).toHaveLength(2);
    expect(await server.runs(name)).toHaveLength(1);
  });

  it('takes it along when it is killed with -9', async () => {
    kubectl.turn({ hangs: true });
    await run(['jobs'], async (pid) => {
      await vi.waitFor(() => expect(kubectl.alive()).toHaveLength(1), 10_000);
      process.kill(pid, 'SIGKILL');
    });
    await nothingRuns();
  });
});
