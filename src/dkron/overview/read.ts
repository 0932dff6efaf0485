/** How a cluster is, as the node tells that answers: a few small requests, each with its own patience. */
import { atLeast } from '../../base/dkron-version.ts';
import { OperatorError } from '../../base/errors.ts';
import type { Answer } from '../answer.ts';
import type { Dkron, ReadOptions } from '../client.ts';
import type { DayOfRuns, Execution, Health, Node, Server } from '../shapes.ts';

/** What was asked for; or why it is not told, as a sentence without its full stop. */
export type Told<T> = { readonly value: T } | { readonly why: string };

export interface Overview {
  /** The node that answers. */
  readonly server: Server;
  /** All that it knows of, also those that left or failed lately. */
  readonly members: Told<readonly Node[]>;
  /** Null: there is none. */
  readonly leader: Told<Node | null>;
  /** Of the answering node, as the rest. */
  readonly health: Told<Health>;
  readonly paused: Told<boolean>;
  /** Serf's, by serf's names. */
  readonly figures: Told<Readonly<Record<string, string>>>;
  /** By day of UTC, the oldest first; every node has the same. */
  readonly days: Told<readonly DayOfRuns[]>;
}

/** The first Dkron whose `/health` looks at anything. */
export const healthSince = '4.1.0';
/** The first that counts executions by day. */
export const daysSince = '4.1.0';

export interface OverviewOptions extends ReadOptions {
  /** How many days back, today included: 365 at most. */
  readonly days: number;
}

/** A dead node makes Dkron think long; the rest does not wait for that, ms. */
const patience = 5_000;

/** Throws what reading throws where the server does not even say which it is; all else is told without. */
export async function readOverview(
  client: Dkron,
  { days, signal }: OverviewOptions,
): Promise<Overview> {
  const limit = AbortSignal.timeout(patience);
  const reading = { signal: signal ? AbortSignal.any([signal, limit]) : limit };
  const ask = <T>(answer: Promise<Answer<T>>): Promise<Told<T>> =>
    answer.then(({ value }) => ({ value }), whyNot(limit));
  const [server, members, leader, health, paused, figures, counts] = await Promise.all([
    client.server({ signal }),
    ask(client.members(reading)),
    ask(client.leader(reading)),
    ask(client.health(reading)),
    ask(client.paused(reading)),
    ask(client.figures(reading)),
    ask(client.stats(days, reading)),
  ]);
  const { version } = server.value;
  return {
    server: server.value,
    members,
    leader,
    health: atLeast(version, healthSince)
      ? health
      : { why: `Dkron ${version} says healthy whatever happens; ${healthSince} looks` },
    paused: since(paused, `Dkron ${version} cannot be paused; 4.0.9 can`),
    figures,
    days: since(counts, `Dkron ${version} does not count them by day; ${daysSince} does`),
  };
}

const since = <T>(told: Told<T | null>, why: string): Told<T> =>
  'value' in told && told.value !== null ? { value: told.value } : 'why' in told ? told : { why };

const whyNot =
  (limit: AbortSignal) =>
  (error: unknown): { readonly why: string } => {
    if (error instanceof OperatorError) return { why: error.message };
    if (limit.aborted) return { why: `no answer within ${patience / 1_000} s` };
    throw error;
  };

/** What is told, or nothing. */
export const toldOr = <T, E>(told: Told<T>, otherwise: E): T | E =>
  'value' in told ? told.value : otherwise;

/** What runs, by the node that runs it. */
export const runsByNode = (busy: readonly Execution[]): ReadonlyMap<string, readonly Execution[]> =>
  Map.groupBy(busy, ({ node_name }) => node_name);
