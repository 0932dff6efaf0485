/**
 * The console as lines that follow each other, for a reader of screens: what is new is written below
 * what was there, nothing is written twice, and the cursor rests on the row that has it. It is not in
 * the alternate screen, and nothing is drawn again: a reader speaks what is written, and a line that
 * is written over is spoken in pieces, or not at all; what was said can be gone through in the scrollback.
 */
import type { Clock } from '../base/clock.ts';
import {
  flashText,
  isElsewhere,
  news,
  type Spoken,
  type Standing,
  spokenOf,
} from '../console/frame/spoken.ts';
import type { State } from '../console/state/model.ts';
import { width } from '../terminal/cell.ts';

export interface Reader {
  /** Tells what is new of a state; `asked`: a key did it. */
  readonly tell: (state: State, asked: boolean) => void;
  /** Tells all of it, whatever was told. */
  readonly tellAll: (state: State) => void;
  /** To a line of its own, for whatever writes next; what is told then begins anew. */
  readonly leave: () => void;
}

export interface Output {
  readonly write: (text: string) => void;
  readonly columns: () => number;
  readonly clock: Pick<Clock, 'after'>;
}

/** What comes of what is typed is told when nothing was typed for so long, ms. */
const pause = 1_000;

export function createReader({ write, columns, clock }: Output): Reader {
  /** What was told; null: nothing yet. It is compared as it would be told now, in a window of now. */
  let told: State | null = null;
  let status = '';
  let standing: Standing | null = null;
  let atStart = true;
  let cancel = (): void => {};
  let isTyping = false;

  /** To the end of what is written, and to the next line. */
  const onward = (): string => {
    const rows = standing === null ? 0 : rowsOf(standing.text);
    const down = standing === null || standing.typed ? 0 : rows - 1;
    const text = atStart ? '' : `${down > 0 ? `\x1b[${down}B` : ''}\n`;
    atStart = false;
    return text;
  };
  const rowsOf = (text: string): number => Math.max(1, Math.ceil(width(text) / columns()));

  function put(lines: readonly string[], next: Standing | null): void {
    const all = next === null ? lines : [...lines, next.text];
    if (all.length === 0) return;
    write(`${onward()}${all.join('\n')}${next === null ? '' : back(next)}`);
    standing = next;
  }

  const back = ({ text, x, typed }: Standing): string => {
    if (typed) return x === width(text) ? '' : column(x);
    const up = rowsOf(text) - 1;
    return `${up > 0 ? `\x1b[${up}A` : ''}\r`;
  };

  /** What is typed is changed where it stands: one letter more is one letter written. */
  function retype(before: Standing, now: Standing): void {
    standing = now;
    const { text } = now;
    const from = alike(before.text, text);
    const shorter = width(before.text) - width(text);
    const isAsLong = shorter === 0 && text.length === before.text.length;
    const to = isAsLong ? lastChange(before.text, text) : text.length;
    let at = before.x;
    let bytes = '';
    if (text !== before.text) {
      const changed = text.slice(from, to);
      const rest = shorter > 0 ? '\x1b[K' : '';
      bytes = `${from === at ? '' : column(from)}${changed}${rest}`;
      at = from + width(changed);
    }
    if (at !== now.x) bytes += column(now.x);
    if (bytes !== '') write(bytes);
  }

  function tellNow(state: State, asked: boolean): void {
    cancel();
    isTyping = false;
    const now = spokenOf(state);
    const { columns, rows } = state;
    const before: Spoken =
      told === null ? nothing : { ...spokenOf({ ...told, now: state.now, columns, rows }), status };
    const lines = news(before, now, asked);
    told = state;
    if (lines.includes(now.status)) status = now.status;
    const next = now.standing;
    if (lines.length === 0 && next !== null && next.typed && standing?.id === next.id)
      retype(standing, next);
    else if (lines.length > 0 || (next !== null && isElsewhere(before.standing, next, asked)))
      put(lines, next);
    else if (next === null) standing = standing === null ? null : { ...standing, id: '' };
  }

  return {
    tell: (state, asked) => {
      const next = told === null ? null : spokenOf(state).standing;
      if (next === null || !next.typed || standing?.id !== next.id) return tellNow(state, asked);
      if (!asked) return isTyping ? undefined : tellNow(state, false);
      retype(standing, next);
      cancel();
      isTyping = true;
      cancel = clock.after(pause, () => tellNow(state, true));
    },
    tellAll: (state) => {
      cancel();
      const { lines, flash, standing: next, status: first } = spokenOf(state);
      told = state;
      status = first;
      put([first, ...lines, ...(flash === null ? [] : [flashText(flash)])], next);
    },
    leave: () => {
      cancel();
      write(onward());
      told = null;
      status = '';
      standing = null;
      atStart = true;
    },
  };
}

const nothing: Spoken = { status: '', lines: [], rows: new Set(), flash: null, standing: null };

/** Moves the cursor to a cell of its row. */
const column = (cell: number): string => `\x1b[${cell + 1}G`;

/** How many letters, each of one cell, two texts begin with alike; a mark may still belong to the last. */
function alike(one: string, other: string): number {
  let same = 0;
  while (same < one.length && one[same] === other[same] && /[ -~]/.test(one[same]!)) same++;
  return /^[ -~]*$/.test((one[same] ?? '') + (other[same] ?? '')) ? same : Math.max(0, same - 1);
}

/** Where the last letter stands that differs in two texts of one length. */
function lastChange(one: string, other: string): number {
  let end = one.length;
  while (end > 0 && one[end - 1] === other[end - 1]) end--;
  return end;
}
