/** One look at a cluster, as a command takes it: who should have run by what can be seen now. */
import { noneFor, ServerError } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { livingNodes } from '../dkron/nodes.ts';
import type { Execution } from '../dkron/shapes.ts';
import { asksHowLong, jobFilter } from '../job/filter.ts';
import { looksInto } from '../job/filter-language.ts';
import type { JobText } from '../job/job.ts';
import { type Standings, standingsOf, withPaces } from '../job/status.ts';
import { type JobTable, tableOf } from '../job/table.ts';
import { fillTimes } from './fill-times.ts';
import { type MissedFile, sightingsOf } from './kept.ts';
import type { KnownTimes, TimesFile } from './kept-times.ts';
import { createOverseer, type Overseer, type OverseerOptions } from './overseer.ts';
import { pacesOf } from './paces.ts';
import type { Sight } from './sight.ts';
import type { Sightings } from './sightings.ts';

export interface Overseen {
  readonly overseer: Overseer;
  readonly jobs: JobTable;
  /** By the server's clock, ms since the epoch. */
  readonly now: number;
  /** How the jobs stand by all that. */
  readonly standings: Standings;
  /** What runs; null where nobody could tell. */
  readonly busy: readonly Execution[] | null;
}

export interface OnceOptions extends Omit<OverseerOptions, 'sightings'> {
  /** What earlier programs know; asked for where something is wrong. Undefined: nothing. */
  readonly sightings?: () => Promise<Sightings | undefined>;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Executions of so many suspects are read at most, one after the other. */
  readonly suspects: number;
}

/** Whose grace and whose zone: a target has both. */
export interface Oversight extends Pick<OnceOptions, 'grace' | 'serverZone'> {
  /** What is kept of the cluster; nothing of it is told without. */
  readonly kept?: KeptSights;
}

/** What is kept of how jobs were seen, and of how long they take. */
export interface KeptSights {
  /** Null: it is not known which cluster answers. `isWanted`: to find out is worth requests. */
  readonly open: (dkron: Dkron, isWanted: boolean) => Promise<KeptFiles | null>;
  /** Of so many jobs that ran it is not known how long that took. */
  readonly unread: (count: number) => void;
  /** How long a command may read what it does not know, ms. */
  readonly budget: number;
}

export interface KeptFiles {
  readonly missed: MissedFile;
  readonly times: TimesFile;
}

/** A dead node makes Dkron think for ten seconds about what runs. */
const patience = 2_000;

/**
 * `listing`: all jobs, under way; what runs is asked for meanwhile, and where nothing is wrong by these
 * nothing more.
 */
export async function overseeOnce(
  dkron: Dkron,
  listing: Promise<readonly JobText[]>,
  options: OnceOptions,
): Promise<Overseen> {
  const { signal, now } = options;
  const begun = now();
  const at = (): number => now() - dkron.skew;
  const [listed, busy] = await Promise.all([listing, busyOf(dkron, signal)]);
  const jobs = tableOf(listed);
  const hasTags = jobs.rows.some(({ tags }) => tags !== null);
  const members = hasTags ? await dkron.members({ signal }).catch(noneFor) : null;
  const nodes = members === null ? undefined : livingNodes(members.value);
  const seen = { jobs, fresh: null, at: begun - dkron.skew, nodes, busy };
  const { grace, serverZone } = options;
  const first = createOverseer({ grace, serverZone });
  first.saw({ ...seen, leader: undefined, version: undefined });
  work(first, at());
  const isWell = first.suspect() === null && first.troubles().size === 0;
  const overseer = isWell ? first : await closer(dkron, seen, options);
  const standings = standingsOf(
    (busy ?? []).map(({ job_name }) => job_name),
    [...overseer.troubles()].map(([name, { state }]) => [name, state] as const),
  );
  return { overseer, jobs, standings, busy, now: at() };
}

/** How jobs stand, and how long they take as far as that is known. */
export interface StandingNow {
  readonly standings: Standings;
  readonly times: KnownTimes;
}

/**
 * For tables and filters, which wait for the executions of few suspects only; `isWanted`: how long jobs take
 * is asked for, and their executions are waited for, as long as the budget is.
 */
export async function standingsNow(
  dkron: Dkron,
  listing: Promise<readonly JobText[]>,
  { grace, serverZone, kept }: Oversight,
  signal: AbortSignal,
  isWanted: boolean,
): Promise<StandingNow> {
  const opening = kept === undefined ? null : kept.open(dkron, isWanted);
  const sightings = () => sightingsIn(opening);
  const look = { grace, serverZone, sightings, signal, now: Date.now, suspects: 5 };
  const [overseen, files] = await Promise.all([overseeOnce(dkron, listing, look), opening]);
  if (!kept || !files) return { standings: overseen.standings, times: new Map() };
  const file = files.times;
  const { jobs, now: at } = overseen;
  const { budget } = kept;
  const filled = isWanted
    ? await fillTimes(dkron, jobs.rows, { file, signal, now: Date.now, budget })
    : { times: await file.read(), unread: 0 };
  if (filled.unread > 0) kept.unread(filled.unread);
  const paces = pacesOf(jobs.rows, filled.times, overseen.busy ?? [], { at, serverZone });
  return { standings: withPaces(overseen.standings, paces), times: filled.times };
}

/** When jobs were seen by earlier programs. */
export async function sightingsIn(
  opening: Promise<KeptFiles | null> | null,
): Promise<Sightings | undefined> {
  const files = await opening;
  return files ? sightingsOf(await files.missed.read()) : undefined;
}

/** The same for a filter of jobs that are read elsewhere: nothing is asked that it does not look at. */
export const standingsFor = async (
  dkron: Dkron,
  filter: string,
  oversight: Oversight,
  signal: AbortSignal,
): Promise<Standings> =>
  looksInto(filter, 'status', jobFilter)
    ? (
        await standingsNow(
          dkron,
          Array.fromAsync(dkron.jobs({ signal })),
          oversight,
          signal,
          asksHowLong(filter),
        )
      ).standings
    : new Map();

/** What only the rest tells: who leads, which Dkron it is, what suspects have run, what was seen before. */
async function closer(
  dkron: Dkron,
  seen: Omit<Sight, 'leader' | 'version'>,
  options: OnceOptions,
): Promise<Overseer> {
  const { grace, serverZone, signal, now, suspects } = options;
  const at = (): number => now() - dkron.skew;
  const [server, leader, sightings] = await Promise.all([
    dkron.server({ signal }).catch(noneFor),
    dkron.leader({ signal }).catch(noneFor),
    options.sightings?.(),
  ]);
  const sight = {
    ...seen,
    leader: leader === null ? undefined : (leader.value?.Name ?? null),
    version: server?.value.version,
  };
  const overseer = createOverseer({ grace, serverZone, sightings });
  overseer.saw(sight);
  work(overseer, at());
  for (let read = 0; read < suspects; read++) {
    const name = overseer.suspect();
    if (name === null) break;
    const answer = await dkron.executions(name, { signal, outputLimit: 0 }).catch(noneFor);
    // Whether really nobody runs what has no end: it may have begun or ended meanwhile.
    overseer.saw({ ...sight, busy: await busyOf(dkron, signal) });
    overseer.told(name, answer?.value ?? null, at());
    work(overseer, at());
  }
  return overseer;
}

function work(overseer: Overseer, now: number): void {
  for (let next = overseer.work(now, Number.MAX_SAFE_INTEGER); next !== null && next <= now; )
    next = overseer.work(now, Number.MAX_SAFE_INTEGER);
}

async function busyOf(dkron: Dkron, signal: AbortSignal): Promise<readonly Execution[] | null> {
  const limit = AbortSignal.timeout(patience);
  try {
    return (await dkron.busy({ signal: AbortSignal.any([signal, limit]) })).value;
  } catch (error) {
    if (limit.aborted || error instanceof ServerError) return null;
    throw error;
  }
}
