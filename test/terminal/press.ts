import type { Key } from '../../src/terminal/keys.ts';

/** A key by its name; a name of one grapheme types itself. */
export function keyOf(name: string, coalesced = false): Key {
  if (name === 'space') return { name, text: ' ', coalesced };
  const types = [...new Intl.Segmenter().segment(name)].length === 1;
  return { name, coalesced, ...(types ? { text: name } : {}) };
}
