import { fields } from '../../job/fields.ts';

const names = fields.map(({ name }) => name).join('|');
const jobStart = new RegExp(`\\{[ \\t\\r\\n]*"(?:${names})"[ \\t\\r\\n]*:`, 'g');

/**
 * Where, in an object that is not JSON, the next job begins: in front of a brace and the name of a
 * field that are no value (`:`) and not the first of a list (`[`). No string holds them, because a
 * quote in a string has a backslash; and nothing in a job is a list of objects. Undefined when there is none.
 */
export function nextJobIn(bytes: Uint8Array): number | undefined {
  // It is near as a rule: what may be a long rest is made a text of in ever larger parts.
  for (let end = step; ; end *= 8) {
    const found = nextJobWithin(bytes, Math.min(end, bytes.length));
    if (found !== undefined || end >= bytes.length) return found;
  }
}

const step = 1 << 12;

function nextJobWithin(bytes: Uint8Array, end: number): number | undefined {
  // One character a byte, so that offsets are the same.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('latin1');
  jobStart.lastIndex = 1;
  for (let found = jobStart.exec(text); found; found = jobStart.exec(text)) {
    let before = found.index - 1;
    while (before > 0 && ' \t\r\n'.includes(text[before]!)) before--;
    if (!':['.includes(text[before]!)) return found.index;
  }
  return undefined;
}
