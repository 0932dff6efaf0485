/** `?` and `:`: choosing an action by words. */
import fuzzysort from 'fuzzysort';
import type { Key } from '../../terminal/keys.ts';
import { editLine, lineOf, lineText, pasteLine } from '../../terminal/line.ts';
import type { Action } from '../actions/action.ts';
import { type Overlay, type State, type Step, still } from '../model.ts';
import { actions, actionsHere, runAction } from '../registry.ts';

type HelpOverlay = Extract<Overlay, { kind: 'help' }>;
type PaletteOverlay = Extract<Overlay, { kind: 'palette' }>;

/** The actions of this screen that have the words in their title, keys or help. */
export function helpChoices(state: State, overlay: HelpOverlay): Action[] {
  const wanted = lineText(overlay.line).toLowerCase();
  return actionsHere(state).filter(({ title, help, keys }) =>
    `${title} ${help} ${keys.join(' ')}`.toLowerCase().includes(wanted),
  );
}

export interface Suggestion {
  /** What Tab completes to. */
  readonly text: string;
  readonly help: string;
}

const here = (state: State): Action[] =>
  actions.filter((action) => action.command !== undefined && actionsHere(state).includes(action));

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

const step = (cursor: number, delta: number, count: number): number =>
  count === 0 ? 0 : (cursor + delta + count) % count;

export function helpKey(state: State, overlay: HelpOverlay, key: Key): Step {
  const closed: State = { ...state, overlay: null };
  const choices = helpChoices(state, overlay);
  if (key.name === 'esc') return still(closed);
  if (key.name === 'down' || key.name === 'up')
    return still({
      ...state,
      overlay: {
        ...overlay,
        cursor: step(overlay.cursor, key.name === 'down' ? 1 : -1, choices.length),
      },
    });
  if (key.name === 'enter') {
    const chosen = choices[overlay.cursor];
    return chosen ? runAction(closed, chosen) : still(closed);
  }
  return still({
    ...state,
    overlay: { ...overlay, line: editLine(overlay.line, key), cursor: 0 },
  });
}

export function paletteKey(state: State, overlay: PaletteOverlay, key: Key): Step {
  const offered = suggestions(state, overlay);
  const chosen = offered[overlay.cursor];
  if (key.name === 'esc') return still({ ...state, overlay: null });
  if (key.name === 'backspace' && lineText(overlay.line) === '')
    return still({ ...state, overlay: null });
  if (key.name === 'down' || key.name === 'up')
    return still({
      ...state,
      overlay: {
        ...overlay,
        cursor: step(overlay.cursor, key.name === 'down' ? 1 : -1, offered.length),
      },
    });
  if (key.name === 'tab')
    return still({
      ...state,
      overlay: {
        ...overlay,
        line: lineOf(`${chosen?.text ?? lineText(overlay.line)} `),
        cursor: 0,
      },
    });
  if (key.name === 'enter') return runCommand({ ...state, overlay: null }, overlay, chosen);
  return still({
    ...state,
    overlay: { ...overlay, line: editLine(overlay.line, key), cursor: 0 },
  });
}

/**
 * What was chosen with the arrows; else what is typed, when it is a command as it stands; else the
 * first that it could mean.
 */
function runCommand(
  state: State,
  { line, cursor }: PaletteOverlay,
  chosen: Suggestion | undefined,
): Step {
  const typed = lineText(line).trim();
  const offered = chosen && named(state, chosen.text);
  const exact = named(state, typed);
  const guessed = exact ? isPart(state, exact) : !/\s/.test(typed);
  const [action, argument] = (cursor > 0 || guessed ? (offered ?? exact) : exact) ?? [];
  if (action && argument !== '' && action.complete === undefined)
    return fail(state, `:${action.command} takes no words: it is about what is under the cursor`);
  if (action) return runAction(state, action, argument);
  if (typed === '') return still(state);
  return fail(state, `no command :${typed} here; : lists those there are`);
}

/** Whether the words are not yet one of those that the command takes. */
const isPart = (state: State, [{ oneOf, complete }, argument]: [Action, string]): boolean =>
  oneOf === true && !complete?.(state).includes(argument);

const fail = (state: State, text: string): Step =>
  still({ ...state, flash: { level: 'error', text } });

const aliases: Readonly<Record<string, string>> = { q: 'quit', exec: 'run', backup: 'snapshot' };

/** The command whose words are typed. */
export const commandOf = (
  state: State,
  { line }: HelpOverlay | PaletteOverlay,
): Action | undefined => named(state, lineText(line))?.[0];

function named(state: State, text: string): [Action, string] | undefined {
  const [, word = '', argument = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(text) ?? [];
  const action = here(state).find(({ command }) => command === (aliases[word] ?? word));
  return action && [action, argument];
}

export const choosePaste = (
  state: State,
  overlay: HelpOverlay | PaletteOverlay,
  text: string,
): Step =>
  still({ ...state, overlay: { ...overlay, line: pasteLine(overlay.line, text), cursor: 0 } });
