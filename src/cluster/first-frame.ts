/**
 * The frame that the next console on an address or a context shows before its program is read from the disk: rows that
 * were seen last, laid out for one size of the terminal. It holds words and what they mean, no codes, and
 * only what a table of last seen rows shows (last-seen.ts). What reads it trusts nothing of it.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { version } from '../base/version.ts';
import { badgeColours } from '../config/looks.ts';
import { smallFile } from '../config/small-file.ts';
import { writeWhole } from '../config/whole-file.ts';
import type { Line, Span, Tone } from '../view/line.ts';

export interface FirstFrame {
  readonly columns: number;
  readonly rows: number;
  /** What it was made under (madeUnder). */
  readonly mark: string;
  /** One for each row of the terminal. */
  readonly lines: readonly Line[];
}

/**
 * Where it is another, the frame may be of what is called so no more.
 *
 * @param context the context's (config/known-contexts.ts); null: an address.
 */
export const madeUnder = (
  context: string | null,
  { TZ = '' }: Readonly<Record<string, string | undefined>>,
): string => JSON.stringify([context, TZ]);

/** What is longer is no file of ours, bytes. */
const mostBytes = 256 * 1024;

/** Of all ways and sizes; who starts port-forwards by hand has another address each time. */
const mostFrames = 30;

/** Throws OperatorError when the disk refuses. */
export async function keepFirstFrame(path: string, frame: FirstFrame): Promise<void> {
  await writeWhole(path, JSON.stringify({ version, ...frame, lines: frame.lines.map(shown) }));
  await removeOldest(dirname(path));
}

async function removeOldest(folder: string): Promise<void> {
  const paths = (await readdir(folder)).map((name) => join(folder, name));
  if (paths.length <= mostFrames) return;
  const aged = await Promise.all(
    // Another program may remove them, too.
    paths.map(async (path) => ({ path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 })),
  );
  const old = aged.toSorted((a, b) => b.at - a.at).slice(mostFrames);
  await Promise.all(old.map(({ path }) => rm(path, { force: true }).catch(() => {})));
}

/** Spans that look the same are one. */
function shown(line: Line): Span[] {
  const spans: Span[] = [];
  for (const { text, tone, bold, inverse, badge } of line) {
    const span = {
      text,
      ...(tone === undefined ? {} : { tone }),
      ...(bold ? { bold } : {}),
      ...(inverse ? { inverse } : {}),
      ...(badge === undefined ? {} : { badge }),
    };
    const before = spans.at(-1);
    const isSame =
      badge === undefined &&
      before?.badge === undefined &&
      before?.tone === span.tone &&
      before?.bold === span.bold &&
      before?.inverse === span.inverse;
    if (before !== undefined && isSame)
      spans[spans.length - 1] = { ...before, text: before.text + text };
    else if (text !== '') spans.push(span);
  }
  return spans;
}

/** Null where there is none for a terminal of that size, or it is not as this version writes them. */
export function readFirstFrame(path: string, columns: number, rows: number): FirstFrame | null {
  try {
    const read: unknown = JSON.parse(smallFile(path, mostBytes));
    return isFrame(read) && read.columns === columns && read.rows === rows ? read : null;
  } catch {
    return null;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function isFrame(read: unknown): read is FirstFrame {
  if (!isFields(read) || read['version'] !== version) return false;
  const { columns, rows, lines } = read;
  return (
    typeof columns === 'number' &&
    Array.isArray(lines) &&
    lines.length === rows &&
    lines.every((line) => isLine(line, columns))
  );
}

function isLine(line: unknown, columns: number): line is Line {
  if (!Array.isArray(line) || !line.every(isSpan)) return false;
  // A letter with its marks takes several units, and more than this no cell of ours has.
  return line.reduce((length, { text }) => length + text.length, 0) <= 8 * columns;
}

const tones: readonly (Tone | undefined)[] = [
  'ok',
  'bad',
  'attention',
  'quiet',
  'plain',
  undefined,
];

const isSpan = (span: unknown): span is Span =>
  isFields(span) &&
  typeof span['text'] === 'string' &&
  !unshowable.test(span['text']) &&
  tones.some((tone) => tone === span['tone']) &&
  [span['bold'], span['inverse']].every((flag) => flag === undefined || flag === true) &&
  [undefined, ...badgeColours].some((colour) => colour === span['badge']);

/** What moves the cursor, or turns its neighbours round: no text that was made fit for a screen has it. */
const unshowable =
  /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/;
