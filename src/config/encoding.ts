/** The encoding of bytes that are not UTF-8. */
import { isUtf8 } from 'node:buffer';

/**
 * The encoding that bytes are probably in, for people and for `iconv -f`; undefined for UTF-8. Only
 * the beginning tells UTF-16 and UTF-32, so it has to be among the bytes.
 */
export function foreignEncoding(bytes: Uint8Array): string | undefined {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return wide;
  if (isUtf8(bytes)) return undefined;
  // Windows puts quotes and the euro sign where Latin-1 has control characters.
  return bytes.some((byte) => byte >= 0x80 && byte < 0xa0) ? 'WINDOWS-1252' : 'ISO-8859-1';
}

/** UTF-16 and UTF-32 by their byte order mark, or by the zeros around ASCII. */
export function wideEncoding([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (a === 0 && b === 0 && (c === 0xfe || (c === 0 && d !== 0 && d !== undefined)))
    return 'UTF-32BE';
  if (a === 0 && b !== 0 && b !== undefined && c === 0) return 'UTF-16BE';
  return a !== 0 && a !== undefined && b === 0 && c !== 0 && c !== undefined
    ? 'UTF-16LE'
    : undefined;
}

/** How to get UTF-8 out of it. */
export const converted = (encoding: string): string =>
  `Convert it first: iconv -f ${encoding} -t UTF-8 FILE > NEW-FILE`;
