/** Real Dkron servers on loopback, for suites that run against each version at hand. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RunningDkron {
  readonly url: string;
  /** Kills the server and removes its data. */
  stop(): Promise<void>;
}

export interface RunningCluster {
  /** The leader's address first, then the followers'. */
  readonly urls: readonly [leader: string, ...followers: string[]];
  stop(): Promise<void>;
}

/** What a job can be run with. */
export type Executor = 'http' | 'shell';

export interface RealDkron {
  readonly version: string;
  /** The executors that it has at hand; jobs of others can be kept, and their runs never end. */
  readonly runs: readonly Executor[];
  start(options?: { readonly name?: string }): Promise<RunningDkron>;
  /** Three nodes with one leader. */
  startCluster(): Promise<RunningCluster>;
}

const wanted = ['4.1.2', '4.0.9', '3.2.7'];

/** The Dkrons at hand, newest first: DKRON_BIN, else `<cache>/dkron/<version>/dkron`. */
export function realDkrons(): RealDkron[] {
  return usable().map(({ version, binary }) => ({
    version,
    runs: executorsOf(binary),
    start: ({ name = 'n1' } = {}) => onceMore(() => startOne(binary, name)),
    startCluster: () => onceMore(() => startCluster(binary)),
  }));
}

/** One line: which real Dkrons a suite runs on, what they cannot do, and which of the usual ones it misses. */
export function realDkronsLine(): string {
  const have = usable();
  const versions = have.map(({ version }) => version);
  const broken = binaries().filter(({ version }) => !versions.includes(version));
  const known = [...versions, ...broken.map(({ version }) => version)];
  return [
    `real Dkrons: ${versions.length > 0 ? versions.join(', ') : 'none'}`,
    ...broken.map(({ version, binary }) => `left out: ${version}, for ${binary} cannot be started`),
    ...have.flatMap(({ version, binary }) => lackOf(version, executorsOf(binary))),
    ...listOf(
      'not at hand',
      wanted.filter((version) => !known.includes(version)),
    ),
  ].join('; ');
}

/** What a server without its executors is not asked. */
const lackOf = (version: string, runs: readonly Executor[]): string[] =>
  listOf(
    `left out: runs on ${version}, for beside it is no`,
    executors.filter((name) => !runs.includes(name)).map((name) => `dkron-executor-${name}`),
  );

const listOf = (what: string, list: readonly string[]): string[] =>
  list.length === 0 ? [] : [`${what} ${list.join(', ')}`];

interface Binary {
  readonly version: string;
  readonly binary: string;
}

/** Those that start here: a cache may hold one for another machine, or half of one. */
function usable(): Binary[] {
  return binaries().filter(({ binary }) => succeeds(binary, 'version'));
}

const executors: readonly Executor[] = ['http', 'shell'];

/** Built in since 4.0.0; before, programs of their own beside it, or where Dkron looks for plugins. */
const executorsOf = (binary: string): Executor[] =>
  executors.filter(
    (name) =>
      succeeds(binary, name, '--help') ||
      [dirname(binary), '/etc/dkron/plugins'].some((folder) =>
        existsSync(join(folder, `dkron-executor-${name}`)),
      ),
  );

/** Asked once in a process. */
const asked = new Map<string, boolean>();

function succeeds(binary: string, ...args: readonly string[]): boolean {
  const key = [binary, ...args].join(' ');
  let answer = asked.get(key);
  if (answer === undefined) {
    answer = spawnSync(binary, args, { stdio: 'ignore', timeout: 30_000 }).status === 0;
    asked.set(key, answer);
  }
  return answer;
}

function binaries(): Binary[] {
  const given = process.env['DKRON_BIN'];
  if (given) return [{ version: basename(dirname(given)), binary: given }];
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'dkron');
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .map((version) => ({ version, binary: join(cache, version, 'dkron') }))
    .filter(({ binary }) => existsSync(binary))
    .sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }));
}

/** A port that was free may be taken by another Dkron's executors before it is asked for: then on others. */
const onceMore = async <T>(start: () => Promise<T>): Promise<T> => start().catch(start);

async function startOne(binary: string, name: string): Promise<RunningDkron> {
  const [http, serf, rpc] = await freePorts(3);
  const node = launch(binary, { name, http: http!, serf: serf!, rpc: rpc!, expect: 1 });
  try {
    return { url: await node.ready(), stop: node.stop };
  } catch (error) {
    await node.stop();
    throw error;
  }
}

async function startCluster(binary: string): Promise<RunningCluster> {
  const ports = await freePorts(9);
  const nodes: ReturnType<typeof launch>[] = [];
  const stop = async () => void (await Promise.all(nodes.map((node) => node.stop())));
  try {
    for (let index = 0; index < 3; index++) {
      const [http, serf, rpc] = ports.slice(index * 3);
      const name = `n${index + 1}`;
      const node = { name, http: http!, serf: serf!, rpc: rpc!, expect: 3, join: ports[1]! };
      nodes.push(launch(binary, node));
      // Nodes that join at the same moment can bootstrap Raft apart from each other.
      await nodes[index]!.listening();
    }
    const urls = await Promise.all(nodes.map((node) => node.ready()));
    const leader = await agreedLeader(urls);
    const [first] = urls.splice(Number(leader.slice(1)) - 1, 1);
    return { urls: [first!, ...urls], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How long a server may take to come up on a busy machine, ms. */
const patience = 90_000;

/** While nodes elect they name different leaders, and then none: two looks at all of them must agree. */
async function agreedLeader(urls: readonly string[]): Promise<string> {
  let before: string | null = null;
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(500)) {
    const names = new Set(await Promise.all(urls.map(leaderName)));
    const agreed: string | null = names.size === 1 ? [...names][0]! : null;
    if (agreed !== null && agreed === before) return agreed;
    before = agreed;
  }
  throw new Error(`not a fault of dkron-tui: ${urls.join(', ')} did not agree on a leader`);
}

interface Node {
  readonly name: string;
  readonly http: number;
  readonly serf: number;
  readonly rpc: number;
  readonly expect: number;
  /** The serf port of a node to join. */
  readonly join?: number;
}

function launch(binary: string, node: Node) {
  const data = mkdtempSync(join(tmpdir(), 'dkron-'));
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
    // A busy machine must not lose the leader of a cluster to a late heartbeat.
    `--raft-multiplier=${node.expect > 1 ? 3 : 1}`,
    '--log-level=error',
    '--disable-usage-stats',
    '--ui=false',
    ...(node.join === undefined
      ? []
      : [`--retry-join=127.0.0.1:${node.join}`, '--retry-interval=1s']),
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
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  // A test run that is interrupted must not leave servers behind.
  process.once('exit', kill);
  async function until(holds: () => Promise<unknown>): Promise<string> {
    for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(50)) {
      if (child.exitCode !== null) break;
      if (await holds()) return url;
    }
    const how = child.exitCode === null ? `was not ready after ${patience / 1000} s` : 'ended';
    throw new Error(`not a fault of dkron-tui: ${binary} ${how}; it said: ${said || 'nothing'}`);
  }
  return {
    listening: () => until(() => fetch(url).catch(() => null)),
    ready: () => until(() => leaderName(url)),
    async stop(): Promise<void> {
      kill();
      await ended;
      process.removeListener('exit', kill);
      rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The leader's name, or null while there is none or nothing answers yet. */
async function leaderName(url: string): Promise<string | null> {
  try {
    const answer = await fetch(`${url}/v1/leader`);
    return answer.status === 200 ? ((await answer.json()) as { Name: string }).Name : null;
  } catch {
    return null;
  }
}

/** Ports that were free a moment ago; asked for together, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(
    servers.map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
