/** Reading long text: search, wrap, sideways, saved to a file, copied. */
import { width } from '../../terminal/cell.ts';
import { matchesIn } from '../../terminal/search.ts';
import { type State, type Step, still, type TextScreen } from '../model.ts';
import { topScreen, withTop } from '../screens.ts';
import { lastTop, linesOf, matchesOf, rewrapped, textColumns, topOf } from '../views/text.ts';
import type { Action } from './action.ts';

const text = ['text'] as const;

function onText(then: (state: State, screen: TextScreen) => Step): (state: State) => Step {
  return (state) => {
    const screen = topScreen(state);
    return screen.kind === 'text' ? then(state, screen) : still(state);
  };
}

/** The text with other words searched for, at the first line from here on that has them. */
export function searched(state: State, screen: TextScreen, search: string): TextScreen {
  const next: TextScreen = { ...screen, search };
  const matches = matchesOf(linesOf(state, next), search);
  const first = matches.find((at) => at >= topOf(state, screen)) ?? matches[0];
  return first === undefined ? next : showing(state, next, first);
}

/** Line `at` on top, scrolled sideways when what was searched for is not in sight. */
function showing(state: State, screen: TextScreen, at: number): TextScreen {
  const lines = linesOf(state, screen);
  const line = lines[at] ?? '';
  const [from, to] = matchesIn(line, screen.search)[0] ?? [0, 0];
  const [start, end] = [width(line.slice(0, from)), width(line.slice(0, to))];
  const columns = textColumns(state);
  const inSight = start >= screen.left && end <= screen.left + columns;
  const left = inSight ? screen.left : Math.max(0, start - Math.floor(columns / 2));
  return { ...screen, left, top: Math.min(at, lastTop(state, screen)) };
}

/** To the next line that matches, round the end. */
const toMatch = (delta: 1 | -1): ((state: State) => Step) =>
  onText((state, screen) => {
    const lines = linesOf(state, screen);
    const matches = matchesOf(lines, screen.search);
    if (matches.length === 0) {
      const words = screen.search === '' ? '/ searches first' : `nothing matches ${screen.search}`;
      return still({ ...state, flash: { level: 'info', text: words } });
    }
    // The matches of the last page show together: from there on it goes round the end.
    const last = lastTop(state, screen);
    const top = topOf(state, screen);
    const next =
      delta > 0
        ? (matches.find((at) => Math.min(at, last) > top) ?? matches[0]!)
        : (matches.findLast((at) => at < top) ?? matches.at(-1)!);
    return still(withTop(state, showing(state, screen, next)));
  });

const hasText = (state: State): string | null => {
  const screen = topScreen(state);
  return screen.kind === 'text' && screen.text !== null ? null : 'it is still loading';
};

export const textActions: readonly Action[] = [
  {
    id: 'text.wrap',
    keys: ['w'],
    title: 'wrap',
    help: 'Wraps long lines, or shows each whole.',
    scope: text,
    footer: 4,
    run: onText((state, screen) =>
      still(withTop(state, { ...screen, ...rewrapped(state, screen), left: 0 })),
    ),
  },
  {
    id: 'text.next',
    keys: ['n'],
    title: 'next match',
    help: 'To the next line that matches the search.',
    scope: text,
    run: toMatch(1),
  },
  {
    id: 'text.previous',
    keys: ['N'],
    title: 'match before',
    help: 'To the line before that matches the search.',
    scope: text,
    run: toMatch(-1),
  },
  {
    id: 'text.save',
    keys: ['ctrl-s'],
    title: 'save to a file',
    help: 'Saves the text as the server gave it to a file in the folder you started in.',
    scope: text,
    command: 'save',
    footer: 6,
    available: hasText,
    run: onText((state, screen) => {
      const name = `${screen.job}-${screen.what}${screen.execution === undefined ? '' : `-${screen.execution}`}`;
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
