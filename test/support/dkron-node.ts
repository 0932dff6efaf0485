/** One Dkron server process on loopback. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a server may take to come up on a busy machine, ms. */
export const patience = 90_000;

export interface NodeOptions {
  readonly name: string;
  readonly http: number;
  readonly serf: number;
  readonly rpc: number;
  readonly expect: number;
  /** The serf ports of the nodes to join. */
  readonly join?: readonly number[];
  /**
   * Of those that belong together. All single nodes have one name, and a port is soon another's: what
   * still calls the node that had it before must not be listened to.
   */
  readonly key: string;
}

/** Of a cluster, or of a node by itself. */
export const newKey = (): string => randomBytes(16).toString('base64');

export type DkronNode = ReturnType<typeof launch>;

/** Starts it, with new data unless it is to go on with those of before. */
export function launch(
  binary: string,
  node: NodeOptions,
  data = mkdtempSync(join(tmpdir(), 'dkron-')),
) {
  const url = `http://127.0.0.1:${node.http}`;
  const args = [
    'agent',
    '--server',
    `--bootstrap-expect=${node.expect}`,
    `--node-name=${node.name}`,
    `--bind-addr=127.0.0.1:${node.serf}`,
    `--advertise-addr=127.0.0.1:${node.serf}`,
    `--http-addr=127.0.0.1:${node.http}`,
    `--rpc-port=${node.rpc}`,
    `--data-dir=${data}`,
    '--profile=local',
    `--encrypt=${node.key}`,
    // A busy machine must not lose the leader of a cluster to a late heartbeat.
    `--raft-multiplier=${node.expect > 1 ? 3 : 1}`,
    '--log-level=error',
    '--disable-usage-stats',
    '--ui=false',
    ...(node.join ?? []).map((port) => `--retry-join=127.0.0.1:${port}`),
    '--retry-interval=1s',
  ];
  let said = '';
  const child = spawn(binary, args, {
    cwd: data,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: its executors are processes that would outlive it otherwise.
    detached: true,
    // Their sockets go where the data goes. The shell executor of 3.2.7 opens a fixed port for
    // metrics unless told another.
    env: { ...process.env, TMPDIR: data, SHELL_EXECUTOR_PROMETHEUS_PORT: '0' },
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (said = (said + chunk).slice(-2000)));
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    // One that could not be started at all has nothing to close.
    child.once('error', (error) => {
      said += error.message;
      resolve();
    });
  });
  const over = () => child.exitCode !== null || child.signalCode !== null;
  const signal = (name: NodeJS.Signals) => {
    if (child.pid !== undefined && !over()) process.kill(-child.pid, name);
  };
  const kill = () => signal('SIGKILL');
  async function end(name: NodeJS.Signals): Promise<void> {
    signal(name);
    await ended;
    process.removeListener('exit', kill);
  }
  // A test run that is interrupted must not leave servers behind.
  process.once('exit', kill);
  async function until(holds: () => Promise<unknown>): Promise<string> {
    for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(50)) {
      if (over()) break;
      if (await holds()) return url;
    }
    const how = !over() ? `was not ready after ${patience / 1000} s` : 'ended';
    throw new Error(`not a fault of dkron-tui: ${binary} ${how}; it said: ${said || 'nothing'}`);
  }
  return {
    url,
    name: node.name,
    pid: child.pid!,
    data,
    over,
    signal,
    listening: () => until(() => fetch(url).catch(() => null)),
    ready: () => until(() => staysLed(url)),
    /** Also removes the data, unless they are kept: then it ends by itself and has written all. */
    async stop({ keep = false } = {}): Promise<void> {
      await end(keep ? 'SIGTERM' : 'SIGKILL');
      if (keep) return;
      rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    },
    /** As if the machine had failed. */
    killed: () => end('SIGKILL'),
  };
}

/** On a busy machine one that has only just been elected may lose it again within a moment. */
async function staysLed(url: string): Promise<boolean> {
  for (let look = 0; look < 4; look++) {
    if (look > 0) await sleep(100);
    if ((await leaderName(url)) === null) return false;
  }
  return true;
}

/** The leader's name, or null while there is none or nothing answers yet. */
export async function leaderName(url: string): Promise<string | null> {
  try {
    const answer = await fetch(`${url}/v1/leader`, { signal: AbortSignal.timeout(5_000) });
    return answer.status === 200 ? ((await answer.json()) as { Name: string }).Name : null;
  } catch {
    return null;
  }
}

/** Ports that were free a moment ago; asked for together, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(
    servers.map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
