/** What may be why a job fails, out of what is known: pure. Times are ms since the epoch. */
import type { FieldChange } from '../job/compare.ts';
import { maskChange } from '../job/mask.ts';
import type { JobTable } from '../job/table.ts';
import { serverTime } from '../job/time.ts';
import type { Step } from '../journal/history/steps.ts';
import type { RosterChange } from '../oversight/roster.ts';
import type { Incident } from './incident.ts';
import type { Relation } from './relatives.ts';

export type Event =
  | {
      readonly kind: 'edit';
      readonly id: string;
      /** When it was so at the latest. */
      readonly at: number;
      readonly job: string;
      readonly relation: Relation;
      readonly step: Step;
      /** Without credentials. */
      readonly changes: readonly FieldChange[];
    }
  | {
      readonly kind: 'nodes';
      readonly id: string;
      /** When it was so at the latest. */
      readonly at: number;
      readonly change: RosterChange;
    }
  | {
      readonly kind: 'failing';
      readonly id: string;
      /** Its last failure: since when it fails, only its own runs tell. */
      readonly at: number;
      readonly job: string;
      readonly relation: Relation | null;
      /** Null: it never went well. */
      readonly lastGood: number | null;
    };

/** Before the first failure at least so far back, ms. */
export const farBack = 86_400_000;
/** Of each kind. */
const most = 20;

export const windowStart = ({ since, lastGood }: Incident): number =>
  Math.min(since - farBack, lastGood ?? since);

/** Steps that may lie before the first failure. */
export function editsOf(
  steps: ReadonlyMap<string, readonly Step[]>,
  relatives: ReadonlyMap<string, Relation>,
  incident: Incident,
): Event[] {
  const from = windowStart(incident);
  const counts = (step: Step): boolean =>
    step.kind !== 'first' && step.by >= from && (step.after ?? from) < incident.since;
  return [...steps].flatMap(([job, all]) =>
    all.filter(counts).map(
      (step): Event => ({
        kind: 'edit',
        id: `${job}\n${step.id}`,
        at: step.by,
        job,
        relation: relatives.get(job) ?? 'host',
        step,
        changes: step.changes.map(maskChange),
      }),
    ),
  );
}

/** Nodes that came or went, and leaders, that may have done so before the first failure. */
export const nodesOf = (changes: readonly RosterChange[], incident: Incident): Event[] =>
  changes
    .filter(({ after, by }) => by >= windowStart(incident) && after <= incident.since)
    .map(
      (change, index): Event => ({ kind: 'nodes', id: `nodes\n${index}`, at: change.by, change }),
    );

/** Jobs that are looked at between two breaths. */
const atOnce = 1_000;

/** Jobs that fail since then, and have not gone well since. */
export async function failingOf(
  name: string,
  jobs: JobTable,
  relatives: ReadonlyMap<string, Relation>,
  { since, until }: Incident,
  breathe: () => Promise<void>,
): Promise<Event[]> {
  const events: Event[] = [];
  for (const [index, row] of jobs.rows.entries()) {
    if (index % atOnce === atOnce - 1) await breathe();
    const at = timeOf(row.last_error);
    const lastGood = timeOf(row.last_success);
    if (row.name === name || at === null || at < since || (until !== null && at >= until)) continue;
    if (lastGood !== null && lastGood >= since) continue;
    const relation = relatives.get(row.name) ?? null;
    events.push({
      kind: 'failing',
      id: `failing\n${row.name}`,
      at,
      job: row.name,
      relation,
      lastGood,
    });
  }
  return events;
}

export const timeOf = (text: string | null): number | null =>
  serverTime(text ?? '')?.getTime() ?? null;

export interface Ordered {
  /** Before the first failure, the nearest to it first. */
  readonly before: readonly Event[];
  /** From then on: those that are related first. */
  readonly after: readonly Event[];
  /** Further ones, which are left out. */
  readonly more: number;
}

export function ordered(events: readonly Event[]): Ordered {
  const rank = (event: Event): number => ('relation' in event && event.relation !== null ? 0 : 1);
  const before = events.filter(({ kind }) => kind !== 'failing').sort((a, b) => b.at - a.at);
  const after = events
    .filter(({ kind }) => kind === 'failing')
    .sort((a, b) => rank(a) - rank(b) || a.at - b.at);
  const shown = { before: before.slice(0, most), after: after.slice(0, most) };
  return {
    ...shown,
    more: events.length - shown.before.length - shown.after.length,
  };
}
