/**
 * What differs between any two runs and means nothing: times, durations, ids, addresses, long numbers. For
 * comparing each is folded into a word; texts are shown as they are.
 */
import { months, weekdays } from '../base/calendar.ts';

const month = months.join('|');
const days = weekdays.join('|');
const hex = '[0-9a-fA-F]';
/** What a Deployment makes the names of its pods of: no vowels, and nothing that looks like another. */
const pod = '[bcdfghjklmnpqrstvwxz2456789]';

/** What is folded, in the order in which it is looked for, and the word that stands for it. */
const kinds = {
  time: [
    // 2026-11-21T02:10:00.123Z, 2026-11-21 02:10:00,123 +0100, 2026/11/21 02:10:00, 2026-11-21
    String.raw`\d{4}(?<between>[-/])\d\d\k<between>\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)?`,
    // 20261121T021000Z
    String.raw`\d{8}T\d{4,6}Z?`,
    // 21/Nov/2026:02:10:00 +0000
    String.raw`\d\d/(?:${month})/\d{4}:\d\d:\d\d:\d\d(?: [+-]\d{4})?`,
    // Sat, 21 Nov 2026 02:10:00 GMT; Saturday, 21-Nov-26 02:10:00 UTC
    String.raw`(?:${days})[a-z]{0,6},? \d{1,2}[ -](?:${month})[ -](?:\d{4}|\d\d) \d\d:\d\d:\d\d(?: (?:GMT|UTC|[+-]\d{4}))?`,
    // Sat Nov 21 02:10:00 UTC 2026; Nov 21 02:10:00
    String.raw`(?:(?:${days}) )?(?:${month}) [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)?(?: (?:[A-Z]{3,4} )?\d{4})?`,
    // I1121 02:10:00.123456 without its letter, which says how bad it is
    String.raw`(?<=[IWEFD])\d{4} \d\d:\d\d:\d\d\.\d+`,
    // 02:10:00.123
    String.raw`\d{1,3}:\d\d:\d\d(?:[.,]\d+)?`,
  ],
  address: [
    String.raw`\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?`,
    `(?:${hex}{1,4}:){7}${hex}{1,4}`,
    String.raw`(?=[a-fA-F:]*\d)(?:${hex}{1,4}:){1,6}(?::${hex}{1,4}){1,5}`,
    // Of a host with a name the port only, and only where it can be nothing else: not as in main.go:42.
    String.raw`(?<=(?<![\w.-])localhost:|://[\w.-]{1,255}:)\d{1,5}`,
  ],
  duration: [
    // 12ms, 1h2m3.5s, 0.4 seconds
    String.raw`(?:\d+h)?(?:\d+m)?\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|s|m|h)`,
    String.raw`\d+(?:\.\d+)? (?:ns|us|µs|μs|ms|msecs?|milliseconds?|secs?|seconds?|mins?|minutes?|hours?)`,
  ],
  // An id of digits and letters may have no letter in the next run.
  number: [
    `${hex}{8}-${hex}{4}-${hex}{4}-${hex}{4}-${hex}{12}`,
    `0x${hex}+`,
    // ULID
    String.raw`[0-7](?=[A-Z]*\d)[0-9A-HJKMNP-TV-Z]{25}`,
    String.raw`(?<=[a-z0-9]-)(?=[a-z]*\d)${pod}{8,10}-${pod}{5}`,
    // A hash, a trace: a word of digits and letters up to f
    String.raw`(?=[a-fA-F]*\d)(?=\d*[a-fA-F])${hex}{8,}`,
    String.raw`(?<=(?<![0-9A-Za-z])(?:pid|PID)[ =:]{1,2})\d+`,
    String.raw`\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?`,
    String.raw`\d+\.\d{4,}(?:e[+-]?\d+)?`,
    String.raw`\d{5,}(?:\.\d+)?`,
  ],
} as const;

type Kind = keyof typeof kinds;
const names = Object.keys(kinds) as Kind[];

/** All of them in one, so that a text is gone through once; each is a word of its own. */
const pattern = new RegExp(
  String.raw`(?:(?<![0-9A-Za-z])|(?<=(?<![0-9A-Za-z])[IWEFD])(?=\d{4} \d\d:))(?:${names
    .map((name) => `(?<${name}>${kinds[name].join('|')})`)
    .join('|')})(?![0-9A-Za-z])`,
  'g',
);

type Groups = Readonly<Record<string, string | undefined>>;

const wordFor = (groups: Groups): string => `‹${names.find((name) => groups[name] !== undefined)}›`;

/** One line of an output, folded: lines that differ in nothing else are the same after it. */
export const fold = (line: string): string =>
  line.length < 2 ? line : line.replace(pattern, (...found) => wordFor(found.at(-1) as Groups));

/** A piece of a line: from which unit to which, and what it is for comparing. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly folded: string;
}

function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  const upTo = (end: number): void => {
    for (; done < end; done++) pieces.push({ from: done, to: done + 1, folded: line[done]! });
  };
  for (const match of line.matchAll(pattern)) {
    upTo(match.index);
    done = match.index + match[0].length;
    pieces.push({ from: match.index, to: done, folded: wordFor(match.groups ?? {}) });
  }
  upTo(line.length);
  return pieces;
}

/** From which unit to which a line differs. */
export type Stretch = readonly [from: number, to: number];

/** Where either of two lines differs from the other for more than what is folded; empty where it has nothing more. */
export function divergence(one: string, other: string): readonly [Stretch, Stretch] {
  const [a, b] = [piecesOf(one), piecesOf(other)];
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head]!.folded === b[head]!.folded) head++;
  if (/[\ud800-\udbff]/.test(a[head - 1]?.folded ?? '')) head--;
  let tail = 0;
  while (tail < shorter - head && a.at(-1 - tail)!.folded === b.at(-1 - tail)!.folded) tail++;
  if (tail > 0 && /^[\udc00-\udfff]/.test(a.at(-tail)!.folded)) tail--;
  const within = (pieces: readonly Piece[], length: number): Stretch => {
    const from = pieces[head]?.from ?? length;
    return [from, Math.max(from, pieces.at(-1 - tail)?.to ?? 0)];
  };
  return [within(a, one.length), within(b, other.length)];
}
