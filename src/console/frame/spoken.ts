/**
 * What a state says to an operator who listens: the frame as lines of words, and what of it is new.
 * Ages and countdowns are no news, nor is a row that nobody is on.
 */
import { clean, width } from '../../terminal/cell.ts';
import { type Line, lineText, plain } from '../../view/line.ts';
import { words } from '../../view/words.ts';
import { listingOf } from '../screens/table.ts';
import { headerRows } from '../state/layout.ts';
import type { Flash, State } from '../state/model.ts';
import { topScreen } from '../state/stack.ts';
import { banner } from './banner.ts';
import { footer } from './footer.ts';
import { frameOf } from './frame.ts';
import { topLine } from './header.ts';

/** The line that the terminal's cursor rests on: the chosen row, a question, or what is typed. */
export interface Standing {
  /** The same while it is the same row, question or field, whatever it says. */
  readonly id: string;
  readonly text: string;
  /** The cell that the cursor is in. */
  readonly x: number;
  /** It changes as one types. */
  readonly typed: boolean;
}

export interface Spoken {
  /** Where one is, and how the connection is. */
  readonly status: string;
  readonly lines: readonly string[];
  /** The rows of lists and the lines of a text that is edited are told when the cursor comes to them. */
  readonly rows: ReadonlySet<string>;
  readonly flash: Flash | null;
  readonly standing: Standing | null;
}

/** Wider than any line on top. */
const whole = 400;

export function spokenOf(state: State): Spoken {
  const { lines: frame, cursor } = frameOf(state);
  const asked = footer(state).lines.length;
  // The list of the keys is what was asked for.
  const isHelp = state.overlay?.kind === 'help';
  const shown = [...frame.slice(1, -asked).entries()];
  const isTyped = (y: number): boolean => y + 1 === cursor?.y;
  const textOf = (line: Line): string => (isVerbatim(state, line) ? verbatim(line) : words(line));
  const rows = shown
    .filter(([y, line]) => isTyped(y) || (!isHelp && isEntry(line)))
    .map(([, line]) => textOf(line));
  const head = banner({ ...state, columns: whole }) ?? frame[1] ?? [];
  const lines = shown.map(([y, line]) =>
    y === 0 ? words(head).replace(position, '$1 lines') : textOf(line),
  );
  return {
    // In full, and not now one way and now another as it fits.
    status: words(topLine({ ...calm(state), columns: whole })),
    lines: [clean(state.waiting ?? ''), ...lines, ...questionOf(state)].filter(
      (text) => text !== '',
    ),
    rows: new Set(rows),
    flash: state.flash,
    standing: standingOf(state, frame, cursor),
  };
}

/** Without what comes and goes: a read, a try to connect, the focus. What one waits for is told apart. */
const calm = (state: State): State => ({
  ...state,
  waiting: null,
  pace: { ...state.pace, focused: true },
  link: calmLink(state),
});

function calmLink({ link, jobs, now }: State): State['link'] {
  if (link.kind === 'lost') return { ...link, retryAt: Math.max(link.retryAt, now + 1) };
  return link.kind === 'connecting' && jobs.at !== null && jobs.earlier === undefined
    ? { kind: 'live', took: 0, nextAt: now }
    : link;
}

/** What jobs print, and bodies, are read as they are. */
const isVerbatim = (state: State, line: Line): boolean =>
  state.overlay?.kind === 'value' ? isEntry(line) : topScreen(state).kind === 'text';

const isEntry = (line: Line): boolean => line.some(({ entry }) => entry);

/** Where in a text one is, which the line that has the cursor tells. */
const position = /\d+(?::\d+ of |\/)(\d+)(?: lines?)?$/;

const verbatim = (line: Line): string => lineText(line).trim();

/** What has to be typed, in full. */
const questionOf = ({ overlay }: State): string[] =>
  overlay?.kind === 'typed'
    ? [...overlay.question, `Type ${overlay.expected} to confirm, esc cancels.`].map(clean)
    : [];

export const flashText = ({ level, text }: Flash): string =>
  `${{ ok: 'ok: ', error: 'error: ', info: '' }[level]}${words([plain(clean(text))])}`;

function standingOf(
  state: State,
  frame: readonly Line[],
  cursor: { readonly x: number; readonly y: number } | undefined,
): Standing | null {
  const { overlay } = state;
  if (overlay?.kind === 'confirm') {
    const text = clean(`${overlay.question} y ${overlay.verb}, esc cancel`);
    return { id: `question ${text}`, text, x: 0, typed: false };
  }
  const place = [...state.screens.map(({ kind }) => kind), overlay?.kind ?? ''].join(' ');
  if (cursor !== undefined && !isChoosing(state)) {
    const line = lineText(frame[cursor.y] ?? []).trimEnd();
    const text = line + ' '.repeat(Math.max(0, cursor.x - width(line)));
    return { id: `${place} ${cursor.y}`, text, x: cursor.x, typed: true };
  }
  const chosen = frame.slice(headerRows).findLast(isChosen);
  if (chosen === undefined) return null;
  const text = isVerbatim(state, chosen) ? verbatim(chosen) : words(chosen);
  const key = overlay === null ? (listingOf(state)?.cursor.key ?? text) : text;
  return { id: `${place} ${key}`, text, x: 0, typed: false };
}

/** A choice stands below what is typed. */
const isChoosing = ({ overlay }: State): boolean =>
  (overlay?.kind === 'palette' && overlay.cursor !== null) ||
  (overlay?.kind === 'schedule' && overlay.menu !== null);

/** The row under the cursor, or what was found in a text and gone to. */
const isChosen = (line: Line): boolean =>
  (line[0]?.inverse === true && line[0].text.startsWith('▌')) ||
  line.some(({ inverse, tone }) => inverse && tone === 'bad');

/** What is to be told of `now`, when `before` was told; `asked`: by a key, else it came by itself. */
export function news(before: Spoken, now: Spoken, asked: boolean): string[] {
  const heart = asked ? (text: string): string => text : withoutCounts;
  const known = new Set(before.lines.map(heart));
  const here = now.standing?.text ?? '';
  const flash = now.flash === null || now.flash === before.flash ? [] : [flashText(now.flash)];
  return [
    ...(connection(now.status) === connection(before.status) ? [] : [now.status]),
    ...now.lines.filter(
      (text) => !now.rows.has(text) && !known.has(heart(text)) && !here.includes(text),
    ),
    ...flash,
  ];
}

/** A slow read is no news until rows are stale. */
const connection = (status: string): string =>
  withoutCounts(status).replace(/slow, (no answer yet|# a read)/, 'live');

/** Whether the cursor rests on something else than before. */
export function isElsewhere(before: Standing | null, now: Standing, asked: boolean): boolean {
  if (before?.id !== now.id) return true;
  const heart = asked ? (text: string): string => text : withoutCounts;
  return heart(before.text) !== heart(now.text);
}

/** Numbers and spans of time rise by themselves, and jobs run all the time; that one failed is news. */
const withoutCounts = (text: string): string =>
  text
    .replace(/, \d+ running/, '')

    .replace(/\d+(\.\d+)?(ms|[smhdy])?( (?=\d))?(?! (failed|unreadable))/g, '#')
    .replace(/#+/g, '#');
