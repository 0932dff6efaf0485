/** What is known of the jobs of one cluster beyond their rows, by the looks there were. */
import type { Execution } from '../dkron/shapes.ts';
import type { JobRow } from '../job/row.ts';
import { JobTable } from '../job/table.ts';
import type { Around, Known } from './judge.ts';
import type { Sight } from './sight.ts';
import type { Sightings } from './sightings.ts';

/** What is remembered of a job. */
interface Noted {
  readonly since?: number;
  readonly fired?: Known['fired'] | undefined;
  /** Seen to be owed after its instant, before anybody calls it late. */
  readonly owed?: number | undefined;
  readonly executions?: readonly Execution[] | undefined;
  readonly idleLooks?: number;
}

export interface Seen {
  /** Gives the rows that have to be looked at: changed ones with what they were, and those that run no more. */
  readonly saw: (sight: Sight) => {
    readonly changed: readonly (readonly [row: JobRow, old: JobRow | undefined])[];
    readonly ended: readonly JobRow[];
    readonly gone: readonly string[];
    /** All rows are new. */
    readonly isFirst: boolean;
    /** Which nodes are alive is another than before. */
    readonly isRegrouped: boolean;
  };
  readonly row: (name: string) => JobRow | undefined;
  readonly rows: () => readonly JobRow[];
  readonly known: (row: JobRow) => Known;
  readonly around: (now: number) => Around;
  readonly runningSince: (name: string, at: number) => number;
  readonly noted: (name: string) => Noted;
  readonly note: (name: string, more: Noted) => void;
  readonly forget: (name: string) => void;
}

const none: readonly Execution[] = [];
const nothing: Noted = {};

export function createSeen(
  { grace, serverZone }: Pick<Around, 'grace' | 'serverZone'>,
  sightings: Sightings | undefined,
): Seen {
  let table = JobTable.empty;
  let sight: Sight | null = null;
  let begunAt = 0;
  let listAt = 0;
  const freshAt = new Map<string, number>();
  let busy: ReadonlyMap<string, readonly Execution[]> | null = null;
  const notes = new Map<string, Noted>();

  const noted = (name: string): Noted => notes.get(name) ?? nothing;
  const note = (name: string, more: Noted): void =>
    void notes.set(name, { ...noted(name), ...more });

  /** Gives whose runs are over. */
  function heard(now: readonly Execution[] | null): readonly JobRow[] {
    const before = busy;
    busy = now === null ? null : Map.groupBy(now, ({ job_name }) => job_name);
    if (busy === null) return [];
    const running = busy;
    for (const [name, { idleLooks }] of notes)
      if (idleLooks !== undefined) note(name, { idleLooks: running.has(name) ? 0 : idleLooks + 1 });
    return [...(before?.keys() ?? [])].flatMap((name) =>
      running.has(name) ? [] : (table.get(name) ?? []),
    );
  }

  return {
    saw(now) {
      const [before, nodes] = [table, sight?.nodes];
      const isFirst = sight === null;
      if (isFirst) begunAt = now.at;
      sight = { ...now, nodes: now.nodes ?? nodes };
      if (now.fresh === null) {
        listAt = now.at;
        freshAt.clear();
      } else for (const name of now.fresh) freshAt.set(name, now.at);
      table = now.jobs;
      const ended = heard(now.busy);
      // All are new: nobody wants to know what they were.
      const hadNone = before.size === 0;
      const changed = hadNone ? [] : table.othersThan(before);
      for (const [{ name }, old] of changed) if (old === undefined) note(name, { since: now.at });
      const hasOthers = before.places !== table.places;
      const gone = hasOthers ? [...before.keys()].filter((name) => !table.has(name)) : [];
      return {
        changed,
        ended,
        gone,
        isFirst: hadNone,
        isRegrouped: !isFirst && sight.nodes !== nodes,
      };
    },
    row: (name) => table.get(name),
    rows: () => table.rows,
    known(row) {
      const { since, fired, executions, idleLooks } = noted(row.name);
      return {
        job: row,
        forbids: () => row.job.concurrency === 'forbid',
        readAt: Math.max(listAt, freshAt.get(row.name) ?? 0),
        since: since ?? sightings?.since(row) ?? begunAt,
        busy: busy === null ? null : (busy.get(row.name) ?? none),
        idleLooks: idleLooks ?? 0,
        executions: executions ?? null,
        fired: fired ?? null,
      };
    },
    around: (now) => ({
      now,
      grace,
      serverZone,
      version: sight?.version,
      nodes: sight?.nodes,
    }),
    runningSince: (name, at) =>
      (busy?.get(name) ?? none).filter(({ started_at }) => Date.parse(started_at) >= at).length,
    noted,
    note,
    forget: (name) => void notes.delete(name),
  };
}
