/** The first line of the file of an operation under way: what it is, to be had without reading all of its plan. */
import * as z from 'zod/mini';
import { CorruptFile } from '../../base/errors.ts';
import { firstLine } from '../../config/first-line.ts';

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

/** Reads the first line only. Throws CorruptFile, and rejects as the file system does. */
export async function headOf(path: string): Promise<Unfinished> {
  const read = shape.safeParse(await firstLine(path));
  if (read.success) {
    const { format: _, ...head } = read.data;
    return head;
  }
  throw new CorruptFile(`${path} is not an operation of this program`, {
    data: 'What it may have begun cannot be finished from it.',
    next: 'Look at it, and remove it.',
  });
}
