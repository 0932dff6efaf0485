/**
 * The frame that the next console on an address shows before its program is read from the disk: rows that
 * were seen last, laid out for one size of the terminal. It holds words and what they mean, no codes, and
 * only what a table of last seen rows shows (last-seen.ts). What reads it trusts nothing of it.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { version } from '../base/version.ts';
import { type ThemeName, themeNames } from '../config/looks.ts';
import { writeWhole } from '../config/whole-file.ts';
import type { Line, Span, Tone } from '../view/line.ts';

export interface FirstFrame {
  readonly columns: number;
  readonly rows: number;
  /** The config file (config/config-path.ts), and which theme it names; null: none. */
  readonly config: string;
  readonly theme: ThemeName | null;
  /** One for each row of the terminal. */
  readonly lines: readonly Line[];
}

/** What is longer is no file of ours, bytes. */
const mostBytes = 256 * 1024;

/** Of all addresses and sizes; who goes through a port-forward has another address each time. */
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
  for (const { text, tone, bold, inverse } of line) {
    const span = {
      text,
      ...(tone === undefined ? {} : { tone }),
      ...(bold ? { bold } : {}),
      ...(inverse ? { inverse } : {}),
    };
    const before = spans.at(-1);
    const isSame =
      before?.tone === span.tone && before?.bold === span.bold && before?.inverse === span.inverse;
    if (before !== undefined && isSame)
      spans[spans.length - 1] = { ...before, text: before.text + text };
    else if (text !== '') spans.push(span);
  }
  return spans;
}

/** Null where there is none for a terminal of that size, or it is not as this version writes them. */
export function readFirstFrame(path: string, columns: number, rows: number): FirstFrame | null {
  try {
    const read: unknown = JSON.parse(startOf(path));
    return isFrame(read) && read.columns === columns && read.rows === rows ? read : null;
  } catch {
    return null;
  }
}

/** Of a file; a pipe would be waited for. */
function startOf(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const entry = fstatSync(file);
    if (!entry.isFile() || entry.size > mostBytes) return '';
    const bytes = Buffer.alloc(entry.size);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function isFrame(read: unknown): read is FirstFrame {
  if (!isFields(read) || read['version'] !== version) return false;
  const { columns, rows, theme, lines } = read;
  return (
    typeof columns === 'number' &&
    (theme === null || themeNames.some((name) => name === theme)) &&
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
  span['badge'] === undefined;

/** What moves the cursor, or turns its neighbours round: no text that was made fit for a screen has it. */
const unshowable =
  /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/;
