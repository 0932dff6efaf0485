import type { ScheduleContext } from '../schedule/index.ts';
import type { State } from './model.ts';

/** What a schedule means depends on: the job it stands in, and this server. */
export const contextOf = (
  { setting, server }: Pick<State, 'setting' | 'server'>,
  name: string,
  timezone: string,
): ScheduleContext => ({
  name,
  timezone,
  serverTimezone: setting.serverZone,
  ...(server === null ? {} : { version: server.version }),
});
