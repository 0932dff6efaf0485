import { CorruptFile } from '../base/errors.ts';
import { converted, foreignEncoding } from '../config/encoding.ts';
import { nameOf, wholeInput } from '../config/input.ts';
import type { Io } from './io.ts';

/** What Dkron takes for a whole job. */
const most = 4 << 20;

/**
 * The text of a file, or of standard input for `-`: UTF-8, 4 MB at most. Throws NotFound, CorruptFile
 * for another encoding, OperatorError for what is too large or cannot be read.
 */
export async function readText(io: Io, file: string): Promise<string> {
  const bytes = await wholeInput(file, io.stdin, most);
  const encoding = foreignEncoding(bytes);
  if (encoding === undefined) return bytes.toString().replace(/^\ufeff/, '');
  throw new CorruptFile(`${nameOf(file)} is not UTF-8 text; it looks like ${encoding}`, {
    data: 'Nothing was written.',
    next: converted(encoding),
  });
}
