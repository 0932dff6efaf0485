/** A snapshot taken from a server, and read back while it is written. */
import { counted } from '../../base/counted.ts';
import { CorruptFile, OperatorError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { Miscounted } from '../../dkron/list.ts';
import { gatherJobs, reasonOf } from '../file/contents.ts';
import { fileJobs } from '../file/file-jobs.ts';
import type { Found, Unreadable } from '../file/found.ts';
import { formatSnapshot, type SnapshotPart } from './format.ts';
import { type Saved, saveSnapshot } from './save.ts';

/** What came of the server's list that a restore would refuse. */
export interface Damage {
  readonly unreadable: readonly Unreadable[];
  /** What else is wrong with the list: its length, or that too much of it cannot be read. */
  readonly whole: OperatorError | null;
}

export interface Taking {
  /** The snapshot, to be written somewhere. */
  readonly parts: AsyncIterable<SnapshotPart>;
  /** Null for a snapshot that restores as it is; known when all parts have been taken. */
  damage(): Damage | null;
}

/** Reads the server's jobs as a snapshot, and what `restore` would say of it. */
export function takeSnapshot(dkron: Dkron, signal?: AbortSignal): Taking {
  const gathered = gatherJobs();
  const reader = fileJobs('snapshot');
  let whole: OperatorError | null = null;

  /** A snapshot is written to its end, whatever is wrong with it. */
  function note(read: () => Iterable<Found>): void {
    try {
      if (whole === null) for (const found of read()) gathered.add(found);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      whole = error;
    }
  }

  async function* lists() {
    try {
      yield* dkron.jobBytes({ signal });
    } catch (error) {
      if (!(error instanceof Miscounted)) throw error;
      whole = error;
    }
  }

  async function* parts() {
    for await (const part of formatSnapshot(lists())) {
      note(() => reader.push(part.bytes));
      yield part;
    }
    note(() => reader.end());
  }

  return {
    parts: parts(),
    damage() {
      const { unreadable } = gathered.read();
      return whole === null && unreadable.length === 0 ? null : { unreadable, whole };
    },
  };
}

/** Saves it; what a restore would refuse under a name that says so. */
export const saveTaken = (
  { parts, damage }: Taking,
  path: string,
  taken: 'refuse' | 'number' = 'refuse',
): Promise<Saved> => saveSnapshot(path, parts, taken, () => damage() !== null);

/** The damage as an error: what is wrong, and what became of the bytes, which `file` has. */
export function damageError(
  { unreadable, whole }: Damage,
  file: string,
  data = `All that the server sent is kept in ${file}.`,
): CorruptFile {
  const reasons = unreadable.slice(0, told).map((one) => {
    const places = one.places.map((place) => ({ ...place, file }));
    return `${one.name ?? 'a job'}: ${reasonOf({ ...one, places })}`;
  });
  const more = unreadable.length - reasons.length;
  const what = [
    ...(whole ? [whole.message] : []),
    ...(reasons.length > 0 ? [`${counted(unreadable.length)} in it cannot be restored`] : []),
    ...reasons,
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
  return new CorruptFile(`this snapshot is not good: ${what.join(' · ')}`, {
    data,
    next: 'Check these jobs on the server, fix them there, and take the snapshot again.',
  });
}

const told = 3;
