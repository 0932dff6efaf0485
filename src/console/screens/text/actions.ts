/** Reading long text: search, wrap, sideways, saved to a file, copied. */
import { width } from '../../../terminal/cell.ts';
import type { Action } from '../../state/action.ts';
import { flash, type State, type Step, still, type TextScreen } from '../../state/model.ts';
import { topScreen, withTop } from '../../state/stack.ts';
import { hasPretty, type Match, rowOfMatch } from './rows.ts';
import { lastTop, matchesIn, rewrapped, rowsOf, textColumns, textHeight, topOf } from './view.ts';

const text = ['text'] as const;

function onText(then: (state: State, screen: TextScreen) => Step): (state: State) => Step {
  return (state) => {
    const screen = topScreen(state);
    return screen.kind === 'text' ? then(state, screen) : still(state);
  };
}

/** The text with other words searched for, at the first match from here on. */
export function searched(state: State, screen: TextScreen, search: string): TextScreen {
  const next: TextScreen = { ...screen, search, match: undefined };
  const matches = matchesIn(state, next);
  return matches.length === 0 ? next : showing(state, next, matches, fromTop(state, next, 1));
}

/** The first match at or below the top of the window, or the last one above it; round the end. */
function fromTop(state: State, screen: TextScreen, delta: 1 | -1): number {
  const matches = matchesIn(state, screen);
  const rows = rowsOf(state, screen);
  const top = topOf(state, screen);
  const below = matches.findIndex((match) => rowOfMatch(rows, match) >= top);
  if (delta > 0) return Math.max(0, below);
  return (below < 0 ? matches.length : below) - 1;
}

/** A match in sight: its row on top unless it shows already, scrolled sideways when it would not. */
function showing(
  state: State,
  screen: TextScreen,
  matches: readonly Match[],
  index: number,
): TextScreen {
  const at = (index + matches.length) % matches.length;
  const match = matches[at]!;
  const rows = rowsOf(state, screen);
  const row = rowOfMatch(rows, match);
  const shown = { ...screen, match: at, top: Math.min(row, lastTop(state, screen)) };
  if (screen.wrap) return shown;
  const text = rows.rows[row]?.text ?? '';
  const start = width(text.slice(0, match.from));
  const end = start + width(text.slice(match.from, match.to));
  const columns = textColumns(state);
  const inSight = (left: number): boolean =>
    start >= left + (left > 0 ? 1 : 0) && end < left + columns;
  if (inSight(screen.left)) return shown;
  return { ...shown, left: inSight(0) ? 0 : Math.max(0, start - (columns >> 1)) };
}

/** To the next match, round the end; from the top of the window when the last one is out of sight. */
const toMatch = (delta: 1 | -1): ((state: State) => Step) =>
  onText((state, screen) => {
    const matches = matchesIn(state, screen);
    if (matches.length === 0) {
      const words =
        screen.search === '' ? 'search first, with /' : `nothing matches ${screen.search}`;
      return still(flash(state, 'info', words));
    }
    const last = screen.match === undefined ? undefined : matches[screen.match];
    const next =
      last !== undefined && isInSight(state, screen, last)
        ? screen.match! + delta
        : fromTop(state, screen, delta);
    return still(withTop(state, showing(state, screen, matches, next)));
  });

function isInSight(state: State, screen: TextScreen, match: Match): boolean {
  const row = rowOfMatch(rowsOf(state, screen), match);
  const top = topOf(state, screen);
  return row >= top && row < top + textHeight(state, screen);
}

const hasText = (state: State): string | null => {
  const screen = topScreen(state);
  return screen.kind === 'text' && screen.text !== null ? null : 'it is still loading';
};

const hasJson = (state: State): string | null => {
  const screen = topScreen(state);
  return screen.kind === 'text' && hasPretty(screen) ? null : 'there is no JSON to format';
};

export const textActions: readonly Action[] = [
  {
    id: 'text.json',
    keys: ['p'],
    title: 'JSON as printed',
    help: 'Shows the JSON of an output as it was printed, or formatted.',
    scope: text,
    footer: 5,
    available: hasJson,
    run: onText((state, { match: _, ...screen }) =>
      still(withTop(state, { ...screen, raw: screen.raw !== true, top: 0, left: 0 })),
    ),
  },
  {
    id: 'text.wrap',
    keys: ['w'],
    title: 'wrap',
    help: 'Wraps long lines, or shows each in one row.',
    scope: text,
    footer: 4,
    run: onText((state, screen) => still(withTop(state, rewrapped(state, screen)))),
  },
  {
    id: 'text.next',
    keys: ['n'],
    title: 'next match',
    help: 'Goes to the next match.',
    scope: text,
    run: toMatch(1),
  },
  {
    id: 'text.previous',
    keys: ['N'],
    title: 'previous match',
    help: 'Goes to the previous match.',
    scope: text,
    run: toMatch(-1),
  },
  {
    id: 'text.save',
    keys: ['ctrl-s'],
    title: 'save to a file',
    help: 'Saves the text as the server sent it, to a file in the current folder.',
    scope: text,
    command: 'save',
    footer: 6,
    available: hasText,
    run: onText((state, screen) => {
      const run = screen.execution === undefined ? '' : `-${screen.execution}`;
      const name = `${screen.job}-${screen.what}${run}${screen.live === undefined ? '' : '-so-far'}`;
      return [state, [{ type: 'save-text', name, text: screen.text ?? '' }]];
    }),
  },
  {
    id: 'text.copy',
    keys: ['c'],
    title: 'copy',
    help: 'Sends the text to the terminal’s clipboard (OSC 52).',
    scope: text,
    available: hasText,
    run: onText((state, screen) => [state, [{ type: 'copy', text: screen.text ?? '' }]]),
  },
];
