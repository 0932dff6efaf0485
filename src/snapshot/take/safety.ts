/** A snapshot of some jobs, taken before an operation that changes them. */
import { basename } from 'node:path';
import { explain, OperatorError } from '../../base/errors.ts';
import { privateFolder } from '../../config/files.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { JobText } from '../../job/job.ts';
import { withOnly } from './only.ts';
import type { TakeOptions } from './take.ts';
import { takeSnapshot } from './take.ts';

export interface SafetyOptions extends Pick<TakeOptions, 'cluster' | 'now'> {
  readonly dkron: Dkron;
  /** Where the snapshots of the cluster are; made where it is not there. */
  readonly folder: string;
}

/**
 * What saves jobs, as they were just read, for an operation of the journal, and gives the name of the
 * snapshot. Throws OperatorError where it cannot, and then nothing is left behind.
 */
export const safetyIn =
  ({ dkron, folder, ...options }: SafetyOptions) =>
  async (jobs: readonly JobText[], operation: string): Promise<string> => {
    try {
      const to = { folder: await privateFolder(folder) };
      const texts = jobs.map(({ text }) => text);
      const taken = { ...options, kind: 'safety', operation } as const;
      const { path } = await takeSnapshot(withOnly(dkron, texts), to, taken);
      return basename(path);
    } catch (error) {
      throw error instanceof OperatorError ? notKept(error) : error;
    }
  };

const notKept = (cause: OperatorError): OperatorError => {
  const [why, , next] = explain(cause);
  return new OperatorError(`the safety snapshot cannot be taken: ${why}`, {
    data: 'Nothing was sent, so nothing was changed: jobs are saved before several are changed at once.',
    next: `${next === undefined ? '' : `${next} `}A command with --no-safety goes without; the journal can still undo it.`,
    cause,
  });
};
