/** Which jobs have a word in their names: in one text of all names, as a key has no time to go over so many. */
import { atOnce, forEachBelow, sliceOf } from '../../../base/steps.ts';
import type { JobRow } from '../../../job/row.ts';
import type { JobTable } from '../../../job/table.ts';

interface Words {
  readonly rows: readonly JobRow[];
  /** The names of all of them in small letters, one after the other. */
  readonly text: string;
  /** Where those of each row begin, and where the last ones end. */
  readonly starts: Uint32Array;
}

const known = new WeakMap<JobTable['places'], Words>();

/** Neither is part of a word (`isWord`), so that none is found across them. */
const namesOf = ({ name, displayname }: JobRow): string =>
  `${name}\0${displayname}\n`.toLowerCase();

function* wordsOf({ rows, places }: JobTable): Generator<void, Words> {
  const texts: string[] = new Array(rows.length);
  const starts = new Uint32Array(rows.length + 1);
  yield* forEachBelow(rows.length, (place) => {
    const text = namesOf(rows[place]!);
    texts[place] = text;
    starts[place + 1] = starts[place]! + text.length;
  });
  yield;
  const words = { rows, text: texts.join(''), starts };
  known.set(places, words);
  ahead = null;
  return words;
}

const wordsIn = (table: JobTable): Words => atOnce(wordsOf(table));

/** Under way, for a list. */
let ahead: { readonly of: JobTable['places']; readonly steps: Generator<void, Words> } | null =
  null;

export const hasWords = ({ places }: JobTable): boolean => known.has(places);

/** Makes ready, until it is late, what the first letter of a filter would wait for; gives whether it is. */
export function wordsAhead(table: JobTable, isLate: () => boolean): boolean {
  if (hasWords(table)) return true;
  if (ahead?.of !== table.places) ahead = { of: table.places, steps: wordsOf(table) };
  return sliceOf(ahead.steps, isLate).done === true;
}

/** Rows that are others since are looked at one by one, unless they are a tenth and more. */
const many = 10;

/** 1 for each place whose job has the word (in small letters) in one of its names. */
export function holdersOf(word: string, table: JobTable): Uint8Array {
  const before = known.get(table.places) ?? wordsIn(table);
  const others: number[] = [];
  if (before.rows !== table.rows)
    for (let place = 0; place < table.size; place++)
      if (before.rows[place] !== table.rows[place]) others.push(place);
  if (others.length * many <= table.size) return holdersIn(word, before, table, others);
  return holdersIn(word, wordsIn(table), table, []);
}

function holdersIn(
  word: string,
  { text, starts }: Words,
  { rows }: JobTable,
  others: readonly number[],
): Uint8Array {
  const holders = new Uint8Array(rows.length);
  let place = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, starts[place])) {
    while (starts[place + 1]! <= at) place++;
    holders[place++] = 1;
  }
  for (const other of others) holders[other] = namesOf(rows[other]!).includes(word) ? 1 : 0;
  return holders;
}

/** Whether such a filter looks for one word, which may stand in any name. */
export const isWord = (filter: string): boolean => /^[^\s":!\0]+$/.test(filter);
