import { durationText } from '../../src/schedule/go-duration.ts';
import { nanosPerSecond, rfc3339FromInstant } from '../../src/schedule/instant.ts';
import { printFields } from '../../src/schedule/print.ts';
import type { Schedule } from '../../src/schedule/schedule.ts';

/**
 * A schedule in its normal form, free of the job it stood in: zone written as a prefix, names as
 * numbers, lists as ranges and steps. Equal normal forms run at the same instants.
 */
export function printSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'fields':
      return `CRON_TZ=${schedule.zone} ${printFields(schedule.fields)}`;
    case 'every':
      return `@every ${durationText(schedule.interval)}`;
    case 'at':
      return `@at ${rfc3339FromInstant(schedule.at)}`;
    case 'after': {
      const at = rfc3339FromInstant(schedule.at);
      // A grace beyond 64 bits wraps around below zero: it is over before it starts.
      return schedule.grace < 0n ? `@at ${at}` : `@after ${at} <${graceText(schedule.grace)}`;
    }
    case 'manually':
      return '@manually';
  }
}

function graceText(nanos: bigint): string {
  const seconds = nanos / nanosPerSecond;
  const fraction = (nanos % nanosPerSecond).toString().padStart(9, '0').replace(/0+$/, '');
  return `PT${seconds}${fraction && `.${fraction}`}S`;
}
