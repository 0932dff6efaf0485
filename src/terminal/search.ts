/** Searching in an editor's text. Small letters find capitals too; a capital in the query finds only itself. */
import { boundary } from './graphemes.ts';
import { isBefore, moveTo, type Position, selection, type TextState } from './text.ts';

/** The matches of whole graphemes in a line, as offsets from, to. An empty query has none. */
export function matchesIn(line: string, query: string): [from: number, to: number][] {
  if (query === '') return [];
  const flags = /\p{Lu}/u.test(query) ? 'gu' : 'giu';
  const literal = new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), flags);
  return [...line.matchAll(literal)]
    .map(({ 0: match, index }): [number, number] => [index, index + match.length])
    .filter((ends) => ends.every((end) => boundary(line, end) === end));
}

/**
 * The state with the next match selected (or the one before), going on at the other end of the
 * text; undefined when nothing matches.
 */
export function find(
  state: TextState,
  query: string,
  direction: 'forwards' | 'backwards' = 'forwards',
): TextState | undefined {
  const { lines } = state;
  const selected = selection(state);
  const start = selected?.[0] ?? state.cursor;
  const forwards = direction === 'forwards';
  // What is selected was found before; what only lies at the cursor was not.
  const isNext = (at: Position) =>
    forwards ? isBefore(start, at) || (!selected && !isBefore(at, start)) : isBefore(at, start);
  // The line of the cursor comes twice: first what lies ahead in it, in the end what lies behind.
  for (let step = 0; step <= lines.length; step += 1) {
    const line = (start.line + (forwards ? step : lines.length - step)) % lines.length;
    const matches = matchesIn(lines[line]!, query).filter(
      ([column]) => step > 0 || isNext({ line, column }),
    );
    const match = forwards ? matches[0] : matches.at(-1);
    if (match !== undefined)
      return moveTo(moveTo(state, { line, column: match[0] }), { line, column: match[1] }, true);
  }
  return undefined;
}
