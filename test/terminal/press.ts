import { graphemesOf } from '../../src/terminal/graphemes.ts';
import type { Key } from '../../src/terminal/keys.ts';

/** A key by its name; a name of one grapheme types itself. */
export function keyOf(name: string, coalesced = false): Key {
  if (name === 'space') return { name, text: ' ', coalesced };
  const types = [...graphemesOf(name)].length === 1;
  return { name, coalesced, ...(types ? { text: name } : {}) };
}
