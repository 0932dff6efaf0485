/** With whom a schedule that is typed starts: counted once beside the keys, then looked up at each of them. */
import { atOnce } from '../src/base/steps.ts';
import { callersWith } from '../src/job/host.ts';
import {
  calming,
  countedFor,
  counting,
  dayOf,
  instantFromMillis,
  parseSchedule,
  worstOf,
} from '../src/schedule/index.ts';
import { nameOf } from './jobs.ts';
import { median, timed } from './measure.ts';
import type { Row } from './report.ts';

const count = 1_000;
const frame = 1_000 / 60;

const jobs = Array.from({ length: count }, (_, at) => ({
  name: nameOf(at),
  schedule: at % 5 === 0 ? '0 0 0 * * *' : `${at % 60} */${(at % 29) + 1} * * * *`,
  timezone: ['', 'Europe/Paris', 'UTC'][at % 3]!,
  disabled: false,
  parent_job: '',
  next: '',
  last_success: null,
  last_error: null,
  executor: 'http',
  executor_config: { url: `http://${at % 4 === 0 ? 'partners' : 'cache-manager'}/refresh/${at}` },
}));

/** The dearest that can be typed fires each second. */
const typed = ['0 0 0 * * *', '0 */5 * * * *', '* * * * * *'];

export async function measureStampede(): Promise<Row[]> {
  const context = { name: 'typed', serverTimezone: 'UTC' };
  const rows: Row[] = [];
  for (const spec of typed) {
    const parsed = parseSchedule(spec, context);
    if (!parsed.valid) throw new Error(spec);
    const { schedule } = parsed;
    const within = dayOf(schedule, instantFromMillis(Date.now()))!;
    const of = { ...countedFor(within), serverTimezone: 'UTC' };
    const steps = () => counting(jobs, of, callersWith(jobs[1]!));
    const crowd = atOnce(steps());
    const took = { counted: [] as number[], looked: [] as number[], calm: [] as number[] };
    for (let round = 0; round < 15; round++) {
      took.counted.push(await timed(() => void atOnce(steps())));
      took.looked.push(await timed(() => void worstOf(crowd, schedule, within)));
      took.calm.push(await timed(() => void atOnce(calming(crowd, { spec, context, within }))));
    }
    const row = (what: string, ours: readonly number[], aim?: Row['aim']): Row => ({
      measure: `${spec} among ${count} jobs: ${what}`,
      unit: 'ms',
      ours: median(ours),
      ...(aim && { aim }),
    });
    rows.push(
      row('looked up, as at each key', took.looked, { most: frame }),
      row('all counted, beside the keys', took.counted),
      row('a calmer one found, beside the keys', took.calm),
    );
  }
  return rows;
}
