/**
 * V8 from 13 on (Node 24 and 26) can take a name that is written with an escape (`"\t"`, `"a\"b"`, and Dkron
 * writes `<`, `>` and `&` as `\u003c` and so on) for another, once it has read an object with that other name:
 * two jobs' tags would be mixed up. It compares the escape itself, so that what it takes it for has a `\`.
 */

type Parse = (text: string) => unknown;

/** Whether a name that was read may be another. */
export const isDoubtful = (name: string): boolean => name.includes('\\');

const none = (): boolean => false;

/** What `parse` makes of a text, each name in it for itself. It may be asked twice; leaves have no names. */
export function parseNames(
  text: string,
  parse: Parse = JSON.parse,
  isLeaf: (value: object) => boolean = none,
): unknown {
  const value = parse(text);
  if (!text.includes('\\') || !hasDoubtful(value, isLeaf)) return value;
  return unveiled(parse(veiled(text)), isLeaf);
}

/** Without calling itself: a text may nest deeper than calls can. */
function hasDoubtful(value: unknown, isLeaf: (value: object) => boolean): boolean {
  const left = typeof value === 'object' && value !== null ? [value] : [];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (isLeaf(one)) continue;
    if (!Array.isArray(one) && Object.keys(one).some(isDoubtful)) return true;
    for (const inner of Object.values(one))
      if (typeof inner === 'object' && inner !== null) left.push(inner);
  }
  return false;
}

/** A string; the colon tells a name. */
const strings = /"(?:[^"\\]|\\.)*"(\s*:)?/gs;

/** The text with each name as the hexadecimal numbers of its UTF-16 units: nothing in it is escaped. */
const veiled = (text: string): string =>
  text.replace(strings, (string, colon?: string) =>
    colon === undefined
      ? string
      : `"${hex(JSON.parse(string.slice(0, -colon.length)) as string)}"${colon}`,
  );

const hex = (name: string): string =>
  Array.from({ length: name.length }, (_, at) => `u${name.charCodeAt(at).toString(16)}`).join('');

const nameOf = (veil: string): string =>
  veil
    .split('u')
    .slice(1)
    .map((unit) => String.fromCharCode(Number.parseInt(unit, 16)))
    .join('');

function unveiled(value: unknown, isLeaf: (value: object) => boolean): unknown {
  if (typeof value !== 'object' || value === null || isLeaf(value)) return value;
  if (Array.isArray(value)) return value.map((one) => unveiled(one, isLeaf));
  return Object.fromEntries(
    Object.entries(value).map(([veil, one]) => [nameOf(veil), unveiled(one, isLeaf)]),
  );
}
