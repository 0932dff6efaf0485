import { basename } from 'node:path';
import type { CorruptFile } from '../../base/errors.ts';
import type { Job } from '../../job/job.ts';
import { noJobs } from './errors.ts';
import { type Found, type FoundJob, isJob, type Unreadable } from './found.ts';
import { placeText } from './position.ts';

/** The jobs of files, each name once, and what stands there besides. */
export interface JobsRead {
  readonly jobs: readonly Job[];
  /** One for each name, or for each place where the name cannot be known. */
  readonly unreadable: readonly Unreadable[];
  /** The exact text of each job, by its name; none unless they were asked for. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface Gathering {
  add(found: Found): void;
  read(): JobsRead;
}

/** What can be told in the end; a file with more is damaged as a whole, or has no end. */
const most = 1000;

export interface GatherOptions {
  /** Keeps the exact text of each job, of which all together may be as large as the file. */
  readonly texts?: boolean;
  /** What is kept of a job; what it defines unless told. */
  readonly as?: (found: FoundJob) => Job;
  /** Length of all jobs together beyond which nothing is held any more. */
  readonly most?: number;
}

/** Gathers what files hold. A name that is there twice is left to the operator: only they can choose. */
export function gatherJobs({
  texts = false,
  as = ({ job }) => job,
  most: holdable = Number.POSITIVE_INFINITY,
}: GatherOptions = {}): Gathering {
  /** Without its text, of which all together may be more than memory. */
  const kept = (found: Found): Found =>
    isJob(found) ? { ...found, job: as(found), text: texts ? found.text : '' } : found;
  const named = new Map<string, Found>();
  const nameless: Unreadable[] = [];
  let troubles = 0;
  let size = 0;

  function trouble(found: Found): void {
    if (++troubles > most)
      throw noJobs(
        `${placeText(placesOf(found)[0]!)}: more than ${most} jobs up to here cannot be read, or are there twice`,
        'Use another copy.',
      );
  }

  return {
    add(found) {
      if (isJob(found)) size += found.text.length;
      if (size > holdable) throw tooMany(found, holdable);
      const name = isJob(found) ? found.job.name : found.name;
      const before = name === null ? undefined : named.get(name);
      if (before !== undefined || !isJob(found)) trouble(found);
      if (name !== null) named.set(name, before ? together(name, before, found) : kept(found));
      else if (!isJob(found)) nameless.push(found);
    },
    read: () => ({
      jobs: [...named.values()].flatMap((found) => (isJob(found) ? [found.job] : [])),
      texts: new Map(
        [...named].flatMap(([name, found]) =>
          texts && isJob(found) ? [[name, found.text] as const] : [],
        ),
      ),
      unreadable: [...named.values(), ...nameless].flatMap((found) =>
        isJob(found) ? [] : [found],
      ),
    }),
  };
}

const tooMany = (found: Found, most: number): CorruptFile =>
  noJobs(
    `${placeText(placesOf(found)[0]!)}: the jobs up to here are more than ${most >> 20} MB, which is more than can be worked with at once`,
    'Split the file: a snapshot has one job a line.',
  );

const placesOf = (found: Found) => (isJob(found) ? [found.place] : found.places);

/** Two of one name: neither can be taken, whether they can be read or not. */
function together(name: string, before: Found, after: Found): Unreadable {
  const places = [...placesOf(before), ...placesOf(after)];
  const why = `the name is there ${places.length} times, and only you know which job is right`;
  return { name, places, why, foreign: false };
}

const shown = 4;

/** Where and why, as a plan says it. */
export function reasonOf({ places, why }: Unreadable): string {
  const more = places.length - shown;
  const where = places.slice(0, shown).map(placeText).join('; ');
  return `${where}${more > 0 ? `; and ${more} more` : ''}: ${why}`;
}

/** What stands for the name where none can be known. */
export function labelOf({ name, places: [place] }: Unreadable): string {
  return name ?? `${basename(place!.file)}:${place!.line}:${place!.column}`;
}
