/** A line in words, for a reader of screens: columns parted by commas, signs as what they mean, no drawings. */
import type { Line } from './line.ts';

/** Rules, bars, the marks of the cursor: what they say stands beside them in words. */
const drawing = /[\u2500-\u259f▲▼‹›]+/g;

/** Signs that stand before the word that says the same. */
const said =
  /[✓✗▸▾‖–?] (?=success|written|failed|refused|partial|running|disabled|never|unknown|no end|may have)/g;

const signs: readonly (readonly [RegExp, string])[] = [
  [said, ''],
  [/^(\s*)✓ /, '$1ok: '],
  [/^(\s*)✗ /, '$1error: '],
  [/^(\s*)! /, '$1warning: '],
  // Signs alone are passed over by many readers.
  [/^[▌ ]\* $/, ' marked '],
  [/^− /, 'old: '],
  [/^\+ /, 'new: '],
  [/^(\s*)[▸▾] /, '$1'],
  [/^(\s*)–(\s*)$/, '$1none$2'],
  [/✓/g, 'ok'],
  [/✗/g, 'failed'],
  [/^·+$/, ' '],
  [/ · /g, ', '],
  [/ → /g, ' to '],
  [/↵/g, 'enter'],
  [/↑/g, 'up'],
  [/↓/g, 'down'],
];

/** At the beginning of a line; within one it parts words. */
const note = /^(\s*)· (?=\S)/;

/** What a span of text holds itself is not changed otherwise: commas stand at the borders of spans only. */
export function words(line: Line): string {
  let text = '';
  let gap = 0;
  for (const span of line) {
    const part = inWords(text === '' ? span.text.replace(note, '$1note: ') : span.text);
    const word = part.trim();
    if (word === '') {
      gap += part.length;
      continue;
    }
    gap += part.length - part.trimStart().length;
    text += text === '' ? word : `${between(text, word, gap)}${word}`;
    gap = part.length - part.trimEnd().length;
  }
  // `^^^^` under a part of the line above.
  return /^[\^\s]*$/.test(text) ? '' : text;
}

function inWords(text: string): string {
  const plain = signs.reduce((said, [sign, word]) => said.replace(sign, word), text);
  if (plain.search(drawing) < 0) return plain;
  return plain.replace(drawing, '  ').replace(/(?<=\S)\s{2,}(?=\S)/g, ', ');
}

/** Two blanks part columns; what ends in a sign of its own needs no comma. */
function between(before: string, after: string, gap: number): string {
  if (gap === 0 || after.startsWith(',')) return '';
  return gap === 1 || /[,;:?!.…]$/.test(before) ? ' ' : ', ';
}
