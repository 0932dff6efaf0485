/** `REGEX=TEXT`: how a replacement is written, and what it finds. */
import type { Edit } from 'jsonc-parser';
import { UsageError } from '../../base/errors.ts';
import { maskWords } from '../../job/mask.ts';
import type { Find } from '../../json/substitute.ts';
import type { Replacement } from './policy.ts';

/**
 * Reads `REGEX=TEXT`. The first `=` divides them; one that belongs to the expression is written `\=`.
 * Throws UsageError.
 */
export function readReplacement(words: string): Replacement {
  const [all, written = ''] = /^((?:\\.|[^\\=])*)=/su.exec(words) ?? [];
  if (all === undefined) throw wrong(words, 'it has no =', 'Write REGEX=TEXT.');
  const pattern = written.replace(/\\(.)/gsu, (pair, escaped) => (escaped === '=' ? '=' : pair));
  const text = words.slice(all.length);
  const groups = groupsOf(words, pattern);
  const unknown = groupsIn(text).find((group) => !groups.has(group));
  if (unknown !== undefined)
    throw wrong(words, `its expression has no group ${unknown}`, 'A dollar itself is written $$.');
  return { pattern, text };
}

/** Names and numbers of what an expression finds in parentheses. */
function groupsOf(words: string, pattern: string): Set<string> {
  try {
    const nothing = new RegExp(`${pattern}|`, 'u').exec('')!;
    if (new RegExp(pattern, 'u').test(''))
      throw wrong(words, 'its expression also finds nothing at all', 'Name what is to be found.');
    return new Set([...nothing.keys(), ...Object.keys(nothing.groups ?? {})].map(String));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, why = error.message] = /.*: (.*)$/s.exec(error.message) ?? [];
    throw wrong(
      words,
      `its expression cannot be read: ${why}`,
      String.raw`A = in it is written \=; . ? + * ( ) [ ] { } | and / stand for themselves behind a \.`,
    );
  }
}

const wrong = (words: string, why: string, next: string): UsageError =>
  new UsageError(`--replace ${maskWords(words)}: ${why}`, { data: 'Nothing was written.', next });

/** What a text refers to; `$12` may be the first group and a 2. */
const reference = /\$(?:(?<number>[1-9]\d?)|<(?<name>[^>]*)>|(?<sign>[$&]))/g;

const groupsIn = (text: string): string[] =>
  [...text.matchAll(reference)].flatMap(({ groups }) => {
    const { number, name } = groups!;
    return number === undefined ? (name ?? []) : number[0]!;
  });

/** What a replacement writes over. */
export function finderOf({ pattern, text }: Replacement): Find {
  const expression = new RegExp(pattern, 'gu');
  return (value) =>
    [...value.matchAll(expression)]
      .filter(([found]) => found !== '')
      .map(
        (match): Edit => ({
          offset: match.index,
          length: match[0].length,
          content: filled(text, match),
        }),
      );
}

const filled = (text: string, match: RegExpMatchArray): string =>
  text.replace(reference, (...all: unknown[]) => {
    const { number, name, sign } = all.at(-1) as Readonly<Record<string, string | undefined>>;
    if (sign !== undefined) return sign === '$' ? '$' : match[0];
    if (name !== undefined) return match.groups![name] ?? '';
    const whole = Number(number) < match.length;
    return (
      (match[whole ? Number(number) : Number(number![0])] ?? '') + (whole ? '' : number!.slice(1))
    );
  });
