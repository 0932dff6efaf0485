/** Text put in the place of other text, also in JSON and in the JSON inside its strings, which stays JSON. */
import { applyEdits, type Edit } from 'jsonc-parser';
import { holdsJson, isJson } from './check.ts';
import { escaped, escapePlaces } from './inner.ts';
import { type JsonToken, jsonTokens } from './tokens.ts';

export interface Substituted {
  readonly text: string;
  /** How many places were written over. */
  readonly count: number;
  /** JSON, there or inside one of its strings, that is none any more. */
  readonly broke: boolean;
}

/** Finds what is to be written over in a text, in order and apart from each other. */
export type Find = (text: string) => readonly Edit[];

/**
 * In JSON each string is searched as it reads, the names too, and written back with the escapes that
 * it needs; all else stays byte for byte. What is found across strings, a number say, is written over
 * as it stands, unless a string that it touches was changed by itself.
 */
export function substitute(text: string, find: Find): Substituted {
  const { edits, broke } = search(text, find);
  return { text: applyEdits(text, [...edits]), count: edits.length, broke };
}

interface Searched {
  readonly edits: readonly Edit[];
  readonly broke: boolean;
}

function search(text: string, find: Find): Searched {
  if (!holdsJson(text)) return { edits: find(text), broke: false };
  const strings = jsonTokens(text).filter(({ kind }) => kind === 'string');
  const searched = strings.map((token) => searchString(token, find));
  const across = find(text).filter(isAcross(strings, searched));
  const edits = [...searched.flatMap((one) => one.edits), ...across];
  const brokeHere = across.length > 0 && !isJson(applyEdits(text, edits));
  return { edits, broke: brokeHere || searched.some(({ broke }) => broke) };
}

/** In places of the outer text. */
function searchString(token: JsonToken, find: Find): Searched {
  const { edits, broke } = search(JSON.parse(token.text) as string, find);
  if (edits.length === 0) return { edits, broke };
  const places = escapePlaces(token);
  const outer = edits.map(({ offset, length, content }): Edit => {
    const start = places[offset]!;
    return { offset: start, length: places[offset + length]! - start, content: escaped(content) };
  });
  return { edits: outer, broke };
}

/** Asked in the order of the text: whether what was found reaches beyond one string, and touches none that changed. */
function isAcross(
  strings: readonly JsonToken[],
  searched: readonly Searched[],
): (found: Edit) => boolean {
  let first = 0;
  return ({ offset, length }) => {
    const end = offset + length;
    while (first < strings.length && strings[first]!.end <= offset) first++;
    const token = strings[first];
    if (token !== undefined && token.start < offset && end < token.end) return false;
    for (let at = first; at < strings.length && strings[at]!.start < end; at++)
      if (searched[at]!.edits.length > 0) return false;
    return true;
  };
}
