import { families } from '../../job/family.ts';
import type { Job } from '../../job/job.ts';
import type { Slot, Spill } from './spill.ts';

/** Puts jobs that arrive one by one into an order in which every parent precedes its children. */
export interface ParentsFirst {
  /** Whether the job may follow now: it has no parent, then. Any other is put aside. */
  follows(job: Uint8Array): boolean;
  /** The jobs with a parent, when all have arrived. */
  rest(): Iterable<Uint8Array>;
}

/**
 * Only the jobs with a parent are put aside, and only they are parsed: parsing all of them would take longer
 * than their way from the server. In memory are their names.
 */
export function parentsFirst(spill: Spill): ParentsFirst {
  const children: { name: string; parent_job: string; slot: Slot }[] = [];
  return {
    follows(bytes) {
      if (isRoot(bytes)) return true;
      const { name, parent_job } = namesIn(bytes);
      if (parent_job === '') return true;
      children.push({ name, parent_job, slot: spill.add(bytes) });
      return false;
    },
    *rest() {
      const { parentsFirst, unordered } = families(children);
      const ordered = new Set([...parentsFirst, ...unordered]);
      // Of two of one name a family has one.
      const doubled = children.filter((child) => !ordered.has(child));
      for (const list of [ordered, doubled]) for (const { slot } of list) yield spill.read(slot);
    },
  };
}
/** A broken job counts as one without a parent: it is kept as it is, where it came. */
function namesIn(bytes: Uint8Array): Pick<Job, 'name' | 'parent_job'> {
  try {
    const { name, parent_job } = JSON.parse(bufferOf(bytes).toString()) as Record<string, unknown>;
    if (typeof name === 'string' && typeof parent_job === 'string') return { name, parent_job };
  } catch {}
  return { name: '', parent_job: '' };
}

const mark = Buffer.from(',"parent_job":""');
const bracket = 0x5d;
const lastOfNull = 0x6c;

/**
 * Whether the job says, as every Dkron writes it, that it has no parent: after the list of its own
 * children. A key of that name in `metadata` or `tags` comes after a string or a brace.
 */
function isRoot(job: Uint8Array): boolean {
  const at = bufferOf(job).indexOf(mark);
  return job[at - 1] === bracket || job[at - 1] === lastOfNull;
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
