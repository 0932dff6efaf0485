import { isJson } from '../../json/check.ts';
import { parentsFirst } from './order.ts';

/** A piece of a snapshot file, and how many jobs it holds. */
export interface SnapshotPart {
  readonly bytes: Uint8Array;
  readonly jobs: number;
}

const partSize = 1 << 20;
const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const lineEnd = Buffer.of(newline);

/**
 * Jobs, as exact bytes and in lists of any length, as a snapshot in the shape of the curl-and-jq script: one job a line,
 * parents before their children, so that its restore loop (`while read -r row; do echo "$row" > f;
 * curl -d @f …`) takes the file as it is. No job at all is an empty array, to be told from a file
 * that nothing was written to.
 */
export async function* formatSnapshot(
  lists: AsyncIterable<readonly Uint8Array[]>,
): AsyncGenerator<SnapshotPart> {
  const order = parentsFirst();
  let part = emptyPart();
  let count = 0;
  for await (const jobs of lists) {
    for (const job of jobs) {
      const next = order.push(job);
      if (next !== null) part.add(next);
    }
    if (part.size < partSize) continue;
    count += part.jobs;
    yield part.done();
    part = emptyPart();
  }
  for (const job of order.rest()) part.add(job);
  if (count + part.jobs === 0) yield { bytes: Buffer.from('[]\n'), jobs: 0 };
  else yield part.done();
}

function emptyPart() {
  const lines: Uint8Array[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    get jobs() {
      return lines.length / 2;
    },
    add(job: Uint8Array) {
      lines.push(onOneLine(job), lineEnd);
      size += job.length + 1;
    },
    done: (): SnapshotPart => ({ bytes: Buffer.concat(lines), jobs: lines.length / 2 }),
  };
}

/** JSON has line breaks only between its tokens, where a space is as good; what is broken stays so. */
function onOneLine(job: Uint8Array): Uint8Array {
  if (!job.includes(newline) || !isJson(Buffer.from(job).toString())) return job;
  return Buffer.from(job).map((byte) =>
    byte === newline || byte === carriageReturn ? space : byte,
  );
}
