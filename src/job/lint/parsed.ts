/** Schedules as they are read, once for all checks that look at them. */
import { type ParsedSchedule, parseSchedule, type ScheduleContext } from '../../schedule/index.ts';

const known = new Map<string, ParsedSchedule>();
const mostKnown = 10_000;

export function parsedOnce(spec: string, context: ScheduleContext): ParsedSchedule {
  const { name, timezone, serverTimezone, version, hasParent } = context;
  // Only `~` makes something of the name.
  const named = spec.includes('~') ? name : '';
  const key = JSON.stringify([spec, named, timezone, serverTimezone, version, hasParent]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const parsed = parseSchedule(spec, context);
  if (known.size >= mostKnown) known.clear();
  known.set(key, parsed);
  return parsed;
}
