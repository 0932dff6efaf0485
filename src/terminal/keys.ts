import { isOneCellEach } from './cell.ts';
import { graphemesOf } from './graphemes.ts';

/** What a key is called, and what it types. */
export interface Key {
  /**
   * The printed character itself (`j`, `G`, `?`, `é`), or one of `enter`, `tab`, `esc`, `space`,
   * `backspace`, `delete`, `up`, `down`, `left`, `right`, `home`, `end`, `pageup`, `pagedown`;
   * modifiers stand in front in this order: `ctrl-`, `alt-`, `shift-` (`ctrl-d`, `alt-shift-up`).
   */
  readonly name: string;
  /** What the key types into an editor; absent when it types nothing. */
  readonly text?: string;
  /**
   * It came together with other keys: typed ahead over a slow line, or pasted into a terminal
   * without bracketed paste. Such a key must never confirm anything dangerous.
   */
  readonly coalesced: boolean;
}

/** A key before it is known what came with it. */
export type Press = Omit<Key, 'coalesced'>;

export interface Modifiers {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

/** Control characters that are keys of their own. A line feed is what some terminals send for Enter. */
const controlNames: Readonly<Record<string, string>> = {
  '\0': 'ctrl-space',
  '\b': 'backspace',
  '\t': 'tab',
  '\n': 'enter',
  '\r': 'enter',
  '\x1b': 'esc',
  '\x7f': 'backspace',
};

/** The key of a control character (C0 or DEL), or of one printed character. */
export function pressOf(character: string): Press {
  const control = controlNames[character];
  if (control !== undefined) return { name: control };
  if (/^[\x01-\x1f]$/.test(character)) return { name: controlName(character) };
  return { name: character === ' ' ? 'space' : character, text: character };
}

/** The keys of printed text: one a grapheme. */
export const pressesOf = (text: string): Press[] => charactersOf(text).map(pressOf);

/** A first key does not wait for ICU, which takes a dozen milliseconds to say that `j` is one. */
const charactersOf = (text: string): string[] =>
  isOneCellEach(text) ? [...text] : [...graphemesOf(text)].map(({ segment }) => segment);

/** The same key with Alt held down; it types nothing. */
export function withAlt({ name }: Press): Press {
  const plain = name.replace(/^ctrl-/, '');
  return { name: `${plain === name ? '' : 'ctrl-'}alt-${plain}` };
}

/** A key that has a name (`up`), with its modifiers. */
export const named = (name: string, { ctrl, alt, shift }: Modifiers): Press => ({
  name: `${ctrl ? 'ctrl-' : ''}${alt ? 'alt-' : ''}${shift ? 'shift-' : ''}${name}`,
});

/**
 * What an `alt-` key means where it is not bound: Esc, quickly followed by the key, because the two
 * are the same bytes to a terminal program. Other keys come back as they are.
 */
export function altAsEscape(key: Key): Key[] {
  const alt = /^(ctrl-)?alt-(.+)$/u.exec(key.name);
  if (alt === null) return [key];
  const name = `${alt[1] ?? ''}${alt[2]}`;
  const text = typed(name);
  return [
    { name: 'esc', coalesced: true },
    { name, coalesced: true, ...(text === undefined ? {} : { text }) },
  ];
}

function controlName(character: string): string {
  const code = character.charCodeAt(0);
  return `ctrl-${String.fromCharCode(code + (code <= 26 ? 96 : 64))}`;
}

function typed(name: string): string | undefined {
  if (name === 'space') return ' ';
  return charactersOf(name).length === 1 ? name : undefined;
}
