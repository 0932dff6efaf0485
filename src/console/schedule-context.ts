import type { Job } from '../job/job.ts';
import type { Around } from '../job/lint/lint.ts';
import { parentsOf } from '../job/parent.ts';
import { instantFromMillis, type ScheduleContext } from '../schedule/index.ts';
import { memo } from '../view/memo.ts';
import type { JobsData, Setting, State } from './model.ts';

/** What a schedule means depends on: the job it stands in, and this server. */
export const contextOf = (
  { setting, server }: Pick<State, 'server'> & { readonly setting: Pick<Setting, 'serverZone'> },
  { name, timezone, parent_job }: Pick<Job, 'name' | 'timezone' | 'parent_job'>,
): ScheduleContext => ({
  name,
  timezone,
  hasParent: parent_job !== '',
  serverTimezone: setting.serverZone,
  ...(server === null ? {} : { version: server.version }),
});

/** What the checks of a job judge it by: now, on this server, among its jobs. */
export const aroundOf = ({ setting, server, now, jobs }: State): Around =>
  aroundAt(setting, server?.version, Math.floor(now / minute), jobs.byName);

/** The same for a minute: what is found then need not be found again at every key. */
const minute = 60_000;

const aroundAt = memo(
  (
    { serverZone }: Setting,
    version: string | undefined,
    minutes: number,
    byName: JobsData['byName'],
  ): Around => ({
    now: instantFromMillis(minutes * minute),
    version,
    serverZone,
    // Few jobs have a parent to look for, and there may be a hundred thousand of them.
    get parents() {
      return parentsIn(byName);
    },
  }),
);

const parentsIn = memo((byName: JobsData['byName']) =>
  parentsOf([...byName.values()].map(({ job }) => job)),
);
