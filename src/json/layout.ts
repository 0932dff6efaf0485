/**
 * A stringified body as an operator edits it. All of it works on the text: key order, the spelling
 * of numbers and escapes, and duplicate keys stay as they are stored.
 */
import { applyEdits, type Edit } from 'jsonc-parser';
import { isJson } from './check.ts';
import { overLines } from './over-lines.ts';
import { gapsOf, sameGap, spacingOf, writeTokens } from './spacing.ts';
import { diffTokens } from './token-diff.ts';
import { type JsonToken, jsonTokens } from './tokens.ts';

export interface OpenBody {
  /** What is not JSON is shown as it is; `""` is text as well. */
  readonly kind: 'json' | 'text';
  readonly shown: string;
}

/** What the editor shows of a stored body: JSON over lines, two spaces a level, or the text itself. */
export const openBody = (stored: string): OpenBody =>
  isJson(stored)
    ? { kind: 'json', shown: overLines(stored).lines.join('\n') }
    : { kind: 'text', shown: stored };

/**
 * What to store for an edited text: byte for byte what was stored wherever no token changed, new
 * tokens with the white space that the stored text has in such places. White space alone is no
 * change. What is not JSON, before or now, is stored as it was typed. `compact` takes out all white
 * space between tokens, whatever the stored text has.
 */
export function closeBody(stored: string, edited: string, { compact = false } = {}): string {
  if (compact && isJson(edited)) return writeTokens(jsonTokens(edited), () => '');
  return applyEdits(stored, bodyEdits(stored, edited));
}

/** The same as changes to the stored text: in order, apart from each other, none larger than needed. */
export function bodyEdits(stored: string, edited: string): Edit[] {
  if (!isJson(stored) || !isJson(edited)) return change(stored, 0, stored.length, edited);
  const [old, now] = [jsonTokens(stored), jsonTokens(edited)];
  const [oldGaps, nowGaps] = [gapsOf(old), gapsOf(now)];
  const spacing = spacingOf(stored, old, oldGaps);
  /** Where a new gap is like the one that stood there, its white space stays. */
  const space = (index: number, stood: readonly number[]): string => {
    const gap = nowGaps[index]!;
    const same = stood.find((at) => sameGap(oldGaps[at]!, gap));
    return same === undefined ? spacing.spaceFor(gap) : spacing.spaces[same]!;
  };
  return diffTokens(textsOf(old), textsOf(now)).flatMap(({ oldFrom, oldTo, from, to }) => {
    const written = now
      .slice(from, to)
      .map(({ text }, index) => space(from + index, index === 0 ? [oldFrom] : []) + text);
    const last = space(to, from === to ? [oldFrom, oldTo] : [oldTo]);
    const start = old[oldFrom - 1]?.end ?? 0;
    const end = old[oldTo]?.start ?? stored.length;
    return change(stored, start, end, written.join('') + last);
  });
}

const textsOf = (tokens: readonly JsonToken[]): string[] => tokens.map(({ text }) => text);

/** The least that turns the text from `start` to `end` into `content`; no surrogate pair is split. */
function change(text: string, start: number, end: number, content: string): Edit[] {
  const old = text.slice(start, end);
  const shorter = Math.min(old.length, content.length);
  let head = 0;
  while (head < shorter && old[head] === content[head]) head++;
  if (/[\ud800-\udbff]/.test(old[head - 1] ?? '')) head--;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === content.at(-1 - tail)) tail++;
  if (tail > 0 && /[\udc00-\udfff]/.test(old.at(-tail)!)) tail--;
  const length = old.length - head - tail;
  const inserted = content.slice(head, content.length - tail);
  return length === 0 && inserted === ''
    ? []
    : [{ offset: start + head, length, content: inserted }];
}
