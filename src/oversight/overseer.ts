/**
 * Watches over the jobs of one cluster: which should have run and did not. It is handed what is read of
 * them anyway and judges a job when one of its firings was due, so that a look costs what changed and what
 * was due. All times are the server's, ms since the epoch.
 */
import TinyQueue from 'tinyqueue';
import type { Execution } from '../dkron/shapes.ts';
import { nodesChosen } from '../job/lint/tags.ts';
import type { JobRow } from '../job/row.ts';
import { lastRun } from '../job/runs.ts';
import { alone, causeFinder, standing } from './causes.ts';
import { earliestStart, owedFiring, storedNext, tolerance } from './firing.ts';
import { endsOf, type Judgment, judge } from './judge.ts';
import { type Missed, missedBefore } from './missed.ts';
import { createSeen } from './seen.ts';
import type { Sight } from './sight.ts';
import { isSameDefinition, type Sightings } from './sightings.ts';
import type { Verdict } from './verdict.ts';
import { createVerdicts } from './verdicts.ts';

export interface Overseer {
  readonly saw: (sight: Sight) => void;
  /** Works for so many steps, of which a judgement takes some; gives when there is more to do, by the server's clock; null: never yet. */
  readonly work: (now: number, most: number) => number | null;
  /** The very same while nothing of it changes. */
  readonly troubles: () => ReadonlyMap<string, Verdict>;
  /** A job of which only its executions tell more; null: none. */
  readonly suspect: () => string | null;
  /** Its executions as they are now; null: they cannot be read. */
  readonly told: (name: string, executions: readonly Execution[] | null, now: number) => void;
  /** Jobs that have to be read once more, each told once. */
  readonly outdated: () => readonly string[];
  /** What was missed since it was asked last. */
  readonly news: () => readonly Missed[];
}

export interface OverseerOptions {
  /** How long after its instant a firing may still come, ms. */
  readonly grace: number;
  readonly serverZone: string;
  /** What earlier programs know. */
  readonly sightings?: Sightings | undefined;
}

interface Due {
  readonly at: number;
  readonly row: JobRow;
}

/** How long what was missed is shown as the state of its job, ms. */
const shownFor = 3_600_000;
/** A judgement reads a schedule, and takes so many times as long as a plan. */
const judging = 40;
/** What is not settled is looked at again so soon, ms. */
const soon = 1_000;

export function createOverseer({ grace, serverZone, sightings }: OverseerOptions): Overseer {
  const seen = createSeen({ grace, serverZone }, sightings);
  const verdicts = createVerdicts();
  const causes = causeFinder();
  const due = new TinyQueue<Due>([], (a, b) => a.at - b.at);
  const asked = new Set<string>();
  const outdated = new Set<string>();
  const unexplained = new Set<string>();
  let unplanned: JobRow[] = [];
  /** So many of these are planned. */
  let planned = 0;
  let missed: Missed[] = [];

  const push = (row: JobRow, at: number): void => void due.push({ at, row });

  /** When it is looked at first: most jobs have moved on by then. */
  function plan(row: JobRow): void {
    const next = storedNext(row);
    const isFired = !row.disabled && row.parent_job === '' && next > 0;
    if (!isFired) {
      verdicts.set(row.name, null);
      return;
    }
    push(row, row.tags === null ? next + tolerance : 0);
    const { fired } = seen.noted(row.name);
    if (fired != null) push(row, fired.at + grace);
    if (verdicts.get(row.name) !== undefined) push(row, 0);
  }

  function look(row: JobRow, now: number): void {
    const judgment = judge(seen.known(row), seen.around(now));
    asked.delete(row.name);
    if (judgment.again !== null) {
      push(row, Math.max(judgment.again, now + soon));
      noteOwed(row, now);
    }
    if (judgment.ask) {
      asked.add(row.name);
      const { idleLooks = 1 } = seen.noted(row.name);
      seen.note(row.name, { idleLooks });
    } else if (judgment.reread) {
      outdated.add(row.name);
      push(row, now + soon);
    } else if (!judgment.waits) conclude(row, judgment, now);
  }

  function conclude(row: JobRow, { verdict, again }: Judgment, now: number): void {
    const before = verdicts.get(row.name);
    if (verdict === null) {
      if (before?.state !== 'missed') verdicts.set(row.name, null);
      else keepMissed(row, before, now);
      return;
    }
    // What holds it may go, and what is not known may come to be.
    if (again === null) push(row, now + grace);
    const { state } = verdict;
    const isSame = before?.state === state;
    const at = isSame && before.at <= now ? Math.min(before.at, verdict.at) : verdict.at;
    const cause = isSame && verdict.cause.kind === 'unknown' ? before.cause : verdict.cause;
    if (isSame && before.at === at && before.cause.kind === cause.kind) return;
    verdicts.set(row.name, { state, at, cause });
    if (cause.kind === 'unknown') unexplained.add(row.name);
  }

  /** Once all that was due together is judged: one that stands still is not alone. */
  function explain(): void {
    if (unexplained.size === 0) return;
    const others = standing(verdicts.all().values());
    for (const name of unexplained) {
      const verdict = verdicts.get(name);
      if (verdict === undefined) continue;
      const cause = causes.of(verdict.at, verdict.cause, others);
      if (cause !== verdict.cause) verdicts.set(name, { ...verdict, cause });
    }
    unexplained.clear();
  }

  function keepMissed(row: JobRow, { endedAt = 0 }: Verdict, now: number): void {
    if (now >= endedAt + shownFor) verdicts.set(row.name, null);
    else push(row, endedAt + shownFor);
  }

  /** A firing of a job with a short period is over before anybody would call it late. */
  function noteOwed(row: JobRow, now: number): void {
    const { busy, since, readAt } = seen.known(row);
    if ((busy?.length ?? 0) > 0 || seen.noted(row.name).owed !== undefined) return;
    const firing = owedFiring(row, seen.around(now));
    if (firing === null || since >= firing.at || firing.by !== firing.at) return;
    const ran = lastRun(row)?.at ?? 0;
    const isOwed =
      readAt >= firing.at + tolerance && ran < earliestStart(row, seen.around(now), firing.at);
    if (isOwed) seen.note(row.name, { owed: firing.at });
  }

  function changed(row: JobRow, old: JobRow, at: number): void {
    const { name } = row;
    const was = storedNext(old);
    const isSame = isSameDefinition(row, old);
    const hasEnded = endsOf(row) !== endsOf(old);
    if (!isSame || storedNext(row) > was) {
      end(row, old, at);
      const hasFired = isSame && !hasEnded && was > 0 && was <= at;
      const fired = seen.noted(name).fired ?? (hasFired ? { at: was, ends: endsOf(old) } : null);
      seen.note(name, { owed: undefined, executions: undefined, fired });
    }
    if (hasEnded || !isSame) seen.note(name, { fired: undefined });
    if (!isSame) seen.note(name, { since: at });
  }

  /** It fires again: what was owed until then is missed. */
  function end(row: JobRow, old: JobRow, at: number): void {
    const { name } = row;
    const verdict = verdicts.get(name);
    const wasLate = verdict?.state === 'late' || verdict?.state === 'stuck';
    const from = wasLate ? verdict.at : seen.noted(name).owed;
    if (from === undefined) return;
    const around = seen.around(at);
    const running = seen.runningSince(name, earliestStart(old, around, from));
    const nodes = nodesChosen(row.tags, around.nodes);
    const found = missedBefore({ row, old, from, at, wasLate, running, nodes }, around);
    if (found === null) return;
    const cause = causes.of(from, verdict?.cause ?? { kind: 'unknown' }, alone);
    missed.push({ job: name, at: from, cause, endedAt: at, ...found });
    verdicts.set(name, { state: 'missed', at: from, until: found.until, endedAt: at, cause });
    push(row, at + shownFor);
  }

  return {
    saw(sight) {
      causes.saw(sight);
      const { changed: rows, ended, gone, isFirst, isRegrouped } = seen.saw(sight);
      for (const [row, old] of rows) {
        if (old !== undefined) changed(row, old, sight.at);
        unplanned.push(row);
      }
      if (isFirst) unplanned = seen.rows().slice();
      // Its job may be the same: the run that held it is over.
      for (const row of ended) push(row, 0);
      for (const name of gone) {
        seen.forget(name);
        asked.delete(name);
        verdicts.set(name, null);
      }
      if (isRegrouped) for (const row of seen.rows()) if (row.tags !== null) unplanned.push(row);
    },
    work(now, most) {
      let left = most;
      for (; left > 0 && planned < unplanned.length; left--) {
        const row = unplanned[planned++]!;
        if (seen.row(row.name) === row) plan(row);
      }
      if (planned === unplanned.length) [unplanned, planned] = [[], 0];
      for (; left > 0 && (due.peek()?.at ?? Infinity) <= now; left -= judging) {
        const { row } = due.pop()!;
        if (seen.row(row.name) === row) look(row, now);
      }
      const next = unplanned.length > 0 ? now : (due.peek()?.at ?? null);
      if (next === null || next > now) explain();
      return next;
    },
    troubles: verdicts.all,
    suspect: () => asked.values().next().value ?? null,
    told(name, executions, now) {
      asked.delete(name);
      const row = seen.row(name);
      if (row === undefined) return;
      if (executions !== null) seen.note(name, { executions });
      push(row, executions === null ? now + grace : now);
    },
    outdated() {
      const names = [...outdated];
      outdated.clear();
      return names;
    },
    news() {
      const told = missed;
      missed = [];
      return told;
    },
  };
}
