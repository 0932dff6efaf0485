/** Lines that are as they were but for a line break: told by the hashes of their parts. */
import { hash } from 'node:crypto';
import type { ManifestLine } from '../archive/manifest.ts';
import type { FileLine } from './lines.ts';

type Expected = Pick<ManifestLine, 'sha256' | 'bytes'>;

/** How many lines are tried as the first one. */
const tries = 100;

/**
 * How many of these lines, which follow each other in the manifest, one line of the file consists of, with nothing
 * or one byte between them: the first of them and their count. Null when it does not.
 */
export function joinedLines(
  { text }: FileLine,
  gone: readonly Expected[],
): { readonly first: number; readonly count: number } | null {
  if (text === null) return null;
  for (let first = 0; first + 1 < gone.length && first < tries; first++) {
    const count = countFrom(text, gone, first);
    if (count > 1) return { first, count };
  }
  return null;
}

function countFrom(text: Uint8Array, gone: readonly Expected[], first: number): number {
  let at = 0;
  for (let next = first; next < gone.length; next++) {
    const { bytes, sha256 } = gone[next]!;
    const begins = [at, at + 1].find(
      (from) =>
        (from === at || next > first) &&
        from + bytes <= text.length &&
        hash('sha256', text.subarray(from, from + bytes), 'hex') === sha256,
    );
    if (begins === undefined) return 0;
    at = begins + bytes;
    if (at === text.length) return next - first + 1;
  }
  return 0;
}

/**
 * How many of these lines of the file, from the first on, are one line of the manifest that was broken: by line breaks
 * that were put in (proven by the hash), or in place of other bytes (by the length alone). 0 for none.
 */
export function splitInto(lines: readonly FileLine[], gone: Expected): number {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (const [at, line] of lines.entries()) {
    if (line.text === null) return 0;
    parts.push(line.text);
    bytes += line.bytes;
    if (bytes > gone.bytes) return 0;
    if (at === 0) continue;
    if (bytes + at === gone.bytes && !parts.some(isWhole)) return at + 1;
    if (bytes === gone.bytes && hash('sha256', Buffer.concat(parts), 'hex') === gone.sha256)
      return at + 1;
  }
  return 0;
}

/** Looks like a job of its own. */
const isWhole = (part: Uint8Array): boolean => part[0] === 0x7b && part.at(-1) === 0x7d;
