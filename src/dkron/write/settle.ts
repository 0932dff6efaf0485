/** Changes that a program sent and did not live to see the end of: what became of them is looked at, never tried again. */
import { type OperatorError, OutcomeUnknown } from '../../base/errors.ts';
import type { Job, JobText } from '../../job/job.ts';
import type { Journal } from '../../journal/entry.ts';
import type { Dkron } from '../client.ts';
import { type Looking, lookAgain } from './reread.ts';
import { arrived } from './send.ts';

/** A change that may have happened. */
export interface Doubt {
  /** The journal's id of it. */
  readonly id: string;
  readonly name: string;
  /** What the server had; null for no such job. */
  readonly before: JobText | null;
  /** What it was to have; null for nothing. */
  readonly wanted: Job | null;
}

export interface Settling extends Looking {
  readonly journal: Journal;
}

/**
 * Reads the jobs again until the server shows each change, as after any write, and notes in the journal which ones it
 * shows. Gives their names; the others are not there, and stay in the journal as what may have happened. Throws
 * OutcomeUnknown while the server cannot be read, and OperatorError when the journal cannot be written.
 */
export async function settle(
  client: Dkron,
  doubts: readonly Doubt[],
  { journal, ...looking }: Settling,
): Promise<string[]> {
  const expected = doubts.map(
    ({ name, before, wanted }) =>
      [name, (now: JobText | null) => arrived(before, wanted, now)] as const,
  );
  const looks = await lookAgain(client, new Map(expected), { ...looking, isLost: true });
  for (const { now, failure } of looks.values())
    if (now === undefined) throw unseen(client, doubts.length, failure);
  const there = doubts.filter(({ name }) => looks.get(name)?.holds);
  const at = new Date(looking.clock.now()).toISOString();
  await Promise.all(
    there.map(({ id, name }) =>
      journal.after({ id, at, outcome: 'written', after: looks.get(name)?.now?.text ?? null }),
    ),
  );
  return there.map(({ name }) => name);
}

const unseen = (client: Dkron, count: number, cause: OperatorError | undefined): OutcomeUnknown =>
  new OutcomeUnknown(
    `${client.url} does not tell yet what became of ${count === 1 ? 'a change' : `${count} changes`} that may have been written${cause ? `: ${cause.message}` : ''}`,
    { data: 'Nothing was sent.', next: 'Try again when it can be read.', cause },
  );
