/** The other cluster of a command that has two: its jobs are read, and nothing is changed there. */
import { type Command, Option } from 'commander';
import type { Answering } from '../cluster/one.ts';
import { calledOf } from '../config/target.ts';
import { type Live, readLive } from '../dkron/live.ts';
import type { Elsewhere } from '../snapshot/diff/open.ts';
import { withDkron } from './connect.ts';
import { type Invocation, invocationAt } from './invocation.ts';
import { withCluster } from './with-cluster.ts';

export interface SourceFlags {
  readonly fromUrl?: string;
  readonly fromContext?: string;
}

/** Adds `--from-url` and `--from-context`, or those with `to`; `what` is what the cluster is for. */
export const clusterOptions = (command: Command, side: 'from' | 'to', what: string): Command =>
  command
    .addOption(
      new Option(
        `--${side}-url <url>`,
        `${what} what the cluster at this address has now`,
      ).conflicts(`${side}Context`),
    )
    .option(
      `--${side}-context <name>`,
      'the same of the cluster of that name in the file of contexts',
    );

/** What these options name; undefined for nothing. */
export const clusterNamed = (url?: string, context?: string): Elsewhere | undefined =>
  url !== undefined ? { url } : context !== undefined ? { context } : undefined;

/** The command as it would be on the other cluster; null where the line names none. */
export function sourceOf(
  command: Command,
  { fromUrl, fromContext }: SourceFlags,
): Invocation | null {
  const named = clusterNamed(fromUrl, fromContext);
  return named === undefined ? null : invocationAt(command, named, '--from-url');
}

/** A cluster that jobs are taken from. */
export interface SourceCluster extends Answering {
  readonly live: Live;
  /** What programs are told of it. */
  readonly about: Readonly<Record<string, unknown>>;
}

/**
 * Works with what another cluster has now. Throws OtherCluster where a context does not lead to its own
 * cluster any more.
 */
export const withElsewhere = <T>(
  source: Invocation,
  work: (from: SourceCluster) => Promise<T>,
): Promise<T> =>
  withCluster(source, 'change', async (dkron, { target, here, io }) =>
    work({
      dkron,
      live: await readLive(dkron, { signal: io.signal }),
      called: calledOf(target, dkron),
      about: { server: dkron.url, context: target.context, cluster: here.id },
    }),
  );

/** Works with the Dkrons of several places at once, in their order; each is connected to when it is first asked. */
export async function withEach<T>(
  [place, ...others]: readonly Invocation[],
  work: (reached: readonly Answering[]) => Promise<T>,
): Promise<T> {
  if (place === undefined) return work([]);
  return withDkron(place, (dkron) =>
    withEach(others, (reached) =>
      work([{ dkron, called: calledOf(place.target, dkron) }, ...reached]),
    ),
  );
}
