/** Real Dkron servers on loopback, for suites that run against each version at hand. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type RunningCluster, startCluster } from './cluster.ts';
import { freePorts, launch, newKey } from './dkron-node.ts';

export interface RunningDkron {
  readonly url: string;
  /** Kills the server and removes its data. */
  stop(): Promise<void>;
}

export interface OwnDkron extends RunningDkron {
  readonly pid: number;
  /** Or lets it end by itself, so that all is written, and keeps the data. */
  stop(options?: { readonly keep: boolean }): Promise<void>;
}

/** What a job can be run with. */
export type Executor = 'http' | 'shell';

export interface RealDkron {
  readonly version: string;
  /** The executors that it has at hand; jobs of others can be kept, and their runs never end. */
  readonly runs: readonly Executor[];
  /** With new data, unless it is to go on with those of before in that folder. */
  start(options?: { readonly name?: string; readonly data?: string }): Promise<OwnDkron>;
  /** Three nodes with one leader. */
  startCluster(): Promise<RunningCluster>;
}

const wanted = ['4.1.2', '4.0.9', '3.2.7'];

/** The Dkrons at hand, newest first: DKRON_BIN, else `<cache>/dkron/<version>/dkron`. */
export function realDkrons(): RealDkron[] {
  return usable().map(({ version, binary }) => ({
    version,
    runs: executorsOf(binary),
    start: ({ name = 'n1', data } = {}) => onceMore(() => startOne(binary, name, data)),
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

async function startOne(binary: string, name: string, data?: string): Promise<OwnDkron> {
  const [http, serf, rpc] = await freePorts(3);
  const ports = { http: http!, serf: serf!, rpc: rpc! };
  const node = launch(binary, { name, ...ports, expect: 1, key: newKey() }, data);
  try {
    return { url: await node.ready(), pid: node.pid, stop: node.stop };
  } catch (error) {
    // Data of before are those that the next start is to go on with.
    await (data === undefined ? node.stop() : node.killed());
    throw error;
  }
}
