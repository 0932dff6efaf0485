/** An operation of which a part was written, as a program leaves it that was killed. */
import type { Places } from '../../src/config/places.ts';
import type { Job } from '../../src/job/job.ts';
import { openJournal } from '../../src/journal/file.ts';
import type { RestorePlan } from '../../src/plan/model.ts';
import { openUnfinished } from '../../src/plan/unfinished/store.ts';
import { keptAt } from './kept.ts';
import { ask } from './servers.ts';

interface Interruption {
  readonly operation?: string;
  readonly title?: string;
  readonly plan: RestorePlan;
  /** Written, and its outcome noted. */
  readonly noted?: readonly string[];
  /** Written, and nobody learnt of it. */
  readonly written?: readonly string[];
  /** Noted in the journal before it was to be sent, and never sent. */
  readonly unsent?: readonly string[];
}

/** At the cluster that answered there last. */
export async function interrupted(
  places: Places,
  url: string,
  {
    operation = 'op',
    title = 'Write some jobs',
    plan,
    noted = [],
    written = [],
    unsent = [],
  }: Interruption,
): Promise<void> {
  const kept = await keptAt(places, url);
  const cluster = { id: 'c', name: 'c' };
  const begin = openUnfinished(kept.unfinished).begin(title, { cluster, url, version: '4.1.2' });
  const names = new Set(plan.items.map(({ name }) => name));
  const end = await begin({ operation, plan, names, safety: null });
  const journal = openJournal(kept.journal);
  for (const name of [...noted, ...written, ...unsent]) {
    const { job, kind } = plan.items.find((item) => item.name === name)!;
    const before = await text(url, name);
    const isDelete = kind === 'delete';
    const id = `${operation}-${name}`;
    const at = new Date().toISOString();
    const change = isDelete
      ? ({ action: 'delete', sent: null } as const)
      : ({ action: 'write', sent: JSON.stringify(job) } as const);
    await journal.before({ id, operation, at, server: url, job: name, before, ...change });
    if (unsent.includes(name)) continue;
    if (isDelete) await ask(`${url}/v1/jobs/${name}`, 'DELETE');
    else await ask<Job>(`${url}/v1/jobs`, 'POST', job);
    if (noted.includes(name))
      await journal.after({ id, at, outcome: 'written', after: await text(url, name) });
  }
  await end([
    { name: '', outcome: 'written', message: '' },
    { name: '', outcome: 'skipped', message: '', open: true },
  ]);
}

/** Null for no such job. */
async function text(url: string, name: string): Promise<string | null> {
  const response = await fetch(`${url}/v1/jobs/${name}`);
  return response.ok ? response.text() : null;
}
