/**
 * What a terminal sends, told apart: keys, pastes, whether it has the focus, and what else it says
 * by itself (colours, mouse, cursor, device and mode reports), which is dropped. A state machine
 * over the bytes in any split (after Paul Williams' parser, vt100.net/emu/dec_ansi_parser); silence
 * is handed in, because only silence tells the Esc key from the beginning of a sequence.
 */

import { codePoints } from './code-points.ts';
import { ground, patienceOf, type InputState as State } from './input-state.ts';
import { type Press, pressesOf, pressOf, withAlt } from './keys.ts';
import { mouseCoordinates } from './mouse.ts';
import { csiKey, ss3Key } from './sequences.ts';
import { couldBeString, isString, isSureReport } from './strings.ts';
import { focusOf, type Input, inputsOf, type Taken } from './taken.ts';

export interface InputParser {
  /** What these bytes complete, in order. */
  readonly push: (bytes: Uint8Array) => Input[];
  /** How long a silence, in ms, decides about what is open; undefined when nothing is. */
  readonly patience: () => number | undefined;
  /** That silence came about. */
  readonly silence: () => Input[];
}

const controls: Readonly<Record<string, string>> = {
  '\x8f': 'O',
  '\x90': 'P',
  '\x98': 'X',
  '\x9b': '[',
  '\x9d': ']',
  '\x9e': '^',
  '\x9f': '_',
};
/** Sequences that are followed by so many characters without a meaning of their own. */
const trailing: Readonly<Record<string, number>> = { '[': 1, M: 3, t: 2, T: 6 };
const pasteEnd = Buffer.from('\x1b[201~');
const longest = 4096;

export function createInputParser(): InputParser {
  let state: State = ground;
  let presses: Taken[] = [];
  let printed = '';
  const points = codePoints();
  const mouse = mouseCoordinates();

  const report = (taken: Taken): void => {
    flush();
    presses.push(taken);
  };
  const emit = (press: Press): void => report(press);
  const flush = (): void => {
    if (printed !== '') presses.push(...pressesOf(printed));
    printed = '';
  };
  const typeAll = (text: string): void => {
    for (const character of text) {
      if (character < ' ' || character === '\x7f') emit(pressOf(character));
      else printed += character;
    }
  };

  function onGround(character: string): State {
    if (character === '\x1b') return { at: 'escape', twice: false };
    const opener = controls[character];
    if (opener !== undefined) return open(opener, { alt: false, late: false, sure: true });
    if (character === '\r') {
      emit({ name: 'enter' });
      return { at: 'return' };
    }
    if (isTyped(character)) typeAll(character);
    return ground;
  }

  function open(
    opener: string,
    { alt, late, sure }: { readonly alt: boolean; readonly late: boolean; readonly sure: boolean },
  ): State {
    if (opener === '[') return { at: 'csi', text: '', alt, late };
    if (opener === 'O') return { at: 'ss3', text: '', alt };
    if (alt) emit({ name: 'esc' });
    return { at: 'string', opener, text: '', sure, late, ending: false };
  }

  function onEscape(character: string, twice: boolean): State {
    if (character === '\x1b') {
      if (twice) emit({ name: 'esc' });
      return { at: 'escape', twice: true };
    }
    if (isOpener(character)) return open(character, { alt: twice, late: false, sure: false });
    if (twice) emit({ name: 'esc' });
    if (!isTyped(character)) {
      emit({ name: 'esc' });
      return onGround(character);
    }
    emit(withAlt(pressOf(character)));
    return ground;
  }

  function onLate(character: string, inString: boolean): State {
    if (inString && character === '\\') return ground;
    const opens = isOpener(character) && character !== 'O';
    return opens ? open(character, { alt: false, late: true, sure: false }) : onGround(character);
  }

  function onCsi(open: Extract<State, { at: 'csi' }>, character: string): State {
    const { text, alt, late } = open;
    if (!/[ -~]/.test(character)) {
      if (late) typeAll(`[${text}`);
      return onGround(character);
    }
    const isFinal = character >= '@' || (character === '$' && /^\d+$/.test(text));
    if (!isFinal) return { ...open, text: text.length < longest ? text + character : text };
    const key = csiKey(text, character);
    const left = text === '' ? trailing[character] : undefined;
    if (key !== null) emit(alt ? withAlt(key) : key);
    else if (late && left === undefined && !isSureReport(text, character))
      typeAll(`[${text}${character}`);
    else if (alt) emit({ name: 'esc' });
    const focused = focusOf(text, character);
    // A late one may have been typed.
    if (focused !== null && !late) report({ focused });
    if (left !== undefined) return { at: 'mouse', left };
    return character === '~' && text === '200' ? { at: 'paste', chunks: [] } : ground;
  }

  function onSs3(open: Extract<State, { at: 'ss3' }>, character: string): State {
    if (/[0-9;]/.test(character)) return { ...open, text: open.text + character };
    const key = ss3Key(character);
    if (key !== null) emit(open.alt ? withAlt(key) : key);
    else if (!/[ -~]/.test(character)) return onGround(character);
    return ground;
  }

  function onString(open: Extract<State, { at: 'string' }>, character: string): State {
    if (open.ending) {
      if (character === '\\') return ground;
      abandon(open);
      return onEscape(character, false);
    }
    if (character === '\x07' || character === '\x9c') return ground;
    if (character === '\x1b') return { ...open, ending: true };
    if (character < ' ' || character === '\x7f') {
      abandon(open);
      return onGround(character);
    }
    const text = open.text.length < longest ? open.text + character : open.text;
    const next = { ...open, text, sure: open.sure || isString(open.opener, text) };
    if (next.sure || couldBeString(open.opener, text, open.late)) return next;
    abandon(next);
    return ground;
  }

  /** A string that was none: its characters were keys, typed quickly. */
  function abandon({ sure, late, opener, text }: Extract<State, { at: 'string' }>): void {
    if (sure) return;
    if (!late) emit({ name: 'esc' });
    typeAll(opener + text);
  }

  function onCharacter(character: string): State {
    switch (state.at) {
      case 'escape':
        return onEscape(character, state.twice);
      case 'late':
        return onLate(character, state.inString);
      case 'csi':
        return onCsi(state, character);
      case 'ss3':
        return onSs3(state, character);
      case 'string':
        return onString(state, character);
      case 'return':
        return character === '\n' ? ground : onGround(character);
      default:
        return onGround(character);
    }
  }

  /** The bytes up to the end of the paste. @returns how many were taken. */
  function onPaste(chunks: readonly Uint8Array[], bytes: Uint8Array): number {
    const before = Buffer.concat(chunks);
    const all = Buffer.concat([before, bytes]);
    const end = all.indexOf(pasteEnd, Math.max(0, before.length - pasteEnd.length));
    if (end < 0) {
      state = { at: 'paste', chunks: [all] };
      return bytes.length;
    }
    closePaste(all.subarray(0, end));
    return end + pasteEnd.length - before.length;
  }

  function closePaste(bytes: Uint8Array): void {
    report({ paste: new TextDecoder().decode(bytes) });
    state = ground;
  }

  function take(): Input[] {
    flush();
    const taken = presses;
    presses = [];
    return inputsOf(taken);
  }

  function push(bytes: Uint8Array): Input[] {
    for (let at = 0; at < bytes.length; ) {
      if (state.at === 'paste') {
        at += onPaste(state.chunks, bytes.subarray(at));
        continue;
      }
      const byte = bytes[at]!;
      const moved = state.at === 'mouse' ? mouse.take(byte, state.left) : undefined;
      if (moved === null) {
        // No mouse after all: the byte is looked at once more.
        state = ground;
        continue;
      }
      at += 1;
      if (moved !== undefined) state = moved;
      else for (const point of points.add(byte)) state = onCharacter(String.fromCodePoint(point));
    }
    return take();
  }

  function silence(): Input[] {
    const open = state;
    state = ground;
    mouse.reset();
    if (open.at === 'escape') {
      if (open.twice) emit({ name: 'esc' });
      emit({ name: 'esc' });
      state = { at: 'late', inString: false };
    } else if (open.at === 'csi' && open.late) typeAll(`[${open.text}`);
    else if (open.at === 'ss3') {
      if (open.alt) emit({ name: 'esc' });
      emit({ name: 'esc' });
      typeAll(`O${open.text}`);
    } else if (open.at === 'paste') closePaste(Buffer.concat(open.chunks));
    else if (open.at === 'string') {
      abandon(open);
      if (open.ending) {
        emit({ name: 'esc' });
        state = { at: 'late', inString: true };
      }
    } else if (open.at === 'late') state = open;
    return take();
  }

  return { push, patience: () => patienceOf(state), silence };
}

const isOpener = (character: string): boolean => '[]OP_^X'.includes(character);

/** A broken character, or a C1 control that begins nothing, is not a key. */
const isTyped = (character: string): boolean => !/[\x80-\x9f\ufffd]/.test(character);
