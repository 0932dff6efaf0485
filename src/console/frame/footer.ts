/** The bottom line: a question, a result, or how far something is, else the keys that work here, now. */

import { isBody } from '../../job/field-path.ts';
import { width } from '../../terminal/cell.ts';
import { type LineState, lineView } from '../../terminal/line.ts';
import { fitLine, paragraph, spanWidth } from '../../view/compose.ts';
import { keyLabel } from '../../view/keys.ts';
import { bold, type Line, plain, quiet, type Tone, toned } from '../../view/line.ts';
import { isLong } from '../editors/field-values.ts';
import { actionsHere, reasonAgainst } from '../registry.ts';
import { rowOfScreen } from '../screens/table.ts';
import { bodyRows } from '../state/layout.ts';
import type {
  ConfirmOverlay,
  Flash,
  Overlay,
  State,
  TypedOverlay,
  ValueOverlay,
} from '../state/model.ts';
import { topScreen } from '../state/stack.ts';

export interface Bottom {
  /** The last is the bottom line; a long question takes lines above it. */
  readonly lines: readonly Line[];
  /** The column of the text cursor, when the last line is typed into. */
  readonly cursor?: number;
}

export function footer(state: State): Bottom {
  const { overlay, flash, waiting, progress } = state;
  const told = flash === null ? [] : flashLines(flash, state.columns);
  const asked = overlay && asking(state, overlay);
  if (asked !== null) return { ...asked, lines: [...told, ...asked.lines].slice(-bodyRows(state)) };
  if (told.length > 0) return { lines: told };
  if (overlay === null && waiting !== null && progress !== null)
    return {
      lines: flashLines({ level: 'info', text: `${waiting}: ${progress.text}` }, state.columns),
    };
  const hints = overlay && overlayKeys(overlay);
  return { lines: [hints === null ? keysLine(state) : hintsLine(hints, state.columns)] };
}

/** The keys of what lies over the screen; null where those of the screen work, or a word is typed. */
function overlayKeys(overlay: Overlay): readonly Line[] | null {
  if (overlay.kind === 'value') return valueKeys(overlay);
  if (overlay.kind === 'pick') return menuKeys;
  if (overlay.kind === 'help') return helpKeys;
  if (overlay.kind === 'schedule') return overlay.menu ? menuKeys : scheduleKeys;
  return null;
}

/** What waits for an answer or a word at the bottom of the screen; null for what does not. */
function asking(state: State, overlay: Overlay): Bottom | null {
  if (overlay.kind === 'confirm') return confirm(state, overlay);
  if (overlay.kind === 'typed') return question(state, overlay);
  if (overlay.kind === 'schedule' || overlay.kind === 'pick') return null;
  if (overlay.kind === 'help' && !overlay.searching) return null;
  if (overlay.kind !== 'value') return typed(state, overlay);
  return overlay.find === null ? null : prompted(' find ', overlay.find, state);
}

const flashes: Record<Flash['level'], { readonly glyph: string; readonly tone: Tone }> = {
  ok: { glyph: '✓', tone: 'ok' },
  error: { glyph: '✗', tone: 'bad' },
  info: { glyph: '·', tone: 'attention' },
};

/** What happened can be read to its end, in a few lines: a path, an age, what to do next stand there. */
function flashLines({ level, text }: Flash, columns: number): Line[] {
  const { glyph, tone } = flashes[level];
  const lines = paragraph(text, columns - 4);
  const shown =
    lines.length <= mostFlashLines
      ? lines
      : [...lines.slice(0, mostFlashLines - 1), lines.slice(mostFlashLines - 1).join(' ')];
  return shown.map((line, at) => [toned(` ${at === 0 ? glyph : ' '} ${line}`, tone)]);
}
const mostFlashLines = 4;

function typed(
  state: State,
  overlay: Exclude<Overlay, { kind: 'confirm' | 'typed' | 'schedule' | 'value' | 'pick' }>,
): Bottom {
  const prompt = {
    help: ' search /',
    palette: ' :',
    filter: rowOfScreen(topScreen(state)).filtered?.verb === 'search' ? ' search /' : ' /',
    file: ' file ',
  }[overlay.kind];
  return prompted(prompt, overlay.line, state);
}

function prompted(prompt: string, line: LineState, { columns }: State): Bottom {
  const view = lineView(line, columns - prompt.length - 2);
  return { lines: [[bold(prompt), plain(view.text)]], cursor: prompt.length + view.cursor };
}

/** The key that says yes shows, however long the question is. */
function confirm(state: State, { question, verb }: ConfirmOverlay): Bottom {
  const keys: Line = [
    { text: ' y ', inverse: true },
    plain(` ${verb}   `),
    { text: ' esc ', inverse: true },
    plain(' cancel'),
  ];
  const line: Line = [bold(` ${question}   `), ...keys];
  if (spanWidth(line) <= state.columns) return { lines: [line] };
  return { lines: [...asked(state, [question]), [plain(' '), ...keys]] };
}

/** What has to be typed is always said whole: in front of what is typed, or above it. */
function question(state: State, { question, expected, line }: TypedOverlay): Bottom {
  const what = `Type ${expected} to confirm, esc cancels`;
  const full = ` ${what}: `;
  const fits = width(full) + 12 <= state.columns;
  const prompt = fits ? full : ' answer: ';
  const view = lineView(line, state.columns - width(prompt) - 1);
  return {
    lines: [
      ...asked(state, question),
      ...(fits ? [] : asked(state, [`${what}.`])),
      [bold(prompt), plain(view.text)],
    ],
    cursor: width(prompt) + view.cursor,
  };
}

/** The head of a question in lines of its own, a part of the body left in sight. */
const asked = (state: State, texts: readonly string[]): Line[] =>
  texts
    .flatMap((text) => paragraph(text, state.columns - 2))
    .slice(0, bodyRows(state) - 2)
    .map((text) => [bold(` ${text}`)]);

const scheduleKeys: readonly Line[] = [
  keyHint('enter', 'save'),
  keyHint('tab', 'complete, zone'),
  [bold(' ↑↓'), quiet(' step ')],
  keyHint('ctrl-o', 'common'),
  keyHint('ctrl-x', 'drop'),
  keyHint('esc', 'keep'),
];

const helpKeys: readonly Line[] = [
  [bold(' ↑↓'), quiet(' choose ')],
  keyHint('enter', 'run it'),
  keyHint('/', 'search'),
  [quiet(' or the key itself ')],
  keyHint('?', 'close'),
];

const menuKeys: readonly Line[] = [
  [bold(' ↑↓'), quiet(' choose ')],
  keyHint('enter', 'take'),
  keyHint('esc', 'close'),
];

const valueKeys = ({ seen, keys }: ValueOverlay): readonly Line[] => [
  keyHint(isLong(seen, keys) ? 'ctrl-s' : 'enter', 'save'),
  ...(isBody(keys) ? [keyHint('ctrl-o', 'inner')] : []),
  isLong(seen, keys) ? keyHint('ctrl-g', 'find') : keyHint('tab', 'complete'),
  keyHint('ctrl-z', 'undo'),
  keyHint('ctrl-x', 'drop'),
  keyHint('esc', 'keep'),
];

/** As many hints as stand there whole: how to save and how to leave, and the others from the left. */
function hintsLine(hints: readonly Line[], columns: number): Line {
  const line = hints.flat();
  if (spanWidth(line) <= columns || hints.length <= 2) return line;
  return hintsLine(hints.toSpliced(-2, 1), columns);
}

function keyHint(key: string, title: string): Line {
  return [bold(` ${keyLabel(key)}`), quiet(` ${title} `)];
}

/** The actions that can run, most used first, as many as fit: while a console begins those of in a moment. */
function keysLine(state: State): Line {
  const here = actionsHere(state)
    .filter((action) => action.footer !== undefined && reasonAgainst(state, action, true) === null)
    .sort((a, b) => (a.footer ?? 0) - (b.footer ?? 0));
  const more = keyHint('?', 'more');
  const spans: Line[] = [];
  let left = state.columns - spanWidth(more);
  for (const { id, keys, title } of here) {
    const hint = keyHint(keys[0] ?? '', title);
    if (id === 'help' || spanWidth(hint) > left) continue;
    left -= spanWidth(hint);
    spans.push(hint);
  }
  return fitLine([...spans.flat(), ...more], state.columns);
}
