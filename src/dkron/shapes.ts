/**
 * What Dkron answers, as it is read at the edge. Loose objects: fields of newer versions ride
 * along, fields that an older version lacks get Dkron's own zero value.
 */
import * as z from 'zod/mini';
import { isMap } from '../job/shape.ts';
import { numberText } from '../json/numbers.ts';

const text = z._default(z.string(), '');
const flag = z._default(z.boolean(), false);
/** Not `z.record`, which drops a key `__proto__`. */
const strings = z.custom<Record<string, string>>(
  (map) => isMap(map) && Object.values(map).every((value) => typeof value === 'string'),
);

/** 64-bit integers stay text: JavaScript's numbers would round them. */
const int64 = z.pipe(
  z.transform((value) => numberText(value) ?? value),
  z.string(),
);

/** One run of a job on one node (dkron/execution.go). Times are RFC 3339; year 1 means not yet. */
export const executionShape = z.looseObject({
  /** `<started, nanoseconds>-<node>`; empty before 3.1.0. */
  id: text,
  job_name: z.string(),
  started_at: z.string(),
  finished_at: z.string(),
  success: z.boolean(),
  /** The last 256 000 bytes at most. */
  output: text,
  /** Whether the server cut the output to the limit it was asked for. */
  output_truncated: flag,
  node_name: z.string(),
  /** Nanoseconds, as text: the same for every execution of one run. */
  group: z._default(int64, '0'),
  attempt: z.number(),
});
export const executionsShape = z.array(executionShape);
export type Execution = z.infer<typeof executionShape>;

/** A node of the cluster (serf's member). */
const nodeShape = z.looseObject({
  Name: z.string(),
  Addr: z.string(),
  Port: z.number(),
  Tags: z._default(z.nullable(strings), null),
  /** 0 none, 1 alive, 2 leaving, 3 left, 4 failed. */
  Status: z.number(),
});
export const nodesShape = z.array(nodeShape);
/** Null while there is no leader. */
export const leaderShape = z.nullable(nodeShape);
export type Node = z.infer<typeof nodeShape>;

/** `GET /v1`; the version of a source build is "devel" or missing. */
export const serverShape = z.pipe(
  z.looseObject({
    agent: z.looseObject({ name: z.string(), version: z._default(z.string(), 'devel') }),
    tags: z._default(z.nullable(strings), null),
  }),
  z.transform(({ agent, tags }) => ({
    name: agent.name,
    version: agent.version,
    tags: tags ?? {},
  })),
);
export type Server = z.infer<typeof serverShape>;

/** Serf's own figures of `GET /v1`, by serf's names; all are texts. Dkron tells none of raft. */
export const figuresShape = z.pipe(
  z.looseObject({ serf: z._default(z.nullable(strings), null) }),
  z.transform(({ serf }) => serf ?? {}),
);

/**
 * `GET /health` of one node: 4.1.0 and newer say whether the processes of its executors run, and
 * whether it leads; before, it is `healthy` whatever happens.
 */
export const healthShape = z.looseObject({
  status: z.string(),
  issues: z._default(z.nullable(z.array(z.string())), null),
  leader: z.optional(z.boolean()),
});
export type Health = z.infer<typeof healthShape>;

/** Executions that ended on a day of UTC, each node and each retry counted (4.1.0). */
const dayShape = z.looseObject({
  /** RFC 3339, the beginning of the day. */
  date: z.string(),
  success_count: z.number(),
  failed_count: z.number(),
});
export const statsShape = z.pipe(
  z.looseObject({ stats: z.nullable(z.array(dayShape)) }),
  z.transform(({ stats }) => stats ?? []),
);
export type DayOfRuns = z.infer<typeof dayShape>;

export const pauseShape = z.pipe(
  z.looseObject({ paused: z.boolean() }),
  z.transform(({ paused }) => paused),
);
