/** The options of `backup`, and what they mean together. */
import type { Command } from 'commander';
import { UsageError } from '../base/errors.ts';
import type { Oversight } from '../oversight/once.ts';
import { labelOf } from '../snapshot/archive/label.ts';
import type { Wanted } from '../snapshot/take/choose.ts';
import { type ExecutionFlags, executionOptions } from './backup-executions.ts';
import { checkedFilter } from './jobs.ts';
import { also } from './several.ts';

export interface BackupFlags extends ExecutionFlags {
  readonly label?: string;
  readonly job: readonly string[];
  readonly filter?: string;
  readonly skipIfUnchanged?: boolean;
  readonly scheduled?: boolean;
  readonly quiet?: boolean;
  readonly gzip?: boolean;
  readonly zstd?: boolean;
}

export const wishOptions = (command: Command): Command =>
  executionOptions(
    command
      .option('--label <text>', 'what it is called in lists, and in its name where it gets one')
      .option('--job <name>', 'only this job; may be given several times', also, [])
      .option('--filter <words>', 'only jobs that the filter of the console lets through')
      .option('--skip-if-unchanged', 'write nothing where the newest snapshot there holds the same')
      .option('--scheduled', 'a timetable takes it: prune counts it apart from those taken by hand')
      .option('--gzip', 'compress it; a FILE says so by its ending, .gz')
      .option('--zstd', 'compress it with zstd; a FILE says so by its ending, .zst')
      .option('--quiet', 'print nothing when all is well'),
  );

/** What is to be saved, how, and what is said of it. */
export interface Wish {
  readonly label?: string;
  /** All jobs without it. */
  readonly wanted: Wanted | null;
  readonly kind: 'hand' | 'scheduled';
  readonly skip: boolean;
  readonly quiet: boolean;
  readonly packed: 'gz' | 'zst' | null;
  /** Null: no executions. */
  readonly executions: ExecutionFlags | null;
}

/** Throws UsageError before anything is asked. */
export function wishOf(flags: BackupFlags, oversight: Oversight): Wish {
  const { label, job, filter, skipIfUnchanged, scheduled, quiet, withExecutions } = flags;
  if (filter !== undefined && job.length > 0)
    throw new UsageError('--job and --filter say two ways which jobs to save', {
      data: 'Nothing was written.',
      next: 'Give the names, or the filter.',
    });
  if (filter !== undefined) checkedFilter(filter);
  return {
    ...(label !== undefined && { label: labelOf(label) }),
    wanted:
      filter !== undefined ? { names: [], filter, oversight } : job.length > 0 ? named(job) : null,
    kind: scheduled === true ? 'scheduled' : 'hand',
    skip: skipIfUnchanged === true,
    quiet: quiet === true,
    packed: packedBy(flags),
    executions: withExecutions === true ? flags : null,
  };
}

function packedBy({ gzip, zstd }: BackupFlags): Wish['packed'] {
  if (gzip && zstd)
    throw new UsageError('--gzip and --zstd are two ways to compress one file', {
      data: 'Nothing was written.',
      next: 'Give one of them.',
    });
  return gzip ? 'gz' : zstd ? 'zst' : null;
}

const named = (names: readonly string[]): Wanted => ({ names, filter: null });

/** Standard output has no manifest beside it, and no snapshot before it. */
export function checkForOutput({
  label,
  skipIfUnchanged,
  scheduled,
  withExecutions,
  gzip,
  zstd,
}: BackupFlags): void {
  const needs = [
    ['--label', label],
    ['--skip-if-unchanged', skipIfUnchanged],
    ['--scheduled', scheduled],
    ['--with-executions', withExecutions],
    ['--gzip', gzip],
    ['--zstd', zstd],
  ].find(([, value]) => value !== undefined);
  if (needs !== undefined)
    throw new UsageError(`${needs[0]} needs a file, and '-' is standard output`, {
      data: 'Nothing was written.',
      next: 'Name a file or a folder.',
    });
}

/** The name of a file says how it is written, and how it is read again. */
export function packedFile(file: string, packed: Wish['packed']): string {
  if (packed === null || file.toLowerCase().endsWith(`.${packed}`)) return file;
  throw new UsageError(`${file} does not end in .${packed}, by which it would be read again`, {
    data: 'Nothing was written.',
    next: `Call it ${file}.${packed}: the ending is enough, without an option.`,
  });
}
