/** Where the jobs of a restore come from: a file of jobs, or another cluster. */
import { basename } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../base/errors.ts';
import { checkTwo } from '../../cluster/one.ts';
import { nameOf } from '../../config/input.ts';
import { calledOf } from '../../config/target.ts';
import type { Dkron } from '../../dkron/client.ts';
import { ofCluster, ofFiles, type Source } from '../../plan/source.ts';
import { readJobFiles } from '../../snapshot/file/read.ts';
import { damageOf } from '../../snapshot/verify/inside.ts';
import { snapshotFile } from '../archive.ts';
import type { Reached } from '../cluster.ts';
import type { Invocation } from '../invocation.ts';
import { printNote } from '../output.ts';
import { type SourceFlags, sourceOf, withElsewhere } from '../source.ts';
import { withCluster } from '../with-cluster.ts';

export interface Origin {
  readonly source: Source;
  /** As the plan and messages call it. */
  readonly called: string;
  /** The jobs that are asked for; none: all. */
  readonly names: readonly string[];
  /** What programs are told of it. */
  readonly about: Readonly<Record<string, unknown>>;
  /** Whether it is another cluster. */
  readonly from: boolean;
}

/**
 * Works with the jobs that the words of a command line mean, and with the cluster that they go to. A file
 * is read before any server is asked. Throws UsageError where nothing is named, or one cluster twice.
 */
export async function withOrigin<T>(
  command: Command,
  invocation: Invocation,
  words: readonly string[],
  flags: SourceFlags,
  work: (origin: Origin, dkron: Dkron, reached: Reached) => Promise<T>,
): Promise<T> {
  const other = sourceOf(command, flags);
  if (other !== null)
    return withElsewhere(other, (from) =>
      withCluster(invocation, 'change', async (dkron, reached) => {
        const here = { dkron, called: calledOf(reached.target, dkron) };
        await checkTwo(from, here, Date.now, { signal: invocation.io.signal });
        const { called, about, live } = from;
        const source = ofCluster(live);
        return work(
          { source, called, names: words, about: { from: about }, from: true },
          dkron,
          reached,
        );
      }),
    );
  const [word, ...names] = words;
  if (word === undefined) throw nothing;
  const file = await snapshotFile(invocation, word);
  const source = ofFiles(await readJobFiles([file], invocation.io.stdin));
  const damage = await damageOf(file);
  if (damage !== null && !invocation.json)
    printNote(invocation.io, `${damage}; 'dkron-tui verify ${file}' tells all of it`);
  const called = basename(nameOf(file));
  return withCluster(invocation, 'change', (dkron, reached) =>
    work({ source, called, names, about: { file }, from: false }, dkron, reached),
  );
}

const nothing = new UsageError('nothing is named to restore from', {
  data: 'nothing was written',
  next: "Name a snapshot ('dkron-tui restore latest'), a file, or another cluster with --from-url or --from-context.",
});
