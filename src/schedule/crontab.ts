import { type CronExpression, CronExpressionParser } from 'cron-parser';
import { daysInMonth, secondsPerDay } from './civil.ts';
import { type Dialect, readDialect } from './crontab-dialect.ts';
import { type Instant, instantFromMillis, millisFromInstant, nanosPerSecond } from './instant.ts';
import { runs } from './next.ts';
import { parseSchedule, withoutPrefix } from './parse.ts';
import { printValues } from './print.ts';

/** What becomes of a schedule written for another cron. */
export type Imported =
  /** Dkron takes it as it is. */
  | { readonly kind: 'dkron'; readonly schedule: string }
  /** Dkron runs this one at the same instants; so many runs of both engines were compared. */
  | {
      readonly kind: 'offer';
      readonly schedule: string;
      readonly changes: readonly string[];
      readonly compared: number;
    }
  /** Dkron lacks a part of it, or no cron knows it. */
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Reads another dialect (crontab's five fields and its line with a command, `7`, `L`, `@weekdays`,
 * long names, Quartz' seven fields) with cron-parser and offers the Dkron schedule that runs at the
 * same instants, proven by comparing the runs of both engines over the year after `from`.
 */
export function importCrontab(text: string, from: Instant): Imported {
  const spec = text.trim();
  const parsed = parseSchedule(spec, { name: 'job' });
  if (parsed.valid) return { kind: 'dkron', schedule: spec };
  if (/^@\w+ /.test(spec)) return none(withoutPrefix(parsed.error));
  const dialect = readDialect(spec);
  if ('lacks' in dialect) return none(dialect.lacks);
  const expression = dialect.fields.join(' ');
  const foreign = readForeign(expression, from);
  if ('error' in foreign) return none(`no cron knows this: ${foreign.error}`);
  const days = dkronDays(dialect.fields, foreign.parsed);
  if ('lacks' in days) return none(days.lacks);
  const schedule = [...dialect.fields.slice(0, 3), days.dom, dialect.fields[4], days.dow].join(' ');
  const compared = compareRuns(expression, schedule, from);
  if (compared === undefined) return none('no schedule of Dkron’s runs at the same instants');
  return offer(dialect, schedule, compared);
}

const none = (reason: string): Imported => ({ kind: 'none', reason });

function offer(
  { prefix, changes }: Exclude<Dialect, { lacks: string }>,
  fields: string,
  compared: number,
): Imported {
  const schedule = prefix === '' ? fields : `${prefix} ${fields}`;
  const parsed = parseSchedule(schedule);
  return parsed.valid ? { kind: 'offer', schedule, changes, compared } : none(parsed.error);
}

/** cron-parser's reading, runs after `from` in UTC; or its objection. */
function readForeign(
  expression: string,
  from: Instant,
): { parsed: CronExpression } | { error: string } {
  try {
    const currentDate = new Date(millisFromInstant(from));
    return { parsed: CronExpressionParser.parse(expression, { tz: 'UTC', currentDate }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The two day fields as Dkron writes them. */
function dkronDays(
  fields: readonly string[],
  { fields: read }: CronExpression,
): { dom: string; dow: string } | { lacks: string } {
  const [, , , dom = '', , dow = ''] = fields;
  if (dow.includes('#'))
    return { lacks: `Dkron has no #: it cannot say the second Friday of a month (${dow})` };
  if (/L/i.test(dow))
    return { lacks: `Dkron has no L: it cannot say the last Friday of a month (${dow})` };
  const lastDay = lastDayOf(read.month.values);
  if (/L/i.test(dom) && lastDay === undefined)
    return {
      lacks: `Dkron has no L: these months end on different days (${dom})`,
    };
  // In other crons 7 is Sunday too, and steps go on up to it.
  const days = new Set(read.dayOfWeek.values.map((day) => Number(day) % 7));
  const inOrder = [...days].sort((a, b) => a - b);
  return {
    dom: dom.replace(/L/i, String(lastDay)),
    dow: /[7/]/.test(dow) ? printValues(inOrder) : dow,
  };
}

/** The last day of all these months, if it is the same one every year. */
function lastDayOf(months: readonly number[]): number | undefined {
  const [commonYear, leapYear] = [2001, 2000];
  const lengths = new Set(
    months.flatMap((month) => [daysInMonth(commonYear, month), daysInMonth(leapYear, month)]),
  );
  return lengths.size === 1 ? [...lengths][0] : undefined;
}

const runsEach = 50;

/** The next 50 runs from each month of a year on, by both engines; undefined where they differ. */
function compareRuns(expression: string, schedule: string, from: Instant): number | undefined {
  const parsed = parseSchedule(schedule);
  if (!parsed.valid) return undefined;
  let compared = 0;
  for (let month = 0; month < 12; month += 1) {
    const start = from + BigInt(month * 30 * secondsPerDay) * nanosPerSecond;
    const foreign = readForeign(expression, start);
    if ('error' in foreign) return undefined;
    const theirs = foreignRuns(foreign.parsed, start);
    const ours = runs(parsed.schedule, start).take(theirs.length).toArray();
    if (ours.length < theirs.length || ours.some((run, index) => run !== theirs[index]))
      return undefined;
    compared += theirs.length;
  }
  return compared;
}

/** Up to 50 runs within the four years that hold every date; cron-parser throws where it gives up. */
function foreignRuns(expression: CronExpression, start: Instant): Instant[] {
  const end = start + BigInt(4 * 366 * secondsPerDay) * nanosPerSecond;
  const found: Instant[] = [];
  while (found.length < runsEach && expression.hasNext()) {
    const run = instantFromMillis(expression.next().getTime());
    if (run > end) break;
    found.push(run);
  }
  return found;
}
