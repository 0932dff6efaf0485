import { isJson } from '../../json/check.ts';
import { parentsFirst } from './order.ts';
import { heldSpill, type Spill } from './spill.ts';

/** A piece of a snapshot file, and how many jobs it holds. */
export interface SnapshotPart {
  /** Until the next part is asked for. */
  readonly bytes: Uint8Array;
  readonly jobs: number;
  /** No other one follows; where it is not said, one may. */
  readonly last?: boolean;
}

/**
 * So small that what came over a slow line is proven and written while the next comes; smaller ones cost more
 * ways to the disk than they save.
 */
const partSize = 1 << 17;
const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const lineEnd = Buffer.of(newline);

/**
 * Jobs, as exact bytes and in lists of any length, as a snapshot in the shape of the curl-and-jq script: one job a line,
 * parents before their children, so that its restore loop (`while read -r row; do echo "$row" > f;
 * curl -d @f …`) takes the file as it is. No job at all is an empty array, to be told from a file
 * that nothing was written to. Children wait in `spill`.
 */
export async function* formatSnapshot(
  lists: AsyncIterable<readonly Uint8Array[]>,
  spill: Spill = heldSpill(),
): AsyncGenerator<SnapshotPart> {
  const order = parentsFirst(spill);
  const part = onePart();
  let count = 0;
  for await (const jobs of lists)
    for (const job of jobs) if (order.follows(job) && !put(job)) yield* afterFull(job);
  for (const job of order.rest()) if (!put(job)) yield* afterFull(job);
  if (count === 0) yield { bytes: Buffer.from('[]\n'), jobs: 0, last: true };
  else if (part.jobs > 0) yield { ...part.take(), last: true };

  /** False when there is no room. */
  function put(job: Uint8Array): boolean {
    const isIn = part.add(onOneLine(job));
    if (isIn) count++;
    return isIn;
  }

  /** Only here: a generator for each job would take longer than the job. */
  function* afterFull(job: Uint8Array): Generator<SnapshotPart> {
    if (part.jobs > 0) yield part.take();
    if (put(job)) return;
    count++;
    yield { bytes: Buffer.concat([onOneLine(job), lineEnd]), jobs: 1 };
  }
}

/** Lines that go to the disk together. There is one place for them: memory does not grow with their number. */
function onePart() {
  const page = Buffer.allocUnsafe(partSize);
  let used = 0;
  let jobs = 0;
  return {
    get jobs() {
      return jobs;
    },
    /** False when there is no room. */
    add(line: Uint8Array): boolean {
      if (used + line.length + 1 > page.length) return false;
      page.set(line, used);
      used += line.length;
      page[used++] = newline;
      jobs++;
      return true;
    },
    take(): SnapshotPart {
      const part = { bytes: page.subarray(0, used), jobs };
      used = 0;
      jobs = 0;
      return part;
    },
  };
}

/** JSON has line breaks only between its tokens, where a space is as good; what is broken stays so. */
function onOneLine(job: Uint8Array): Uint8Array {
  if (!job.includes(newline) || !isJson(Buffer.from(job).toString())) return job;
  return Buffer.from(job).map((byte) =>
    byte === newline || byte === carriageReturn ? space : byte,
  );
}
