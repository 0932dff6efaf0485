/** Plans as files. */
import { CorruptFile, OperatorError, UsageError } from '../../base/errors.ts';
import { exists } from '../../config/files.ts';
import { type Input, inputBytes, nameOf } from '../../config/input.ts';
import { unpacked } from '../../config/unpacked.ts';
import { saveSnapshot } from '../../snapshot/take/save.ts';
import type { PlanFile } from './plan-file.ts';
import { readPlan } from './read.ts';
import { planText, type TextOptions } from './write.ts';

/** Twice what a server was seen to bear, each job with what it was. */
const most = 1 << 30;

/**
 * Writes the plan as a file for its owner only, whole or not at all, packed where it is called `.gz` or
 * `.zst`. Throws OperatorError when that fails, and when something is there already.
 */
export async function savePlan(path: string, file: PlanFile, options?: TextOptions): Promise<void> {
  if (path === '' || path === '-')
    throw new UsageError('a plan is kept in a new file: give its name', {
      data: 'Nothing was written.',
    });
  if (await exists(path))
    throw new OperatorError(`${path} is already there; a plan never replaces a file`, {
      data: 'Nothing was written.',
      next: 'Give another name, or move that file away.',
    });
  const bytes = Buffer.from(planText(file, options));
  async function* parts() {
    yield { bytes, jobs: file.plan.items.length };
  }
  await saveSnapshot(path, parts());
}

/**
 * Reads a plan from a file, or from standard input for `-`. Throws NotFound, OperatorError for what cannot be
 * read, and CorruptFile for what is no plan.
 */
export async function loadPlan(path: string, stdin?: Input): Promise<PlanFile> {
  const name = nameOf(path);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of unpacked(name, inputBytes(path, stdin))) {
    size += part.length;
    if (size > most)
      throw new CorruptFile(
        `${name} is larger than ${most >> 20} MB, and no plan of this program`,
        {
          data: 'Nothing was written.',
          next: 'Check that this is the file you mean.',
        },
      );
    parts.push(part);
  }
  return readPlan(Buffer.concat(parts).toString(), name);
}
