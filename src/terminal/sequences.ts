/**
 * Which key an escape sequence is: xterm's, rxvt's, the Linux console's, kitty's and modifyOtherKeys.
 * What no key sends (reports, answers) gives null.
 */
import { type Modifiers, named, type Press, pressOf, withAlt } from './keys.ts';

const letters: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
};

const numbers: Readonly<Record<string, string>> = {
  1: 'home',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
};

/** rxvt tells modifiers by the last character. */
const rxvtFinals: Readonly<Record<string, Partial<Modifiers>>> = {
  $: { shift: true },
  '^': { ctrl: true },
  '@': { ctrl: true, shift: true },
};

const plain: Modifiers = { ctrl: false, alt: false, shift: false };

/** The key of `CSI parameters final`. */
export function csiKey(parameters: string, final: string): Press | null {
  const rxvt = rxvtFinals[final];
  if (rxvt && numbers[parameters]) return named(numbers[parameters], { ...plain, ...rxvt });
  if (parameters === '' && /[a-d]/.test(final))
    return named(letters[final.toUpperCase()]!, { ...plain, shift: true });
  const [first = '', second = '', third = ''] = parameters.split(';');
  const modifiers = modifiersOf(second);
  if (modifiers === null) return null;
  if (final === 'Z') return named('tab', { ...modifiers, shift: true });
  if (letters[final] && /^1?$/.test(first)) return named(letters[final], modifiers);
  if (final === '~')
    return first === '27'
      ? coded(third, modifiers)
      : numbers[first]
        ? named(numbers[first], modifiers)
        : null;
  return final === 'u' ? coded(first, modifiers) : null;
}

/** Keypad keys in application mode: what is printed on them. */
const keypad = '*+,-./0123456789';

/** The key of `SS3 final`. */
export function ss3Key(final: string): Press | null {
  if (letters[final]) return named(letters[final], plain);
  if (/[a-d]/.test(final)) return named(letters[final.toUpperCase()]!, { ...plain, ctrl: true });
  if (final === 'M') return { name: 'enter' };
  const printed = keypad['jklmnopqrstuvwxyz'.indexOf(final)];
  return printed === undefined ? null : pressOf(printed);
}

/** `1 + bits`, with the kind of event behind a colon; null for a release, or with Super or Hyper. */
function modifiersOf(parameter: string): Modifiers | null {
  const [code = '', event = ''] = parameter.split(':');
  const bits = Math.max(0, Number(code || 1) - 1);
  if (event === '3' || Number.isNaN(bits) || (bits & 0b1_1000) !== 0) return null;
  return { shift: (bits & 1) !== 0, alt: (bits & 0b10_0010) !== 0, ctrl: (bits & 4) !== 0 };
}

/** kitty's codes of keys that print nothing, from 57399 on: the keypad. */
const kittyKeypad = [
  ...'0123456789./*-+',
  'enter',
  '=',
  ',',
  ...['left', 'right', 'up', 'down', 'pageup', 'pagedown', 'home', 'end', '', 'delete'],
];

/** A key by the character it has, `unshifted:shifted`. */
function coded(parameter: string, modifiers: Modifiers): Press | null {
  const [code = '', shifted = ''] = parameter.split(':');
  const number = Number(code);
  const key = kittyKeypad[number - 57_399];
  if (key !== undefined)
    return key.length === 1 ? pressOf(key) : key === '' ? null : named(key, modifiers);
  const isCharacter = code !== '' && number <= 0x10_ffff && (number < 0xe000 || number > 0xf8ff);
  if (!isCharacter) return null;
  const base = String.fromCodePoint(number);
  return modifiers.ctrl || modifiers.alt || number < 0x20 || number === 0x7f
    ? chord(base, modifiers)
    : pressOf(shifted !== '' ? String.fromCodePoint(Number(shifted)) : shiftedOf(base, modifiers));
}

const shiftedOf = (base: string, { shift }: Modifiers): string =>
  shift ? base.toUpperCase() : base;

/**
 * A character with Ctrl or Alt, or a control character. Where a terminal of old cannot tell two
 * keys apart (Shift-Enter, Ctrl-J and Enter) they are one.
 */
function chord(base: string, { ctrl, alt, shift }: Modifiers): Press {
  const isLetter = /^[@-_a-z]$/.test(base);
  const character = ctrl && isLetter ? controlOf(base) : alt && shift ? base.toUpperCase() : base;
  const { name } = pressOf(character);
  const told = name === 'tab' && shift ? 'shift-tab' : name;
  const tellsCtrl = ctrl && !isLetter && !['enter', 'esc', 'tab'].includes(name);
  const press = { name: tellsCtrl ? `ctrl-${told}` : told };
  return alt ? withAlt(press) : press;
}

const controlOf = (letter: string): string =>
  String.fromCharCode(letter.toUpperCase().charCodeAt(0) & 0x1f);
