/** The first line of the file of an operation under way: what it is, to be had without reading all of its plan. */
import { open } from 'node:fs/promises';
import * as z from 'zod/mini';
import { CorruptFile } from '../../base/errors.ts';

const shape = z.object({
  format: z.literal(1),
  /** What the journal calls it. */
  operation: z.string(),
  /** When it was begun, RFC 3339. */
  at: z.iso.datetime(),
  /** What it does, as the question said it. */
  title: z.string(),
  /** How many jobs were to be changed. */
  jobs: z.number(),
  /** The name of the snapshot that was taken before; null for none. */
  safety: z.nullable(z.string()),
});

export type Unfinished = Omit<z.infer<typeof shape>, 'format'>;

/** With the end of its line. */
export const headText = ({ operation, at, title, jobs, safety }: Unfinished): string =>
  `${JSON.stringify({ format: 1, operation, at, title, jobs, safety })}\n`;

/** A title has some words, and at most a path. */
const longest = 1 << 14;

/** Reads the first line only. Throws CorruptFile, and rejects as the file system does. */
export async function headOf(path: string): Promise<Unfinished> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longest), 0, longest, 0);
    const read = shape.safeParse(jsonOf(buffer.toString('utf8', 0, bytesRead).split('\n')[0]!));
    if (read.success) {
      const { format: _, ...head } = read.data;
      return head;
    }
    throw new CorruptFile(`${path} is not an operation of this program`, {
      data: 'What it may have begun cannot be finished from it.',
      next: 'Look at it, and remove it.',
    });
  } finally {
    await file.close();
  }
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
