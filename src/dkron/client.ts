import type { Dispatcher } from 'undici';
import type { z } from 'zod';
import { NotDkron, NotFound, ServerError } from '../base/errors.ts';
import { parseJson } from '../base/json.ts';
import type { JobText } from '../job/job.ts';
import { readAddress } from './address.ts';
import { answerError, isNoRoute, notDkron, notDkronError } from './failures.ts';
import { type ListHead, readJob, readKnownJob, readList } from './list.ts';
import {
  type Execution,
  executionShape,
  type Member,
  memberShape,
  pauseShape,
  type Server,
  serverShape,
} from './shapes.ts';
import { connect, type Reply, type Transport } from './transport.ts';

/** What was asked for, and the node that answered (null before 3.1.0). */
export interface Answer<T> {
  readonly value: T;
  readonly whom: string | null;
}

export interface Reading {
  readonly signal?: AbortSignal | undefined;
}

export interface ListReading extends Reading {
  /** Called before the first job: the answering node, and how many jobs it announced. */
  readonly onHead?: (head: ListHead) => void;
}

export interface JobsReading extends ListReading {
  /** Jobs of an earlier reading by name: those whose text is the same are handed out again. */
  readonly known?: ReadonlyMap<string, JobText>;
}

/**
 * One Dkron to read from; what changes a server is in write.ts. Every method throws the errors of
 * base/errors.ts: Unreachable, NotDkron, NotFound, Unsupported, ServerError. Reads go to the
 * answering node's own copy, which on a follower lags a write by some 100 ms.
 */
export interface Dkron {
  readonly url: string;
  readonly transport: Transport;
  /** Name and version of the answering node; a source build's version is "devel". */
  server(reading?: Reading): Promise<Answer<Server>>;
  /** All jobs by name: one consistent snapshot of the answering node, each job as it arrives. */
  jobs(reading?: JobsReading): AsyncIterable<JobText>;
  /** The same as exact bytes, unparsed. */
  jobBytes(reading?: ListReading): AsyncIterable<Uint8Array>;
  job(name: string, reading?: Reading): Promise<Answer<JobText>>;
  /** The last 100 at most, newest first, each with the last `outputLimit` bytes of its output. */
  executions(
    name: string,
    reading?: Reading & { readonly outputLimit?: number },
  ): Promise<Answer<Execution[]>>;
  /** One execution with all the output that the server kept. */
  execution(name: string, id: string, reading?: Reading): Promise<Answer<Execution>>;
  members(reading?: Reading): Promise<Answer<Member[]>>;
  /** Null while the cluster has none: reads work, writes do not. */
  leader(reading?: Reading): Promise<Answer<Member | null>>;
  /** The executions that run now, on all nodes. Fails when a server node does not answer. */
  busy(reading?: Reading): Promise<Answer<Execution[]>>;
  /** Whether the answering node refuses changed jobs; false before 4.0.9, which cannot pause. */
  paused(reading?: Reading): Promise<Answer<boolean>>;
  close(): Promise<void>;
}

export interface ClientOptions {
  /** `http://localhost:8080`, `localhost:8080`, `https://user:password@host/base`. */
  readonly url: string;
  /** Bytes of output a listed execution brings; 4 000 unless told. */
  readonly outputLimit?: number;
  /** Replaces the connections, for tests. */
  readonly dispatcher?: Dispatcher;
}

/** A client of one Dkron; connects on the first request. Throws UsageError for a bad address. */
export function createClient(options: ClientOptions): Dkron {
  const transport = connect(readAddress(options.url), options.dispatcher);
  const { url } = transport;
  const limit = options.outputLimit ?? 4000;
  const get = (path: string, { signal }: Reading = {}): Promise<Reply> =>
    transport.send({ path, signal });

  async function read<T>(shape: z.ZodType<T>, path: string, reading?: Reading): Promise<Answer<T>> {
    const reply = await get(path, reading);
    return { value: parse(url, reply, shape, await success(url, reply)), whom: reply.whom };
  }

  const client: Dkron = {
    url,
    transport,
    server: (reading) => read(serverShape, '/v1', reading),
    async *jobs(reading = {}) {
      const { known = new Map(), onHead } = reading;
      for await (const objects of readList(url, await get('/v1/jobs', reading), onHead))
        for (const bytes of objects) yield readKnownJob(url, bytes, known);
    },
    async *jobBytes(reading = {}) {
      const reply = await get('/v1/jobs', reading);
      for await (const objects of readList(url, reply, reading.onHead)) yield* objects;
    },
    async job(name, reading) {
      const reply = await get(jobPath(name), reading);
      const text = await found(`job ${name}`, success(url, reply), url);
      return { value: readJob(url, Buffer.from(text)), whom: reply.whom };
    },
    executions: (name, reading) =>
      found(
        `job ${name}`,
        read(
          executionShape.array(),
          `${jobPath(name)}/executions?output_size_limit=${reading?.outputLimit ?? limit}`,
          reading,
        ),
        url,
      ),
    async execution(name, id, reading) {
      const reply = await get(`${jobPath(name)}/executions/${encodeURIComponent(id)}`, reading);
      const text = await reply.text();
      const { whom } = reply;
      if (reply.status === 200 && text !== '')
        return { value: parse(url, reply, executionShape, text), whom };
      if (isNoRoute(reply.status, text)) return listed(client, name, id, reading);
      if (reply.status !== 200 && reply.status !== 404) throw answerError(url, reply, text);
      await client.job(name, reading);
      throw noExecution(url, name, id);
    },
    members: (reading) => read(memberShape.array(), '/v1/members', reading),
    async leader(reading) {
      const reply = await get('/v1/leader', reading);
      const text = await reply.text();
      // Dkron api.go leaderHandler goes on after it has refused, hence 500 and "null".
      if (reply.status === 500 && text === 'null') return { value: null, whom: reply.whom };
      if (reply.status !== 200) throw answerError(url, reply, text);
      return { value: parse(url, reply, memberShape.nullable(), text), whom: reply.whom };
    },
    busy: (reading) => read(executionShape.array(), '/v1/busy', reading),
    async paused(reading) {
      const reply = await get('/v1/pause', reading);
      const text = await reply.text();
      if (isNoRoute(reply.status, text)) return { value: false, whom: null };
      if (reply.status !== 200) throw answerError(url, reply, text);
      return { value: parse(url, reply, pauseShape, text).paused, whom: reply.whom };
    },
    close: () => transport.close(),
  };
  return client;
}

export const jobPath = (name: string): string => `/v1/jobs/${encodeURIComponent(name)}`;

/** Before 3.1.11 one execution cannot be asked for: it is picked from the whole list. */
async function listed(
  client: Dkron,
  name: string,
  id: string,
  reading: Reading = {},
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

/** The text of a successful answer; throws for any other. */
async function success(url: string, reply: Reply): Promise<string> {
  const text = await reply.text();
  if (reply.status !== 200) throw answerError(url, reply, text);
  return text;
}

/** Says which thing is missing, where the server gave a bare 404. */
async function found<T>(thing: string, answer: Promise<T>, url: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotFound) throw new NotFound(`there is no ${thing} on ${url}`);
    throw error;
  }
}

function parse<T>(url: string, reply: Reply, shape: z.ZodType<T>, text: string): T {
  if (notDkron(reply, text)) throw notDkronError(url, reply);
  if (text === '')
    throw new ServerError(`${url} answered ${reply.ask.path} with nothing`, {
      next: "The server's log may say why; try again.",
    });
  const parsed = shape.safeParse(readJson(url, reply, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NotDkron(
    `${url} answered ${reply.ask.path} with JSON, but not Dkron's: ${issue?.path.join('.')} ${issue?.message}`,
  );
}

function readJson(url: string, reply: Reply, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new NotDkron(`${url} answered ${reply.ask.path} with something that is not JSON`, {
      cause: error,
    });
  }
}
