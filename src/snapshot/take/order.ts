import { families } from '../../job/family.ts';
import type { Job } from '../../job/job.ts';

/** Puts jobs that arrive one by one into an order in which every parent precedes its children. */
export interface ParentsFirst {
  /** The job if it may follow now; it has no parent, then. */
  push(job: Uint8Array): Uint8Array | null;
  /** The jobs with a parent, when all have arrived. */
  rest(): Uint8Array[];
}

/**
 * Only the jobs with a parent are kept in memory, and only they are parsed: parsing all of them
 * would take longer than their way from the server.
 */
export function parentsFirst(): ParentsFirst {
  const children: { name: string; parent_job: string; bytes: Uint8Array }[] = [];
  return {
    push(bytes) {
      if (isRoot(bytes)) return bytes;
      const { name, parent_job } = namesIn(bytes);
      if (parent_job === '') return bytes;
      children.push({ name, parent_job, bytes });
      return null;
    },
    rest() {
      const { parentsFirst, unordered } = families(children);
      const ordered = new Set([...parentsFirst, ...unordered]);
      // Of two of one name a family has one.
      const doubled = children.filter((child) => !ordered.has(child));
      return [...ordered, ...doubled].map(({ bytes }) => bytes);
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
