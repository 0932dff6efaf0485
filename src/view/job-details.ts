/** Everything Dkron knows about a job, grouped as an operator thinks. */

import type { Job } from '../job/job.ts';
import type { Told } from '../job/run-times/told.ts';
import { lastRun, nextOf } from '../job/runs.ts';
import { serverTime } from '../job/time.ts';
import { parseSchedule, type Schedule, wordsOf } from '../schedule/index.ts';
import { foundLines, type JudgedBy } from './findings.ts';
import { group, labelWidth, optional } from './groups.ts';
import { requestLines } from './job-request.ts';
import { type Line, plain, quiet, type Span, toned } from './line.ts';
import { memo } from './memo.ts';
import { contextOf } from './schedule-context.ts';
import { rfc3339, shortSpan } from './short.ts';
import { skewAgainst } from './skew.ts';
import { type Around as Zones, zoneOfTimes } from './zones.ts';

const map = (values: Record<string, string> | null): string =>
  Object.entries(values ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join('  ');

/** What the lines say beside the job itself: when and by whom it is read, and how high the screen is. */
interface Around extends Zones, Pick<JudgedBy, 'now' | 'nodes'> {
  /** A long body shows its head only; 0 for no screen. */
  readonly rows: number;
}

/** What is known beyond the server's answer. */
interface Beside {
  /** How far this machine's clock is ahead of the server's, ms. */
  readonly skew: number;
  /** Which drafts there are of it, in words; empty for none. */
  readonly drafts: string;
  /** What is wrong with when it runs: a label, and lines below each other; null for nothing. */
  readonly trouble?: { readonly label: string; readonly lines: readonly string[] } | null;
  /** How long its runs take; null where that is not known. */
  readonly takes?: Told | null;
  /** It is of a snapshot: the next run is counted from now, and what Dkron said of it then is over. */
  readonly past: boolean;
}

/**
 * All groups of a job in lines of at most `columns` cells, its body pretty-printed. While its
 * schedule is `edited` the words for it stand in the editor.
 */
export const detailLines = (
  { now, rows, setting, server, nodes, zone }: Around,
  job: Job,
  columns: number,
  { skew, drafts, past, trouble = null, takes = null }: Beside = {
    skew: 0,
    drafts: '',
    past: false,
  },
  edited = false,
): readonly Line[] =>
  lines(
    job,
    columns,
    edited,
    now,
    rows,
    setting,
    server,
    nodes,
    zone,
    skewAgainst(skew),
    drafts,
    past,
    trouble?.label ?? '',
    trouble?.lines.join('\n') ?? '',
    takes?.usual ?? '',
    takes?.wrong.join('\n') ?? '',
  );

/** A key asks for them more than once: to know how many there are, and to show them. */
const lines = memo(
  (
    job: Job,
    columns: number,
    edited: boolean,
    now: number,
    rows: number,
    setting: Around['setting'],
    server: Around['server'],
    nodes: Around['nodes'],
    zone: string,
    against: string | null,
    drafts: string,
    past: boolean,
    label: string,
    trouble: string,
    usual: string,
    tooLong: string,
  ): readonly Line[] => {
    const around: Around = { now, rows, setting, server, nodes, zone };
    return [
      ...group('Schedule', scheduleLines(around, job).slice(0, edited ? 1 : 2)),
      ...optional('Drafts', drafts, columns),
      ...troubleLines(label, trouble, columns),
      ...group('Next', [nextLine(around, job, past), ...skewLines(against)]),
      ...requestLines(job, columns, Math.max(4, Math.floor(rows / 4))),
      ...group('Beware', foundLines(job, around, Math.max(10, columns - labelWidth - 2))),
      ...group('Policy', [policy(job)]),
      ...group('Owner', owner(job)),
      ...group('Family', family(job)),
      ...group('Runs', [counts(job, now)]),
      ...takesLines(usual, tooLong, columns),
      ...optional('Tags', map(job.tags), columns),
      ...optional('Metadata', map(job.metadata), columns),
      ...optional('Processors', processors(job), columns),
      ...optional('Shown as', job.displayname, columns),
      ...optional('Window', period(around, job), columns),
    ];
  },
);

const takesLines = (usual: string, tooLong: string, columns: number): Line[] => [
  ...optional('Takes', usual, columns),
  ...tooLong
    .split('\n')
    .flatMap((text) => optional('', text, columns))
    .map(([head, ...line]): Line => [head!, ...line.map((span) => toned(span.text, 'attention'))]),
];

/** The firing stands out; why, and what helps, is read after it. */
const troubleLines = (label: string, text: string, columns: number): Line[] =>
  optional(label, text.replace(/\n.*/s, ''), columns)
    .map(([head, ...line]): Line => [head!, ...line.map((span) => toned(span.text, 'bad'))])
    .concat(optional('', text.replace(/^.*(\n|$)/, '').replaceAll('\n', ' · '), columns));

/** What is stored, and what it means in words. */
function scheduleLines(state: Around, job: Job): Line[] {
  if (job.parent_job !== '') return [[plain(`after ${job.parent_job} succeeds`)]];
  const parsed = parseSchedule(job.schedule, contextOf(state, job));
  const words = parsed.valid ? wordsOf(parsed.schedule) : '';
  const zone = parsed.valid ? zoneText(parsed.schedule, state) : job.timezone;
  return [
    [plain(job.schedule), quiet(zone === '' ? '' : `   ${zone}`)],
    ...(words === '' ? [] : [[quiet(words)]]),
  ];
}

/** Whose clock the six fields are read by, where the schedule does not say it itself. */
function zoneText(schedule: Schedule, { setting }: Around): string {
  if (schedule.kind !== 'fields' || schedule.zoneFrom === 'prefix') return '';
  return schedule.zoneFrom === 'job'
    ? schedule.zone
    : `server's zone (assumed: ${setting.serverZone})`;
}

function nextLine(state: Around, job: Job, past: boolean): Line {
  const next = nextOf(job, state.now, state.setting.serverZone, state.server?.version);
  if (next.kind === 'disabled') return [quiet('disabled: it does not run')];
  if (next.kind === 'after') return [quiet('runs after its parent, not on a schedule')];
  if (next.kind === 'never') return [quiet('no scheduled runs')];
  if (next.kind === 'invalid') return [toned('this Dkron version cannot run this schedule', 'bad')];
  return [
    plain(`in ${shortSpan(next.at - state.now)}`),
    quiet(`  ${rfc3339(next.at, zoneOfTimes(state, job))}`),
    ...(past ? [quiet('  counted from now')] : disagreement(state, job, next.at)),
  ];
}

const skewLines = (against: string | null): Line[] =>
  against === null ? [] : [[toned(`by this machine's clock, which is ${against}`, 'attention')]];

/** Where Dkron's own `next` is another: it computes that at saves and runs only (store.go SetJob). */
function disagreement(state: Around, job: Job, at: number): Line {
  const server = serverTime(job.next)?.getTime();
  if (server === undefined || Math.abs(server - at) < 1_500) return [];
  const why =
    job.timezone !== '' && lastRun(job) === null
      ? 'it ignores the time zone until the first run'
      : 'as of the last save or run';
  const said = rfc3339(server, zoneOfTimes(state, job));
  return [toned(`  Dkron says ${said}: ${why}`, 'attention')];
}

function policy(job: Job): Line {
  const parts: Span[] = [
    plain(job.retries === 0 ? 'no retries' : `retries ${job.retries}`),
    plain(job.concurrency === 'forbid' ? ' · forbid overlap' : ' · overlap allowed'),
  ];
  if (job.disabled) parts.push(toned(' · disabled', 'attention'));
  if (job.ephemeral) parts.push(toned(' · deleted after its first success', 'attention'));
  return parts;
}

function owner(job: Job): Line[] {
  if (job.owner === '' && job.owner_email === '') return [];
  return [[plain(job.owner), quiet(job.owner_email === '' ? '' : ` <${job.owner_email}>`)]];
}

function family(job: Job): Line[] {
  const children = job.dependent_jobs ?? [];
  if (job.parent_job === '' && children.length === 0) return [];
  return [
    [
      quiet('parent '),
      plain(job.parent_job || '–'),
      quiet('   then '),
      plain(children.join(', ') || '–'),
    ],
  ];
}

function counts(job: Job, now: number): Line {
  const ago = (text: string | null): string => {
    const at = serverTime(text)?.getTime();
    return at === undefined ? 'never' : `${shortSpan(now - at)} ago`;
  };
  return [
    plain(`${job.success_count} ok`),
    quiet(`, last ${ago(job.last_success)}   `),
    job.error_count > 0 ? toned(`${job.error_count} failed`, 'bad') : plain('0 failed'),
    quiet(`, last ${ago(job.last_error)}`),
  ];
}

const processors = (job: Job): string =>
  Object.entries(job.processors ?? {})
    .map(([name, config]) => `${name}(${map(config)})`)
    .join('  ');

function period(around: Around, job: Job): string {
  const zone = zoneOfTimes(around, job);
  const at = (word: string, text: string | null | undefined): string => {
    const time = serverTime(text);
    return time ? `${word} ${rfc3339(time.getTime(), zone)}` : '';
  };
  return [at('from', job.starts_at), at('until', job.expires_at)].filter(Boolean).join(' ');
}
