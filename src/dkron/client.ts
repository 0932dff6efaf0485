/** What can be read from one Dkron server, checked for its shape. */
import type * as z from 'zod/mini';
import { NotFound, UnreadableJob } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { JobText } from '../job/job.ts';
import { type Answer, checkAnswer, found, parse, success } from './answer.ts';
import { answerError, isLeaderless, isNoRoute } from './answer-error.ts';
import { bounds } from './bounds.ts';
import type { Early } from './early.ts';
import { type ListWatch, nameIn, parseJob, readList, textOf } from './list.ts';
import { executionsPath, jobPath } from './paths.ts';
import { type Route, routeTo } from './route.ts';
import { keepTransport } from './sender.ts';
import {
  type DayOfRuns,
  type Execution,
  executionShape,
  executionsShape,
  figuresShape,
  type Health,
  healthShape,
  leaderShape,
  type Node,
  nodesShape,
  pauseShape,
  type Server,
  serverShape,
  statsShape,
} from './shapes.ts';
import { connect } from './transport.ts';
import type { Bounds } from './wire.ts';

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface ListReadOptions extends ReadOptions, ListWatch {}

export interface JobsReadOptions extends ListReadOptions {
  /** Only jobs of these names; of the others nothing is read but their names. */
  readonly names?: Pick<ReadonlySet<string>, 'has'>;
  /**
   * Told of what is not a job, and the name that it seems to have ("" for none), which is then left
   * out; without it, that is thrown.
   */
  readonly onUnreadable?: (error: UnreadableJob, name: string) => void;
}

/**
 * One Dkron to read from; what changes a server is in dkron/write/. Every method throws the errors of
 * base/errors.ts: Unreachable, NotDkron, NotFound, Unsupported, ServerError; of a single job UnreadableJob. Reads go to the
 * answering node's own copy, which on a follower lags a write by some 100 ms.
 */
export interface Dkron {
  readonly url: string;
  /** Name and version of the answering node; a source build's version is "devel". */
  server(reading?: ReadOptions): Promise<Answer<Server>>;
  /** All jobs by name: one consistent snapshot of the answering node, each job as it arrives. */
  jobs(reading?: JobsReadOptions): AsyncIterable<JobText>;
  /** The same as exact bytes, unparsed; those that arrive together in one list. */
  jobBytes(reading?: ListReadOptions): AsyncIterable<readonly Uint8Array[]>;
  job(name: string, reading?: ReadOptions): Promise<Answer<JobText>>;
  /**
   * The last 100 at most, newest first, each with the last `outputLimit` bytes of its output: 4 000
   * unless told, 0 for none, -1 for all.
   */
  executions(
    name: string,
    reading?: ReadOptions & { readonly outputLimit?: number },
  ): Promise<Answer<Execution[]>>;
  /** One execution with all the output that the server kept. */
  execution(name: string, id: string, reading?: ReadOptions): Promise<Answer<Execution>>;
  members(reading?: ReadOptions): Promise<Answer<Node[]>>;
  /** Null while the cluster has none: reads work, writes do not. */
  leader(reading?: ReadOptions): Promise<Answer<Node | null>>;
  /** The executions that run now, on all nodes. Fails when a server node does not answer. */
  busy(reading?: ReadOptions): Promise<Answer<Execution[]>>;
  /** Whether the answering node refuses changed jobs; null before 4.0.9, which cannot pause. */
  paused(reading?: ReadOptions): Promise<Answer<boolean | null>>;
  /** Serf's figures of the answering node, by serf's names. */
  figures(reading?: ReadOptions): Promise<Answer<Readonly<Record<string, string>>>>;
  /** What the answering node says of itself, well or not; no answer of it names the node. */
  health(reading?: ReadOptions): Promise<Answer<Health>>;
  /** Executions by day, the oldest first and today last; null before 4.1.0. */
  stats(days: number, reading?: ReadOptions): Promise<Answer<readonly DayOfRuns[] | null>>;
  /** How far this machine's clock is ahead of the server's, ms, as far as its answers tell. */
  readonly skew: number;
  /** Whether it was closed: nothing will be answered any more. */
  readonly closed: boolean;
  /** Makes new connections for what is asked from now on; what is under way goes on on the old. */
  renew(): void;
  /** Drops what is still under way. A run or a write that was sent goes on. */
  close(): Promise<void>;
}

export type ClientOptions = {
  /** Called with every request. */
  readonly log?: Log;
  /** What was asked before there was a client. */
  readonly early?: Early | null;
} & (
  | { readonly route: Route }
  /** `http://localhost:8080`, `localhost:8080`, `https://user:password@host/base`. */
  | { readonly url: string }
);

/** Bytes of output that a listed execution brings unless told: up to 100 × 256 kB are there. */
const usualOutput = 4_000;

/** A client of one Dkron; connects on the first request. Throws UsageError for a bad address. */
export function createClient(options: ClientOptions): Dkron {
  const route = 'route' in options ? options.route : routeTo(options.url);
  const transport = connect(route, options.log, options.early);
  const { url } = transport;
  const get = (path: string, reading: ReadOptions = {}, within: Bounds = bounds.usual) =>
    transport.send({ path, signal: reading.signal, bounds: within });

  async function read<T>(
    shape: z.ZodMiniType<T>,
    path: string,
    reading?: ReadOptions,
    within?: Bounds,
  ): Promise<Answer<T>> {
    const reply = await get(path, reading, within);
    return parse(url, reply, shape, await success(url, reply));
  }

  /** What older Dkrons have no route for: null there. */
  async function readSince<T>(
    shape: z.ZodMiniType<T>,
    path: string,
    reading?: ReadOptions,
  ): Promise<Answer<T | null>> {
    const reply = await get(path, reading, bounds.node);
    const text = await reply.text();
    if (isNoRoute(reply.status, text)) return { value: null, whom: reply.whom };
    if (reply.status !== 200) throw answerError(url, reply, text);
    return parse(url, reply, shape, text);
  }

  const client: Dkron = {
    url,
    server: (reading) => read(serverShape, '/v1', reading, bounds.node),
    async *jobs(reading = {}) {
      for await (const objects of readList(
        url,
        await get('/v1/jobs', reading, bounds.jobs),
        reading,
      ))
        for (const bytes of objects) {
          const entry = readOr(reading, url, bytes);
          if (entry !== null) yield entry;
        }
    },
    async *jobBytes(reading = {}) {
      yield* readList(url, await get('/v1/jobs', reading, bounds.jobs), reading);
    },
    async job(name, reading) {
      const reply = await get(jobPath(name), reading);
      const text = await found(url, name, success(url, reply));
      checkAnswer(url, reply, text);
      return { value: parseJob(url, text), whom: reply.whom };
    },
    executions: (name, reading) =>
      found(
        url,
        name,
        read(
          executionsShape,
          executionsPath(name, reading?.outputLimit ?? usualOutput),
          reading,
          reading?.outputLimit === -1 ? bounds.outputs : bounds.usual,
        ),
      ),
    async execution(name, id, reading) {
      const reply = await get(`${jobPath(name)}/executions/${encodeURIComponent(id)}`, reading);
      const text = await reply.text();
      if (reply.status === 200 && text !== '') return parse(url, reply, executionShape, text);
      if (isNoRoute(reply.status, text)) return listed(client, name, id, reading);
      if (reply.status !== 200 && reply.status !== 404) throw answerError(url, reply, text);
      await client.job(name, reading);
      throw noExecution(url, name, id);
    },
    members: (reading) => read(nodesShape, '/v1/members', reading, bounds.node),
    async leader(reading) {
      const reply = await get('/v1/leader', reading, bounds.node);
      const text = await reply.text();
      if (isLeaderless(reply.status, text)) return { value: null, whom: reply.whom };
      if (reply.status !== 200) throw answerError(url, reply, text);
      return parse(url, reply, leaderShape, text);
    },
    busy: (reading) => read(executionsShape, '/v1/busy', reading),
    paused: (reading) => readSince(pauseShape, '/v1/pause', reading),
    figures: (reading) => read(figuresShape, '/v1', reading, bounds.node),
    async health(reading) {
      const reply = await get('/health', reading, bounds.node);
      const text = await reply.text();
      // 503 is how it says that it is not well, where that is Dkron's own word.
      if (reply.status !== 200 && !(reply.status === 503 && /^\s*\{/.test(text)))
        throw answerError(url, reply, text);
      return parse(url, reply, healthShape, text);
    },
    stats: (days, reading) => readSince(statsShape, `/v1/stats?days=${days}`, reading),
    get skew() {
      return transport.skew;
    },
    get closed() {
      return transport.closed;
    },
    renew: () => transport.renew(),
    close: () => transport.close(),
  };
  keepTransport(client, transport);
  return client;
}

/** Null for what is left out. */
function readOr(
  { names, onUnreadable }: JobsReadOptions,
  url: string,
  bytes: Uint8Array,
): JobText | null {
  const text = textOf(bytes);
  const name = nameIn(text);
  if (names !== undefined && name !== '' && !names.has(name)) return null;
  try {
    return parseJob(url, text);
  } catch (error) {
    if (onUnreadable === undefined || !(error instanceof UnreadableJob)) throw error;
    onUnreadable(error, name);
    return null;
  }
}

/** Before 3.1.11 one execution cannot be asked for: it is picked from the whole list. */
async function listed(
  client: Dkron,
  name: string,
  id: string,
  reading: ReadOptions = {},
): Promise<Answer<Execution>> {
  const { value, whom } = await client.executions(name, { ...reading, outputLimit: -1 });
  const execution = value.find((candidate) => candidate.id === id);
  if (!execution) throw noExecution(client.url, name, id);
  return { value: execution, whom };
}

const noExecution = (url: string, name: string, id: string): NotFound =>
  new NotFound(`job ${name} on ${url} has no execution ${id}`, {
    next: 'Dkron keeps the last 100 executions of a job; older ones are gone.',
  });
