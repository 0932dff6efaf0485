/**
 * How much one job may be. Dkron takes jobs of 4 MB (its gRPC messages), which its JSON may spell
 * with six letters a byte; nobody writes a thousand levels or a hundred thousand values by hand.
 */
export const jobBounds = { bytes: 32_000_000, depth: 1_000, values: 100_000 } as const;

/** A text as short as this cannot be too deep for anything. */
const harmless = 4_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/** Why the JSON of a job is too much to be worked with; undefined when it is not. */
export const tooMuch = (text: string): string | undefined =>
  text.length > jobBounds.bytes
    ? `is larger than ${jobBounds.bytes / 1_000_000} MB`
    : tooManyIn(text, jobBounds.values);

/** Why JSON of any size is too much to be worked with: nested too deeply, or of too many values. */
export function tooManyIn(text: string, mostValues: number): string | undefined {
  if (text.length <= harmless) return undefined;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === comma) values++;
    // The brackets and the braces, which differ in one bit.
    else if ((code | 0x20) === 0x7b) depth++;
    else if ((code | 0x20) === 0x7d) depth--;
    if (depth > jobBounds.depth) return `is nested more than ${jobBounds.depth} levels deep`;
    if (values > mostValues) return `has more than ${mostValues} values`;
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at++;
  }
  return at;
}
