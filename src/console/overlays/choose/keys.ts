/** `?` and `:`: choosing an action. Only what was chosen, or named in full, is ever run. */
import fuzzysort from 'fuzzysort';
import type { Key } from '../../../terminal/keys.ts';
import { editLine, type LineState, lineOf, lineText, pasteLine } from '../../../terminal/line.ts';
import { actionForKey, actions, actionsHere, runAction, unknownKey } from '../../registry.ts';
import type { Action } from '../../state/action.ts';
import { bodyRows } from '../../state/layout.ts';
import { flash, type Overlay, type State, type Step, still } from '../../state/model.ts';
import { aliases } from './aliases.ts';
import { groupsOf } from './groups.ts';

type HelpOverlay = Extract<Overlay, { kind: 'help' }>;
type PaletteOverlay = Extract<Overlay, { kind: 'palette' }>;

/** The actions of this screen that have the words in their title, keys or help, by their groups. */
export function helpChoices(state: State, overlay: HelpOverlay): Action[] {
  const wanted = lineText(overlay.line).toLowerCase();
  const here = actionsHere(state).filter(({ title, help, keys }) =>
    `${title} ${help} ${keys.join(' ')}`.toLowerCase().includes(wanted),
  );
  return groupsOf(here).flatMap((group) => group.actions);
}

export interface Suggestion {
  /** What Tab completes to. */
  readonly text: string;
  readonly help: string;
}

/** Those with a command, in the order of the table. */
function here(state: State): Action[] {
  const all = new Set(actionsHere(state));
  return actions.filter((action) => action.command !== undefined && all.has(action));
}

/** Commands for the first word, arguments of that command for the second. */
export function suggestions(state: State, overlay: PaletteOverlay): Suggestion[] {
  const [, word = '', argument] = /^(\S*)(?:\s+(.*))?$/s.exec(lineText(overlay.line)) ?? [];
  const action = here(state).find(({ command }) => command === word);
  if (argument !== undefined && action)
    return matching(argument, action.complete?.(state) ?? [], (value) => value)
      .slice(0, mostSuggestions)
      .map((value) => ({ text: `${word} ${value}`, help: '' }));
  return matching(word, here(state), ({ command }) => command ?? '').map(({ command, help }) => ({
    text: command ?? '',
    help,
  }));
}

const mostSuggestions = 200;

/** What matches the letters typed, best first; all of it before any are. */
function matching<T>(typed: string, items: readonly T[], text: (item: T) => string): readonly T[] {
  if (typed === '') return items;
  return fuzzysort.go(typed, items, { key: text, limit: mostSuggestions }).map(({ obj }) => obj);
}

/** From nothing chosen to the first or the last, then round; null when the key moves nothing. */
function moved(state: State, cursor: number | null, key: string, count: number): number | null {
  const page = Math.max(1, bodyRows(state) - 6);
  const last = count - 1;
  if (count === 0) return null;
  switch (key) {
    case 'down':
      return cursor === null || cursor === last ? 0 : cursor + 1;
    case 'up':
      return cursor === null || cursor === 0 ? last : cursor - 1;
    case 'pagedown':
      return Math.min(last, (cursor ?? 0) + page);
    case 'pageup':
      return Math.max(0, (cursor ?? 0) - page);
    case 'home':
      return 0;
    case 'end':
      return last;
    default:
      return null;
  }
}

/** What moves in help, where letters are keys, besides the arrows. */
const likeArrows: Readonly<Record<string, string>> = {
  j: 'down',
  k: 'up',
  'ctrl-f': 'pagedown',
  'ctrl-b': 'pageup',
  g: 'home',
  G: 'end',
};

/** In help every key does what it does on the screen below, which it closes for it. */
export function helpKey(state: State, overlay: HelpOverlay, key: Key): Step {
  const choices = helpChoices(state, overlay);
  const closed: State = { ...state, overlay: null };
  const show = (changed: Partial<HelpOverlay>): Step =>
    still({ ...state, overlay: { ...overlay, ...changed } });
  const typing = overlay.searching;
  const cursor = moved(
    state,
    overlay.cursor,
    likeArrows[typing ? '' : key.name] ?? key.name,
    choices.length,
  );
  if (cursor !== null && !(typing && /^(home|end)$/.test(key.name))) return show({ cursor });
  if (key.name === 'enter') {
    const chosen = choices[overlay.cursor ?? -1];
    if (chosen) return runAction(closed, chosen);
    return typing ? show({ searching: false }) : still({ ...state, flash: nothingChosen });
  }
  if (typing) {
    if (key.name === 'esc') return show({ searching: false, line: lineOf(''), cursor: null });
    return show({ line: editLine(overlay.line, key), cursor: null });
  }
  if (['?', 'q', 'esc'].includes(key.name)) return still(closed);
  if (key.name === '/') return show({ searching: true, cursor: null });
  const action = actionForKey(closed, key.name);
  return action ? runAction(closed, action) : unknownKey(state, key.name);
}

const nothingChosen = { level: 'info', text: '↓ chooses, enter runs what is chosen' } as const;

export function paletteKey(state: State, overlay: PaletteOverlay, key: Key): Step {
  const offered = suggestions(state, overlay);
  const chosen = offered[overlay.cursor ?? -1];
  const typed = lineText(overlay.line);
  const closed: State = { ...state, overlay: null };
  const write = (line: LineState): Step =>
    still({ ...state, overlay: { ...overlay, line, cursor: null } });
  if (key.name === 'esc' || (key.name === 'backspace' && typed === '')) return still(closed);
  const cursor = /^(home|end)$/.test(key.name)
    ? null
    : moved(state, overlay.cursor, key.name, offered.length);
  if (cursor !== null) return still({ ...state, overlay: { ...overlay, cursor } });
  if (key.name === 'tab') return write(lineOf(`${(chosen ?? offered[0])?.text ?? typed} `));
  if (key.name !== 'enter') return write(editLine(overlay.line, key));
  const text = (chosen?.text ?? typed).trim();
  return text === '' ? still(closed) : runCommand(state, text);
}

/** A command by its full name. Nothing is guessed: what is no command leaves the line open. */
function runCommand(state: State, text: string): Step {
  const closed: State = { ...state, overlay: null };
  const found = commandIn(state, text);
  if (found === null) return still(flash(state, 'error', notHere(text)));
  const [action, argument] = found;
  if (argument !== '' && action.complete === undefined)
    return still(
      flash(
        closed,
        'error',
        `:${action.command} takes no words: it works on what is under the cursor`,
      ),
    );
  return runAction(closed, action, argument);
}

function notHere(text: string): string {
  const word = wordOf(text);
  const elsewhere = actions.find(({ command }) => command === word);
  if (elsewhere) return `:${word} works on: ${elsewhere.scope.join(', ')}`;
  return `no command :${text}; ↓ or tab chooses one from the list`;
}

/** The command whose words are typed. */
export const commandOf = (state: State, { line }: PaletteOverlay): Action | undefined =>
  commandIn(state, lineText(line))?.[0];

function commandIn(state: State, text: string): [Action, string] | null {
  const [, argument = ''] = /^\S+\s*(.*)$/s.exec(text.trim()) ?? [];
  const action = here(state).find(({ command }) => command === wordOf(text));
  return action ? [action, argument] : null;
}

const wordOf = (text: string): string => {
  const word = /\S+/.exec(text)?.[0] ?? '';
  return aliases.get(word) ?? word;
};

export const choosePaste = (
  state: State,
  overlay: HelpOverlay | PaletteOverlay,
  text: string,
): Step =>
  overlay.kind === 'help' && !overlay.searching
    ? still(state)
    : still({
        ...state,
        overlay: { ...overlay, line: pasteLine(overlay.line, text), cursor: null },
      });
