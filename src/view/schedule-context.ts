/** What a schedule means beyond its text. */
import type { Job } from '../job/job.ts';
import type { ScheduleContext } from '../schedule/index.ts';

/** The server that reads a schedule: its own zone, and its version where that is known. */
export interface ReadBy {
  readonly setting: { readonly serverZone: string };
  readonly server: { readonly version: string } | null;
}

/** What a schedule means depends on: the job it stands in, and this server. */
export const contextOf = (
  { setting, server }: ReadBy,
  { name, timezone, parent_job }: Pick<Job, 'name' | 'timezone' | 'parent_job'>,
): ScheduleContext => ({
  name,
  timezone,
  hasParent: parent_job !== '',
  serverTimezone: setting.serverZone,
  ...(server === null ? {} : { version: server.version }),
});
