/** The table of how long what jobs fetch is kept: read when it is first needed, and again after a while. */
import type { Effect, State } from './model.ts';

/** How long a table is good for, ms: reading it may run a command. */
const goodFor = 600_000;

/** Asks for it where the context has one and what is there is old; `anew`: also where it is not. */
export function withTtls(state: State, anew = false): readonly [State, readonly Effect[]] {
  const { setting, ttls, now } = state;
  if (setting.lint?.ttl !== true) return [state, []];
  if (ttls !== undefined && !anew && now - ttls.at < goodFor) return [state, []];
  const asked = { table: ttls?.table ?? null, at: now };
  return [{ ...state, ttls: asked }, [{ type: 'read-ttls' }]];
}
