/**
 * How long jobs take: learnt from executions that are read anyway and, seldom, from those of a job of which
 * nothing is known; judged in slices, off the way of keys. What was learnt is kept for the next console.
 */
import type { Clock } from '../../base/clock.ts';
import { noneFor } from '../../base/errors.ts';
import { inTurns } from '../../base/steps.ts';
import type { Dkron } from '../../dkron/client.ts';
import { timesOf } from '../../dkron/run-times.ts';
import type { Execution } from '../../dkron/shapes.ts';
import type { JobRow } from '../../job/row.ts';
import { paceOf } from '../../job/run-times/pace.ts';
import type { RunTimes } from '../../job/run-times/times.ts';
import type { Pace } from '../../job/status.ts';
import { JobTable } from '../../job/table.ts';
import { endsOf } from '../../oversight/judge.ts';
import { joinedTimes, type KnownTimes, type TimesFile } from '../../oversight/kept-times.ts';
import { longRuns } from '../../oversight/paces.ts';
import { nextUnread } from '../../oversight/unread-times.ts';
import { instantFromMillis } from '../../schedule/index.ts';
import type { Message } from '../state/model.ts';
import type { Looked } from './look.ts';
import type { Shown } from './reading.ts';

export interface RunTimesEffects {
  readonly saw: (looked: Looked, shown: Shown) => void;
  /** Executions that somebody read, all that Dkron keeps of the job. */
  readonly heard: (name: string, executions: readonly Execution[]) => void;
  /** Once it is done what was learnt is kept. */
  readonly stop: () => Promise<void>;
}

export interface RunTimesOptions {
  readonly client: Pick<Dkron, 'executions'>;
  readonly clock: Clock;
  readonly dispatch: (message: Message) => void;
  readonly serverZone: string;
  /** The names of the jobs on the screen. */
  readonly shown: () => Iterable<string>;
  /** What is kept of the cluster, once it is known. */
  readonly file: () => Promise<TimesFile>;
}

interface Judged {
  readonly row: JobRow;
  readonly times: RunTimes;
  readonly version: string | undefined;
  readonly pace: Pace | null;
}

/** How long one slice takes at most, and how long keys have their turn after it, ms. */
const slice = { most: 4, breath: 10 };
/**
 * One job at a time, so seldom that it costs the server a fiftieth of its time, ms. Most of a long answer is
 * the way to the server: over a slow one the rows in sight are not waited for for minutes.
 */
const rest = { least: 3_000, times: 50, most: 6_000 };
/** What was learnt is kept together, ms. */
const gathering = 15_000;

export function createRunTimes(options: RunTimesOptions): RunTimesEffects {
  const { client, clock, dispatch, serverZone } = options;
  let known: KnownTimes = new Map();
  let learnt = new Map<string, RunTimes>();
  let jobs = JobTable.empty;
  let busy: readonly Execution[] = [];
  let version: string | undefined;
  let skew = 0;
  /** What is told next, and what was told last. */
  let news: KnownTimes = new Map();
  let paces: ReadonlyMap<string, Pace> = new Map();
  const judged = new Map<string, Judged>();
  let cancelWork = (): void => {};
  let cancelKeep = (): void => {};
  let isKeeping = false;
  let isReady = false;
  let isReading = false;
  let isStopped = false;
  let notBefore = 0;

  async function remember(): Promise<void> {
    known = joinedTimes(await (await options.file()).read(), known);
    news = known;
    isReady = true;
    soon();
  }
  void remember();

  function soon(): void {
    cancelWork();
    if (isReady && !isStopped && jobs !== JobTable.empty) cancelWork = clock.after(0, begin);
  }

  function begin(): void {
    work([...known.keys()], 0);
  }

  function work(names: readonly string[], from: number): void {
    const until = clock.now() + slice.most;
    let at = from;
    for (; at < names.length && (at === from || clock.now() < until); at++) judge(names[at]!);
    if (at < names.length) cancelWork = clock.after(slice.breath, () => work(names, at));
    else settle();
  }

  function judge(name: string): void {
    const row = jobs.get(name);
    const times = known.get(name)!;
    const before = judged.get(name);
    if (row === undefined) judged.delete(name);
    else if (before?.row !== row || before.times !== times || before.version !== version) {
      const by = { now: instantFromMillis(clock.now() - skew), version, serverZone };
      judged.set(name, { row, times, version, pace: paceOf(row, times, by) });
    }
  }

  function settle(): void {
    const now = pacesNow();
    const isSame = isSameMap(paces, now);
    if (news.size > 0 || !isSame) {
      if (!isSame) paces = now;
      dispatch({ type: 'timed', times: news, paces });
      news = new Map();
    }
    void look();
  }

  function pacesNow(): Map<string, Pace> {
    const now = new Map<string, Pace>();
    for (const [name, { pace }] of judged) if (pace !== null) now.set(name, pace);
    for (const name of longRuns(busy, known, clock.now() - skew))
      if (jobs.has(name)) now.set(name, 'long');
    return now;
  }

  async function look(): Promise<void> {
    if (isReading || isStopped || clock.now() < notBefore) return;
    const shown = [...options.shown()].flatMap((name) => jobs.get(name) ?? []);
    isReading = true;
    const name = await inTurns(nextUnread(jobs.rows, shown, known, clock.now()));
    const started = clock.now();
    const answer =
      name === null || isStopped
        ? null
        : await client.executions(name, { outputLimit: 0 }).catch(noneFor);
    isReading = false;
    if (name === null) return;
    const pause = rest.times * (clock.now() - started);
    notBefore = clock.now() + Math.min(rest.most, Math.max(rest.least, pause));
    if (answer !== null) learn(name, answer.value);
  }

  function learn(name: string, executions: readonly Execution[]): void {
    const row = jobs.get(name);
    if (isStopped || row === undefined) return;
    const times = timesOf(executions, { at: clock.now(), ends: endsOf(row) });
    known = joinedTimes(known, new Map([[name, times]]));
    news = joinedTimes(news, new Map([[name, times]]));
    learnt.set(name, times);
    if (!isKeeping) cancelKeep = clock.after(gathering, () => void keep());
    isKeeping = true;
    soon();
  }

  /** A disk that refuses keeps nobody from seeing it. */
  async function keep(): Promise<void> {
    cancelKeep();
    isKeeping = false;
    if (learnt.size === 0) return;
    const more = learnt;
    learnt = new Map();
    await (await options.file()).keep(more, clock.now()).catch(noneFor);
  }

  return {
    saw(looked, { node, skew: ahead, server, busy: running }) {
      if (node.behind || isStopped) return;
      skew = ahead;
      version = server.version;
      jobs = looked.jobs;
      busy = running ?? [];
      soon();
    },
    heard: learn,
    async stop() {
      isStopped = true;
      cancelWork();
      await keep();
    },
  };
}

const isSameMap = (one: ReadonlyMap<string, Pace>, other: ReadonlyMap<string, Pace>): boolean =>
  one.size === other.size && [...one].every(([name, pace]) => other.get(name) === pace);
