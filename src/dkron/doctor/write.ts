/**
 * Whether this server lets us write, tried with a job of our own: disabled, run by hand only, and
 * under a name that no other job's begins with, because Dkron erases with a job the executions of
 * all whose names begin like its own. It is as large as the largest job there, so that a proxy that
 * refuses large requests shows; and it is deleted again. To write an existing job as it is would
 * start its `@every` anew and could undo what somebody else just changed.
 */
import { randomBytes } from 'node:crypto';
import { explain, OperatorError } from '../../base/errors.ts';
import type { Job } from '../../job/job.ts';
import { wholeJob } from '../../job/zero.ts';
import type { Door } from '../write/door.ts';
import type { WriteResult } from '../write/result.ts';
import { bad, type Check, ok } from './check.ts';

const probeName = (): string => `dkron-tui-doctor-${randomBytes(4).toString('hex')}`;

/** A job of about so many bytes. */
export function probeJob(name: string, bytes: number): Job {
  const job = wholeJob({
    name,
    schedule: '@manually',
    disabled: true,
    executor: 'shell',
    executor_config: { command: 'true' },
    metadata: { note: 'dkron-tui doctor --write made this job and deletes it again', padding: '' },
  });
  const more = bytes - JSON.stringify(job).length;
  return more <= 0 ? job : { ...job, metadata: { ...job.metadata, padding: 'x'.repeat(more) } };
}

export async function writeCheck(
  door: Door,
  largest: number,
  signal: AbortSignal,
  name: string = probeName(),
): Promise<Check> {
  const wanted = probeJob(name, largest);
  const [made] = await door.write([{ seen: null, wanted }], { signal });
  if (made?.outcome !== 'written') return notMade(made, name);
  const job = made.after?.job ?? wanted;
  const [gone] = await door.remove([job]);
  const size = JSON.stringify(wanted).length;
  if (gone?.outcome === 'written' || gone?.outcome === 'same')
    return ok('write', `a disabled job of ${size} bytes was created and deleted again (${name})`);
  const [why = ''] = gone && 'error' in gone ? explain(gone.error) : [];
  return bad(
    'write',
    `the job ${name} was created, but not deleted: ${why}`,
    `It is disabled and does nothing. Delete it: dkron-tui delete ${name}`,
    'unknown',
  );
}

function notMade(result: WriteResult | undefined, name: string): Check {
  const error =
    result && 'error' in result ? result.error : new OperatorError('nothing was written');
  const [why = '', ...more] = explain(error);
  const next =
    result?.outcome === 'unknown'
      ? `Look whether the job ${name} is there; it is disabled and does nothing. ${more.join(' ')}`
      : more.join(' ');
  return { ...bad('write', why, next.trim(), error.exit) };
}
