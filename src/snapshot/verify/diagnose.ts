/** What was done to the lines of a snapshot, told by their hashes. */
import { hash } from 'node:crypto';
import { counted } from '../../base/counted.ts';
import type { ManifestLine } from '../archive/manifest.ts';
import { align } from './align.ts';
import { type Damage, damage, lineText } from './damage.ts';
import { gapDamages } from './gap.ts';
import type { FileLine, FileLines } from './lines.ts';
import type { Budget } from './one-byte.ts';

/** A second or two of hashing, to find which byte of a line is another one. */
const search = 1 << 30;

/** All differences between a file and the lines of its manifest, in the order of the file. */
export function diagnose(
  expected: readonly ManifestLine[],
  file: FileLines,
  budget: Budget = { left: search },
): Damage[] {
  const { same, ended, bytes } = file;
  const gone = expected.slice(same);
  const { lines, damages } = asOnUnix(file.rest, gone, same);
  const { of, anchors } = align(
    gone.map(({ sha256 }) => sha256),
    lines.map(({ sha256 }) => sha256),
  );
  const found = new Set(of);
  const names = new Map(expected.map(({ sha256, name }) => [sha256, name]));
  for (const gap of gapsOf(anchors, of, lines.length, gone.length))
    damages.push(
      ...gapDamages(
        {
          gone: gap.gone
            .filter((at) => !found.has(at))
            .map((at) => ({ ...gone[at]!, line: same + at + 1 })),
          fresh: gap.fresh
            .filter((at) => of[at] === null)
            .map((at) => ({
              ...lines[at]!,
              line: same + at + 1,
              copy: names.get(lines[at]!.sha256) ?? null,
            })),
          before: same + gap.before + 1,
          byte: lines[gap.before + 1]?.at ?? bytes,
          ending: gap.last ? { ended, bytes } : null,
        },
        budget,
      ),
    );
  for (const [at, was] of of.entries()) {
    if (was === null || anchors.has(at)) continue;
    const job = gone[was]!.name;
    const line = same + at + 1;
    const text = `${lineText(line, job)} was line ${same + was + 1}: the lines stand in another order`;
    damages.push(damage('moved', text, { line, byte: lines[at]!.at, jobs: [job] }));
  }
  const isWhole = !damages.some(({ kind }) => kind === 'cut');
  if (!ended && isWhole)
    damages.push(damage('end', 'the line break behind the last line is missing', { byte: bytes }));
  return damages.sort(
    (a, b) => (a.line ?? Number.MAX_SAFE_INTEGER) - (b.line ?? Number.MAX_SAFE_INTEGER),
  );
}

interface Between {
  readonly gone: readonly number[];
  readonly fresh: readonly number[];
  /** The line of the file before it; -1 for none. */
  readonly before: number;
  readonly last: boolean;
}

/** What lies between the lines that stand where they belong. */
function* gapsOf(
  anchors: ReadonlySet<number>,
  of: readonly (number | null)[],
  lines: number,
  expected: number,
): Generator<Between> {
  let [line, was] = [-1, -1];
  const between = (nextLine: number, nextWas: number, last: boolean): Between => ({
    gone: range(was + 1, nextWas),
    fresh: range(line + 1, nextLine),
    before: line,
    last,
  });
  for (const at of [...anchors].sort((a, b) => a - b)) {
    const here = of[at]!;
    if (at > line + 1 || here > was + 1) yield between(at, here, false);
    [line, was] = [at, here];
  }
  yield between(lines, expected, true);
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

const carriageReturn = 0x0d;
const mark = [0xef, 0xbb, 0xbf];

/** Line ends and a mark as Windows writes them, told once; the lines without them. */
function asOnUnix(rest: readonly FileLine[], gone: readonly ManifestLine[], same: number) {
  const known = new Set(gone.map(({ sha256 }) => sha256));
  const damages: Damage[] = [];
  let returns = 0;
  let first: FileLine | null = null;
  const lines = rest.map((line) => {
    const { text } = line;
    if (text === null) return line;
    const marked = line.at === 0 && mark.every((byte, at) => text[at] === byte);
    const returned = text.at(-1) === carriageReturn;
    if (!marked && !returned) return line;
    const bare = text.subarray(marked ? mark.length : 0, returned ? -1 : undefined);
    const sha256 = hash('sha256', bare, 'hex');
    if (!known.has(sha256)) return line;
    if (marked)
      damages.push(
        damage('mark', 'a byte order mark stands before the first line', { line: 1, byte: 0 }),
      );
    if (returned) returns++;
    if (returned) first ??= line;
    return { ...line, sha256 };
  });
  if (returns > 0) {
    const text = `${counted(returns, 'line ends', 'lines end')} as on Windows (CR LF), else they are as they were`;
    const at = first as FileLine | null;
    damages.push(damage('line-ends', text, { line: same + rest.indexOf(at!) + 1, byte: at!.at }));
  }
  return { lines, damages };
}
