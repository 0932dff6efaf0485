/** Whose clock the times of the screens are told by. */
import type { Job } from '../job/job.ts';
import { parseSchedule, zoneCalled, zoneError } from '../schedule/index.ts';
import { contextOf, type ReadBy } from './schedule-context.ts';

/** The choices that one key goes through; beside them any name of the time zone database. */
export const zoneChoices = ['local', 'job', 'utc'] as const;

let local: string | undefined;

/** The operator's own zone: as the environment says (TZ), else the machine. Asking Node for it the first time takes 10 ms. */
export const localZone = (): string =>
  (local ??= new Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Where times are told by: the operator's own zone is asked for only where it is told by. */
export const placeOf = (serverZone: string): Around['setting'] => ({
  serverZone,
  get localZone() {
    return localZone();
  },
});

/** What times and schedules are read by. */
export interface Around extends ReadBy {
  /** Whose clock times are told by: one of the choices, or a zone's name. */
  readonly zone: string;
  readonly setting: {
    /** The zone the Dkron process runs in; its API does not tell. */
    readonly serverZone: string;
    /** The operator's own zone. */
    readonly localZone: string;
  };
}

/** The zone that is shown, by its name. Without a job "the job's" is the server's own. */
export function zoneOfTimes(around: Around, job?: Job | null): string {
  const { zone, setting } = around;
  if (zone === 'utc') return 'UTC';
  if (zone === 'local') return setting.localZone;
  return zone === 'job' ? zoneOfJob(around, job) : zone;
}

/** Where the job's schedule is read: its prefix, its time zone, or the server's own. */
function zoneOfJob(around: Around, job: Job | null | undefined): string {
  if (!job) return around.setting.serverZone;
  const parsed = parseSchedule(job.schedule, contextOf(around, job));
  if (parsed.valid && parsed.schedule.kind === 'fields') return parsed.schedule.zone;
  return zoneError(job.timezone) === undefined && job.timezone !== ''
    ? job.timezone
    : around.setting.serverZone;
}

/** `times in Europe/Paris, yours`. */
export function zoneText(around: Around, job?: Job | null): string {
  const whose: Readonly<Record<string, string>> = {
    local: ', yours',
    job: job ? ', the job’s' : ', the server’s',
  };
  return `times in ${zoneOfTimes(around, job)}${whose[around.zone] ?? ''}`;
}

/** The next choice that shows other times; undefined when all of them are the same zone. */
export function nextZone(around: Around, job: Job | null): string | undefined {
  const at = zoneChoices.indexOf(around.zone as (typeof zoneChoices)[number]);
  const shown = zoneOfTimes(around, job);
  return zoneChoices
    .map((_, step) => zoneChoices[(at + 1 + step) % zoneChoices.length]!)
    .find((zone) => zoneOfTimes({ ...around, zone }, job) !== shown);
}

/** What the words of `:zone` and `--zone` mean; undefined for no zone. Letter case does not matter. */
export function zoneNamed(text: string): string | undefined {
  const wanted = text.toLowerCase();
  const choice = zoneChoices.find((zone) => zone === wanted);
  return choice ?? zoneCalled(text);
}
