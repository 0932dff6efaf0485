/** With whom the schedule that is typed starts in the same second, and what is calmer. */
import { hostOf } from '../../../job/host.ts';
import type { Job } from '../../../job/job.ts';
import { judgedDay } from '../../../job/stampede.ts';
import {
  type Calm,
  instantFromSeconds,
  type ParsedSchedule,
  phaseOf,
  worstOf,
} from '../../../schedule/index.ts';
import { bold, type Line, plain, quiet, toned } from '../../../view/line.ts';
import { clockText } from '../../../view/run-times.ts';
import { type ClockOf, calmerText, joinText } from '../../../view/stampede.ts';
import type { Counted } from '../../state/crowd.ts';

export interface TypedFor {
  readonly seen: Job;
  readonly spec: string;
  readonly parsed: Extract<ParsedSchedule, { valid: true }>;
  /** ms since the epoch. */
  readonly now: number;
  readonly serverZone: string;
}

/** From so many in one second on it is coloured. */
const many = 10;

/** `counted` is null while the jobs are counted, `calm` while a calmer schedule is looked for. */
export function stampedeLines(
  { seen, spec, parsed, now, serverZone }: TypedFor,
  counted: Counted | null,
  calm: Calm | null,
): Line[] {
  const { schedule } = parsed;
  const within = judgedDay(parsed, seen, now);
  if (within === null) return [];
  if (counted === null) return [[label('joins'), quiet('counting who else starts then…')]];
  const about = { host: hostOf(seen), schedule };
  // What is saved begins a new interval; what is there goes on.
  const anchor = spec === seen.schedule ? phaseOf(seen) : undefined;
  const place = worstOf(counted.crowd, schedule, within, anchor);
  const clock: ClockOf = (second) =>
    clockText(
      instantFromSeconds(second),
      schedule.kind === 'fields' ? schedule.zone : serverZone,
      now,
    );
  const text = joinText(place, about, clock);
  const instead = [calm?.calmest, calm?.hash].filter((other) => other != null);
  return [
    [label('joins'), place && place.jobs >= many ? toned(text, 'attention') : plain(text)],
    ...instead.map(
      (other, at): Line => [
        at === 0 ? bold('   ctrl-t  ') : label('    or'),
        plain(calmerText(other, about)),
      ],
    ),
  ];
}

const label = (text: string) => quiet(`   ${text.padEnd(8)}`);
