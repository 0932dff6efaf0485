/** One key press as the console knows it, whatever chunk of bytes it arrived in. */
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

/** The part of Ink's `useInput` key that is read here. */
export interface InkKey {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
  readonly eventType?: 'press' | 'repeat' | 'release' | undefined;
}

const flagNames = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof InkKey, string])[];

const controlNames: Readonly<Record<string, string>> = {
  '\0': 'ctrl-space',
  '\b': 'backspace',
  '\t': 'tab',
  '\n': 'ctrl-j',
  '\r': 'enter',
  '\r\n': 'enter',
  '\x1b': 'esc',
  '\x7f': 'backspace',
};

const graphemes = new Intl.Segmenter();

/**
 * The keys of one Ink `useInput` event, in order. Ink 8 hands over plain characters that arrive in
 * one chunk as one event and drops their meaning (`jjj`, `yes\r`, `\t\t`); keys that Ink reports
 * without a name or a character (F-keys, Insert) give none.
 */
export function splitKeys(input: string, key: InkKey): Key[] {
  if (key.eventType === 'release') return [];
  const named = flagNames.find(([flag]) => key[flag])?.[1];
  if (named !== undefined)
    return named === 'esc' && key.meta ? twoEscapes() : [flagged(named, key)];
  if (key.ctrl || key.meta) return input === '' ? [] : [chord(input, key)];
  const parts = [...graphemes.segment(input)];
  return parts.flatMap(({ segment }) => plain(segment, parts.length > 1));
}

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

function twoEscapes(): Key[] {
  return [
    { name: 'esc', coalesced: true },
    { name: 'esc', coalesced: true },
  ];
}

function flagged(name: string, { ctrl, meta, shift }: InkKey): Key {
  const modifiers = `${ctrl ? 'ctrl-' : ''}${meta ? 'alt-' : ''}${shift ? 'shift-' : ''}`;
  return { name: modifiers + name, coalesced: false };
}

/** A character with ctrl or alt; shift is already in the character. */
function chord(input: string, { ctrl, meta }: InkKey): Key {
  const modifiers = `${ctrl ? 'ctrl-' : ''}${meta ? 'alt-' : ''}`;
  const name = input === ' ' ? 'space' : (controlNames[input] ?? input);
  return { name: modifiers + name, coalesced: false };
}

function plain(segment: string, coalesced: boolean): Key[] {
  const control = controlNames[segment];
  if (control !== undefined) return [{ name: control, coalesced }];
  if (/^[\x01-\x1f]$/.test(segment)) return [{ name: controlName(segment), coalesced }];
  // C1 controls are no keys; a terminal in UTF-8 does not send them.
  if (/^[\x80-\x9f]$/.test(segment)) return [];
  return [{ name: segment === ' ' ? 'space' : segment, text: segment, coalesced }];
}

function controlName(character: string): string {
  const code = character.charCodeAt(0);
  return `ctrl-${String.fromCharCode(code + (code <= 26 ? 96 : 64))}`;
}

function typed(name: string): string | undefined {
  if (name === 'space') return ' ';
  return [...graphemes.segment(name)].length === 1 ? name : undefined;
}
