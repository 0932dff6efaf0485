/**
 * The door through which every change of a server goes. Who is to change something is given a
 * `Door`; who has a client only can read.
 *
 * How a job is written or deleted, one or many together:
 *
 *  1. It is read afresh. A follower may lag, and what the operator looked at may be old. Of what is written
 *     right after others, the re-reading of those is the fresh one where it had all of it (ahead.ts). Together with
 *     that it is looked whether this is still the cluster that the operator looked at (guard.ts): a port-forward
 *     may lead elsewhere now. Another one: `refused`.
 *  2. It is decided (decide.ts). The server has it so already: `same`. Somebody changed it since it
 *     was looked at: `changed`, unless both sides' changes may be merged and do not meet. It cannot
 *     be read, is gone, or has children: `refused`.
 *  3. The journal notes the definition that is about to be replaced. What it cannot note is not
 *     sent: `refused`.
 *  4. The whole definition is sent, once, by connections that lead to that cluster: each new one is
 *     looked at before anything goes by it (guardChanges in dkron/transport.ts). A new child goes when its
 *     new parent was accepted, which proves nothing of either: Dkron refuses a child without a parent. An
 *     answer that says no is `refused`; one that would meet the others too (no leader, paused, unreachable)
 *     ends the sending, and they are `NotSent`. An operation on several jobs is held instead where it may pass: until
 *     the right cluster has a leader again, half a minute at most; what it certainly did not carry out goes then.
 *  5. It is read again until the server shows it, some 3 s at most. A server that does not answer
 *     any more is waited for, half a minute at most, and so is the right cluster where another one
 *     answers: what that shows proves nothing.
 *  6. What is there is compared with what was sent. They agree: `written`. They do not, or it could
 *     not be read: `unknown`, with what the server has now.
 *  7. The journal notes what came of it. Where it cannot, the result says so; done is done.
 *
 * A run, a clearing and a pause change no definition: nothing is compared and nothing is journalled. They ask
 * for the cluster and are sent once, too, and the executions, the counters and the node tell what became of them.
 *
 * Never done: a request sent twice that may have happened, whatever became of its answer; a change
 * called written that the server does not show; a job written over what nobody looked at; Dkron's
 * own toggle, which turns over what a lagging node believes.
 */
import { Protected, ReadOnly, UnreadableJob } from '../../base/errors.ts';
import { sameDefinition } from '../../job/compare.ts';
import type { Job, JobText } from '../../job/job.ts';
import { keptOf } from '../../job/lint/kept.ts';
import { transportOf } from '../sender.ts';
import { Ahead } from './ahead.ts';
import { type Change, changed, decide } from './decide.ts';
import { elsewhereOf, type Inside, look, unled } from './fresh.ts';
import { stopped } from './guard.ts';
import { inTurn } from './in-turn.ts';
import { Lanes } from './lanes.ts';
import { type PauseOptions, type PauseResult, setPaused } from './pause.ts';
import {
  childrenError,
  deleteRequest,
  hasChildren,
  type Request,
  saveRequest,
} from './requests.ts';
import { type Found, lookAgain, type Sighting } from './reread.ts';
import type { Refusal, WriteResult } from './result.ts';
import {
  type ClearOptions,
  type ClearResult,
  clearExecutions,
  type FindOptions,
  findRun,
  type RunOptions,
  type RunResult,
  runToEnd,
} from './run.ts';
import { refused, type SendOptions, send } from './send.ts';

/** What no change of a server is made without. */
export interface DoorOptions extends Omit<Inside, 'lanes' | 'ahead'> {
  /** Stops every change at the door. */
  readonly readOnly: boolean;
  /** What has to be typed to agree to each change; null: nothing. */
  readonly protectedAs: string | null;
}

export interface WriteOptions extends SendOptions {
  /** Where a job changed meanwhile in other fields only: write both sides' changes. */
  readonly merge?: boolean;
  /** Names that are written or looked at next: where the re-reading shows them too, it is their fresh read. */
  readonly next?: readonly string[] | undefined;
}

/**
 * What an operator can act on is in the results. Throws when the signal aborts the fresh read, and
 * when the journal cannot note the outcome.
 */
export interface Door {
  /** The jobs as they are now, by name, at the cluster that is to be changed; or why none of it may be. */
  current(
    names: readonly string[],
    options?: Pick<SendOptions, 'signal' | 'listed'>,
  ): Promise<ReadonlyMap<string, Found> | Refusal>;
  /**
   * Reads jobs again until each is as expected, as after a change of them; begins with what the re-reading of the
   * last write showed of them, where it was told of them before. Never throws for the network.
   */
  lookAgain(
    expected: ReadonlyMap<string, (now: JobText | null) => boolean>,
    options?: Pick<SendOptions, 'signal' | 'listed' | 'onWait'>,
  ): Promise<ReadonlyMap<string, Sighting>>;
  /**
   * Creates or replaces jobs together, on many connections and in no order but where one comes after
   * another: the fresh read comes before the first is sent, the re-reading after the last. Gives the results
   * in the order of the changes, whose names must differ.
   */
  write(changes: readonly Change[], options?: WriteOptions): Promise<WriteResult[]>;
  /**
   * Deletes jobs together that are still what the operator looked at and have no children; none may
   * be the parent of another. Gives the results in the order of the jobs.
   */
  remove(jobs: readonly Job[], options?: SendOptions): Promise<WriteResult[]>;
  /** Runs a job now and waits for its end, which may take hours; throws the signal's reason. */
  run(name: string, options?: RunOptions): Promise<RunResult>;
  /** What became of a run that was asked for before: waits for its end, and sends nothing. */
  findRun(name: string, asked: FindOptions): Promise<RunResult>;
  /** Erases the executions and counters of a job (4.1.0). */
  clear(name: string, options?: ClearOptions): Promise<ClearResult>;
  /** Has the answering node refuse new and changed jobs, or accept them again (4.0.9). */
  setPaused(paused: boolean, options: PauseOptions): Promise<PauseResult>;
  /** The door for one change that the operator agreed to by typing this; null: nothing was typed. */
  agreed(word: string | null): Door;
}

export function openDoor({ readOnly, protectedAs, ...given }: DoorOptions): Door {
  if (readOnly) return closed(() => isReadOnly);
  const inside = { ...given, lanes: new Lanes(), ahead: new Ahead(given.clock) };
  const { client, clock, guard } = inside;
  transportOf(client).guardChanges(() => guard.check(undefined));
  const open: Door = {
    current: (names, options = {}) => look(inside, names, options),
    lookAgain: (expected, options = {}) => {
      const shown = inside.ahead.take([...expected.keys()]);
      return lookAgain(client, expected, {
        ...options,
        clock,
        elsewhere: elsewhereOf(inside),
        shown,
      });
    },
    write: (changes, options = {}) => write(inside, changes, options),
    remove: (jobs, options = {}) => remove(inside, jobs, options),
    run: async (name, options = {}) =>
      (await stopped(guard, options.signal)) ??
      runToEnd(client, clock, name, { ...options, elsewhere: elsewhereOf(inside) }),
    findRun: (name, asked) =>
      findRun(client, name, { ...asked, clock, elsewhere: elsewhereOf(inside) }),
    clear: async (name, options = {}) => {
      const stop = await stopped(guard, options.signal);
      if (stop !== null) return stop;
      await guard.changed([name]);
      const result = await clearExecutions(client, clock, name, {
        ...options,
        elsewhere: elsewhereOf(inside),
      });
      await guard.changed([name]);
      return result;
    },
    setPaused: async (paused, options) =>
      (await stopped(guard, options.signal)) ??
      setPaused(client, clock, paused, { ...options, elsewhere: elsewhereOf(inside) }),
    agreed: () => open,
  };
  if (protectedAs === null) return open;
  const notAgreed = refused(notAgreedTo(protectedAs));
  return closed(
    () => notAgreed,
    (word) => (word === protectedAs ? open : null),
  );
}

const isReadOnly = refused(new ReadOnly('read-only: nothing is changed'));

const notAgreedTo = (name: string): Protected =>
  new Protected(`${name} is protected: a change is agreed to by typing that name`, {
    data: 'Nothing was sent, so nothing was changed.',
  });

/** A door without a client behind it, and what may open it. */
function closed(why: () => Refusal, opens: (word: string | null) => Door | null = () => null) {
  const door: Door = {
    current: async () => why(),
    lookAgain: async () => new Map(),
    write: async (changes) => changes.map(why),
    remove: async (jobs) => jobs.map(why),
    run: async () => why(),
    findRun: async () => why(),
    clear: async () => why(),
    setPaused: async () => why(),
    agreed: (word) => opens(word) ?? door,
  };
  return door;
}

async function write(
  inside: Inside,
  changes: readonly Change[],
  { next = [], ...options }: WriteOptions,
): Promise<WriteResult[]> {
  const { client, ahead } = inside;
  const kept = changes.map((change) => ({ ...change, wanted: keptOf(change.wanted).job }));
  const names = kept.map(({ wanted }) => wanted.name);
  const now = await look(inside, names, options);
  if (!(now instanceof Map)) return changes.map(() => now);
  const decided = new Map<string, WriteResult | Request>();
  const decisionOn = (change: Change): WriteResult | Request => {
    const before = now.get(change.wanted.name) ?? null;
    if (before instanceof UnreadableJob) return refused(before);
    const decision = decide(client.url, change, before, options.merge ?? false);
    if ('outcome' in decision) return decision;
    const request = saveRequest(client, before, decision.job, change.children);
    return inTurn(request, change.after, decided);
  };
  for (const change of kept) decided.set(change.wanted.name, decisionOn(change));
  const following = { names: next, found: ahead.note };
  return carryOutDecided(inside, [...decided.values()], { ...options, following });
}

async function remove(
  inside: Inside,
  jobs: readonly Job[],
  options: SendOptions,
): Promise<WriteResult[]> {
  const { client } = inside;
  const names = jobs.map(({ name }) => name);
  const found = await look(inside, names, options);
  if (!(found instanceof Map)) return jobs.map(() => found);
  const decided = jobs.map((seen): WriteResult | Request => {
    const now = found.get(seen.name) ?? null;
    if (now instanceof UnreadableJob) return refused(now);
    if (now === null) return { outcome: 'same', now };
    if (!sameDefinition(seen, now.job)) return changed(client.url, seen.name, now, null);
    if (hasChildren(now)) return refused(childrenError(client, now));
    return deleteRequest(client, now);
  });
  const stop = decided.every((item) => 'outcome' in item) ? null : await unled(inside, options);
  if (stop !== null) return decided.map((item) => ('outcome' in item ? item : refused(stop)));
  return carryOutDecided(inside, decided, options);
}

/** Carries out what is to be sent, and gives all results in their order. */
async function carryOutDecided(
  inside: Inside,
  decided: readonly (WriteResult | Request)[],
  options: SendOptions,
): Promise<WriteResult[]> {
  const requests = decided.filter((item): item is Request => !('outcome' in item));
  const elsewhere = elsewhereOf(inside);
  const names = requests.map(({ name }) => name);
  // Before, for who looks meanwhile; after, because a slow change may come later than one thinks.
  if (names.length > 0) await inside.guard.changed(names);
  const sent = await send({ ...inside, elsewhere }, requests, options);
  if (names.length > 0) await inside.guard.changed(names);
  const results = sent.values();
  return decided.map((item) => ('outcome' in item ? item : results.next().value!));
}
