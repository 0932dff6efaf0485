/** The other cluster of a command that has two: its jobs are read, and nothing is changed there. */
import { type Command, Option } from 'commander';
import { UsageError } from '../base/errors.ts';
import { areOne } from '../cluster/one.ts';
import type { Target } from '../config/target.ts';
import type { Dkron } from '../dkron/client.ts';
import { type Live, readLive } from '../dkron/live.ts';
import type { Reached } from './cluster.ts';
import { withCluster } from './connect.ts';
import { type Invocation, invocationAt } from './invocation.ts';

export interface SourceFlags {
  readonly fromUrl?: string;
  readonly fromContext?: string;
}

export const sourceOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--from-url <url>',
        'take the jobs that the cluster at this address has now',
      ).conflicts('fromContext'),
    )
    .option(
      '--from-context <name>',
      'the same of the cluster of that name in the file of contexts',
    );

/** A cluster that jobs are taken from. */
export interface Elsewhere {
  readonly dkron: Dkron;
  readonly live: Live;
  /** As messages call it. */
  readonly called: string;
  /** What programs are told of it. */
  readonly about: Readonly<Record<string, unknown>>;
}

/** The command as it would be on the other cluster; null where the line names none. */
export function sourceOf(
  command: Command,
  { fromUrl, fromContext }: SourceFlags,
): Invocation | null {
  if (fromUrl !== undefined) return invocationAt(command, { url: fromUrl }, '--from-url');
  return fromContext === undefined ? null : invocationAt(command, { context: fromContext });
}

/**
 * Works with what another cluster has now. Throws OtherCluster where a context does not lead to its own
 * cluster any more.
 */
export const withElsewhere = <T>(
  source: Invocation,
  work: (from: Elsewhere) => Promise<T>,
): Promise<T> =>
  withCluster(source, 'change', async (dkron, { target, here, io }) =>
    work({
      dkron,
      live: await readLive(dkron, { signal: io.signal }),
      called: calledOf(target, dkron),
      about: { server: dkron.url, context: target.context, cluster: here.id },
    }),
  );

/** `PROD (http://dkron.example:8080)`; without a label the address alone. */
export const calledOf = ({ label }: Pick<Target, 'label'>, { url }: Pick<Dkron, 'url'>): string =>
  label === null ? url : `${label} (${url})`;

/** Throws UsageError where both are the same cluster: nothing could come from the one to the other. */
export async function checkTwo(from: Elsewhere, { io, target, here }: Reached, dkron: Dkron) {
  if (!(await areOne(from.dkron, dkron, Date.now, { signal: io.signal }))) return;
  throw new UsageError(
    `${from.called} and ${calledOf(target, dkron)} are the same cluster: ${here.name}`,
    {
      data: 'nothing was written',
      next: "Name two clusters: where the jobs come from with --from-url or --from-context, where they go with --url or --context. A port-forward may lead to another one than you think: 'dkron-tui doctor' tells what answers.",
    },
  );
}
