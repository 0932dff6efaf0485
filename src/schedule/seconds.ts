/** The very seconds in which a schedule fires. */
import { inParts, matchingMinutes, searchedRuns } from './firings.ts';
import { secondsFromInstant } from './instant.ts';
import { neverMatches } from './never.ts';
import { firstFrom } from './next.ts';
import { valuesOf } from './print.ts';
import type { FieldSchedule, Schedule } from './schedule.ts';

/** A stretch of time, `from` ≤ t < `to`, in seconds since 1970. */
export interface Seconds {
  readonly from: number;
  readonly to: number;
}

/**
 * Visits every second, in order, in which a schedule fires. `anchor` is a second at which an interval
 * fires: without one it is not known when it does, and nothing is visited.
 */
export function firingSeconds(
  schedule: Schedule,
  { from, to }: Seconds,
  visit: (second: number) => void,
  anchor?: number,
): void {
  switch (schedule.kind) {
    case 'fields':
      fieldSeconds(schedule, { from, to }, visit);
      return;
    case 'every': {
      if (anchor === undefined) return;
      const { interval } = schedule;
      for (let run = firstFrom(interval, anchor, from); run < to; run += interval) visit(run);
      return;
    }
    case 'at':
    case 'after': {
      const at = secondsFromInstant(schedule.at);
      if (at < from || at >= to) return;
      visit(at);
      if (schedule.kind === 'after') visit(at);
      return;
    }
    case 'manually':
      return;
  }
}

function fieldSeconds(
  schedule: FieldSchedule,
  { from, to }: Seconds,
  visit: (second: number) => void,
): void {
  const { fields } = schedule;
  if (neverMatches(fields)) return;
  const seconds = valuesOf(fields.second);
  const search = (start: number, end: number, enough = end): number =>
    searchedRuns(schedule, start, end, (runs) => runs.forEach(visit), enough);
  inParts(
    schedule,
    { from, to },
    (offset, start, end) => {
      if (offset % 60 !== 0) return void search(start, end);
      matchingMinutes(fields, offset, start, end, (minute) => {
        for (const second of seconds)
          if (minute + second >= start && minute + second < end) visit(minute + second);
      });
    },
    (start, enough) => search(start, to, enough),
  );
}
