/**
 * When a job became other than it was: snapshots saw how it was, the journal knows what it changed and
 * when. Both together are one line of time; a step is where it says another thing than before.
 */
import { diffJobs, type FieldChange } from '../../job/compare.ts';
import type { Job } from '../../job/job.ts';
import { inOrder } from './order.ts';
import { type Change, type JobThen, mayFollow, type Sighting, type Source, same } from './seen.ts';

export type StepKind = 'first' | 'created' | 'changed' | 'deleted' | 'back';

/** The job became other than it was. */
export interface Step {
  /** Tells it from the other steps: of the change, or of who saw first that it was so. */
  readonly id: string;
  /** `first`: it was so when it was first seen. `back`: it had been deleted. */
  readonly kind: StepKind;
  /**
   * It happened after this moment and not later than that one, ms since the epoch; null: nobody had seen the
   * job before. Both are the same where the journal knows the moment.
   */
  readonly after: number | null;
  readonly by: number;
  readonly exact: boolean;
  readonly who: string | null;
  /** False: it may not have happened, and nobody has seen the job since. */
  readonly certain: boolean;
  readonly from: JobThen;
  readonly to: JobThen;
  readonly changes: readonly FieldChange[];
  /** Who told of it. */
  readonly source: Source;
  /** The newest snapshot that has the job as it was after this step; null where none has. */
  readonly snapshot: string | null;
}

/** What is known of the job up to a moment of the line of time. */
interface Known {
  last: { readonly at: number; readonly state: JobThen } | null;
  /** It may have happened; how the job is seen next tells. */
  open: Change | null;
  existed: boolean;
}

/** The steps, newest first, of sightings and changes in any order. */
export function stepsOf(sightings: readonly Sighting[], changes: readonly Change[]): Step[] {
  const steps: Step[] = [];
  const known: Known = { last: null, open: null, existed: false };

  const add = (step: Omit<Step, 'kind' | 'changes' | 'snapshot'>): void => {
    const { from, to } = step;
    if (same(from, to)) return;
    const kind = kindOf(step, known);
    steps.push({ ...step, kind, changes: changesBetween(from, to), snapshot: null });
  };

  const made = ({ id, at, before, who }: Change, to: JobThen, certain = true): void => {
    const source: Source = { kind: 'journal', id };
    add({ id, after: at, by: at, exact: true, who, certain, from: before, to, source });
  };

  const remember = (at: number, state: JobThen): void => {
    known.last = { at: Math.max(at, known.last?.at ?? at), state };
    known.existed ||= state !== null;
  };

  function see({ at, state, source }: Sighting): void {
    const { last, open } = known;
    if (open !== null && mayFollow(state, open)) made(open, state);
    else {
      const id = source.kind === 'journal' ? `before ${source.id}` : source.id;
      const from = last?.state ?? null;
      const moment = { after: last?.at ?? null, by: Math.max(at, last?.at ?? at), exact: false };
      add({ id, ...moment, who: null, certain: true, from, to: state, source });
    }
    known.open = null;
    remember(at, state);
    const step = steps.at(-1);
    if (source.kind === 'snapshot' && state !== null && step !== undefined)
      steps[steps.length - 1] = { ...step, snapshot: source.id };
  }

  for (const event of inOrder(sightings, changes)) {
    if ('state' in event) see(event);
    else {
      const { id, at, before, after, until, certain } = event;
      see({ at, state: before, source: { kind: 'journal', id } });
      if (certain) {
        made(event, after);
        remember(until, after);
      } else known.open = event;
    }
  }
  if (known.open !== null) made(known.open, known.open.after, false);
  return steps.reverse();
}

function kindOf({ from, to }: Pick<Step, 'from' | 'to'>, { last, existed }: Known): StepKind {
  if (to === null) return 'deleted';
  if (from !== null) return 'changed';
  if (last === null) return 'first';
  return existed ? 'back' : 'created';
}

/** Where there is no job, no field of it has a value. */
const nothing = {} as Job;

function changesBetween(from: JobThen, to: JobThen): FieldChange[] {
  const changes = diffJobs(from?.job ?? nothing, to?.job ?? nothing);
  if (from === null) return changes.map((change) => ({ ...change, before: '' }));
  return to === null ? changes.map((change) => ({ ...change, after: '' })) : changes;
}
