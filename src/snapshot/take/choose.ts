/** A part of the server's jobs, by their names or by the console's filter. */
import { andMore } from '../../base/counted.ts';
import { NotFound } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { parseFilter } from '../../job/filter.ts';
import type { Job } from '../../job/job.ts';
import { standingOf } from '../../job/status.ts';
import type { Oversight } from '../../oversight/once.ts';
import type { Choice } from './take.ts';

/** Some names, or else a filter of which it is known that it means something. */
export type Wanted =
  | { readonly names: readonly string[]; readonly filter: null }
  | { readonly names: readonly []; readonly filter: string; readonly oversight: Oversight };

export interface Chosen {
  readonly choose: Choice;
  /** The server; its list ends with NotFound where what was chosen is not in it. */
  readonly dkron: Dkron;
}

/** What to take a snapshot with that holds these jobs only, and all of them. */
export async function chosenOf(dkron: Dkron, wanted: Wanted, signal: AbortSignal): Promise<Chosen> {
  const isWanted = await testOf(dkron, wanted, signal);
  const found = new Set<string>();
  const keep = (job: Job): boolean => {
    const kept = isWanted(job);
    if (kept) found.add(job.name);
    return kept;
  };
  return {
    choose: { chosen: { filter: wanted.filter, names: [...new Set(wanted.names)] }, keep },
    dkron: {
      ...dkron,
      async *jobBytes(reading) {
        yield* dkron.jobBytes(reading);
        checkFound(dkron.url, wanted, found);
      },
    },
  };
}

async function testOf(dkron: Dkron, wanted: Wanted, signal: AbortSignal) {
  if (wanted.filter === null) {
    const all = new Set(wanted.names);
    return ({ name }: Job): boolean => all.has(name);
  }
  const holds = parseFilter(wanted.filter);
  // Few backups ask how jobs stand, and all wait for what they load.
  const { standingsFor } = await import('../../oversight/once.ts');
  const standings = await standingsFor(dkron, wanted.filter, wanted.oversight, signal);
  return (job: Job): boolean => holds(job, standingOf(standings, job.name));
}

function checkFound(url: string, { names, filter }: Wanted, found: ReadonlySet<string>): void {
  const missing = [...new Set(names)].filter((name) => !found.has(name));
  if (missing.length > 0)
    throw new NotFound(
      `${url} has no ${missing.length === 1 ? 'job' : 'jobs'} ${andMore(missing, told)}`,
      {
        data: 'Nothing was written.',
        next: "Check the names: 'dkron-tui jobs' lists what is there.",
      },
    );
  if (filter !== null && found.size === 0)
    throw new NotFound(`no job of ${url} matches the filter ${filter}`, {
      data: 'Nothing was written.',
      next: `'dkron-tui jobs' takes the same filter, and shows what it lets through.`,
    });
}

const told = 5;
