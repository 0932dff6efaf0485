/** The language of filters: words, `key:value`, `!` inverts; quotes keep words together. */
import { nearest } from '../base/nearest.ts';

/** A key of the language over items of a kind: what it compares, and what `?` and the docs say of it. */
export interface FilterKey<Item> {
  readonly help: string;
  /** All that its value may be, where it has few; typing the first letters of one is enough. */
  readonly values?: readonly string[];
  readonly test: (value: string) => (item: Item) => boolean;
}

export interface Language<Item> {
  readonly keys: Readonly<Record<string, FilterKey<Item>>>;
  /** What a word without a key looks in. */
  readonly word: (item: Item, word: string) => boolean;
}

interface Word {
  readonly text: string;
  readonly inverted: boolean;
  /** Undefined for a plain word; one that was quoted before its colon is plain unless the key is known. */
  readonly key: string | undefined;
  readonly value: string;
}

const keyOf = <Item>({ keys }: Language<Item>, key: string): FilterKey<Item> | undefined =>
  Object.hasOwn(keys, key) ? keys[key] : undefined;

/** `executor:http !status:failed "two words"`: words outside quotes end at white space. Small letters. */
function wordsOf<Item>(text: string, language: Language<Item>): Word[] {
  const found = text.toLowerCase().matchAll(/(?:[^\s"]|"[^"]*"?)+/g);
  return [...found].map(([raw]) => {
    const inverted = raw.startsWith('!');
    const typed = inverted ? raw.slice(1) : raw;
    const plain = typed.replaceAll('"', '');
    const [, key, value = ''] = /^([^:]+):(.*)$/s.exec(plain) ?? [];
    const quoted = typed.slice(0, typed.indexOf(':')).includes('"');
    const isKey = key !== undefined && (!quoted || keyOf(language, key) !== undefined);
    return { text: plain, inverted, key: isKey ? key : undefined, value };
  });
}

/**
 * Every word must hold. An unfinished one (`!`, `status:`) holds always, so typing never empties the
 * list; one that means nothing (`filterProblem`) never does.
 */
export function filterBy<Item>(text: string, language: Language<Item>): (item: Item) => boolean {
  const tests = wordsOf(text, language).flatMap(({ text: word, inverted, key, value }) => {
    if (word === '' || (key !== undefined && value === '' && keyOf(language, key))) return [];
    const holds =
      key === undefined
        ? (item: Item) => language.word(item, word)
        : (keyOf(language, key)?.test(value) ?? (() => inverted));
    return [(item: Item) => holds(item) !== inverted];
  });
  return (item) => tests.every((holds) => holds(item));
}

/** Whether one of its words looks into what this key is of. */
export const looksInto = <Item>(text: string, key: string, language: Language<Item>): boolean =>
  wordsOf(text, language).some((word) => word.key === key && word.value !== '');

/**
 * Whether all that `after` lets through `before` lets through too, as when a word gets longer: what it
 * finds is among what was found. False where that cannot be told at a glance.
 */
export function narrows<Item>(before: string, after: string, language: Language<Item>): boolean {
  const old = wordsOf(before, language);
  const now = wordsOf(after, language);
  return old.every((word, at) => {
    const longer = now[at];
    if (longer === undefined || longer.key !== word.key || longer.inverted !== word.inverted)
      return false;
    if (word.text === longer.text) return true;
    // A word that was inverted lets through the more the longer it is; one with a key begins or is part of it.
    return !word.inverted && longer.text.startsWith(word.text);
  });
}

/**
 * What is wrong with a filter, in a sentence; null when it means something. A `finished` one has to
 * say what it began; while one types it may be on its way.
 */
export function filterProblem<Item>(
  text: string,
  language: Language<Item>,
  finished = false,
): string | null {
  for (const word of wordsOf(text, language)) {
    const problem = wordProblem(word, language, finished);
    if (problem !== null) return problem;
  }
  return null;
}

function wordProblem<Item>(word: Word, language: Language<Item>, finished: boolean): string | null {
  const { text, inverted, key, value } = word;
  const assigned = /^([a-z]+)=(.*)$/s.exec(text);
  if (key === undefined && assigned && keyOf(language, assigned[1]!))
    return `${text} is not a filter: a colon follows its key, for example ${assigned[1]}:${assigned[2]}`;
  if (key === undefined) return finished && inverted && text === '' ? 'a word must follow !' : null;
  const known = keyOf(language, key);
  if (known === undefined) return unknownKey(key, Object.keys(language.keys));
  if (value === '') return finished ? `${key}: needs a value` : null;
  const { values } = known;
  if (values === undefined || values.some((whole) => whole.startsWith(value))) return null;
  return `${key}: takes one of ${values.join(', ')}, not ${value}`;
}

function unknownKey(key: string, keys: readonly string[]): string {
  const near = nearest(key, keys);
  const hint = near === undefined ? '' : ` Did you mean ${near}: ?`;
  const all = keys.map((known) => `${known}:`).join(' ');
  return `${key}: is not a filter.${hint} Filters are ${all}; quotes keep a colon in a word.`;
}
