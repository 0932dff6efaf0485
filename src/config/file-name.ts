import { createHash } from 'node:crypto';

/** Small letters only: `A` and `a` are one file on the disks of many machines. */
const plain = /^[a-z0-9_-][a-z0-9._-]*(?<!\.)$/;
/** Devices of Windows, whatever comes behind a dot. */
const device = /^(?:con|prn|aux|nul|(?:com|lpt)\d)(?:\.|$)/;
/** Room for a hash, an ending and what an editor adds, within the 255 bytes of most file systems. */
const longest = 100;

/**
 * Any text as the name of a file: a job's name, an id, an address. It is one part of a path and never
 * leads out of a folder; two texts never share a name. Plain text stays as it is, of any other what is
 * plain stays readable, with a hash behind a `~`, which no plain text has.
 *
 * @param text what the name is made of.
 * @param whole what makes it unique, where `text` is less than that.
 */
export function fileName(text: string, whole: string = text): string {
  const isPlain = plain.test(text) && text.length <= longest && !device.test(text);
  if (isPlain && whole === text) return text;
  // As UTF-16: in UTF-8 all lone surrogates would be the same.
  const hash = createHash('sha256').update(Buffer.from(whole, 'utf16le')).digest('hex');
  const readable = text
    .slice(0, longest)
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-');
  return `${readable.slice(0, longest)}~${hash.slice(0, 16)}`;
}
