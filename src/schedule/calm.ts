/** Where a schedule would have less company: another minute nearby, or the number that `~` makes of the name. */
import { type Crowd, type Place, worstOf } from './crowd.ts';
import { supports } from './features.ts';
import { parseSchedule, type ScheduleContext } from './parse.ts';
import { printField, printFields, valuesOf } from './print.ts';
import type { FieldSchedule } from './schedule.ts';
import type { Seconds } from './seconds.ts';
import { fieldPieces } from './six-fields.ts';

/** A schedule to take instead, and the worst that it joins. */
export interface Calmer {
  /** As it would be typed. */
  readonly schedule: string;
  /** `~` is replaced in it. */
  readonly effective: string;
  readonly place: Place;
}

export interface Calm {
  /** Null where no minute nearby is calmer. */
  readonly calmest: Calmer | null;
  /** With `~`; null where this Dkron has none, it would not stand for one number, or is not calmer. */
  readonly hash: Calmer | null;
}

export const noCalm: Calm = { calmest: null, hash: null };

export interface Typed {
  readonly spec: string;
  readonly context: ScheduleContext;
  /** The day by which it is judged. */
  readonly within: Seconds;
}

/** How far a minute may move. */
const reach = 30;

/** Looks for less company, step by step: a candidate a step. Each is read by the engine before it is told. */
export function* calming(crowd: Crowd, typed: Typed): Generator<void, Calm> {
  const { spec, context, within } = typed;
  const parsed = parseSchedule(spec, context);
  if (!parsed.valid || parsed.schedule.kind !== 'fields') return noCalm;
  const { schedule } = parsed;
  const here = worstOf(crowd, schedule, within);
  if (here === null || here.jobs === 1 || isReadElsewhere(schedule, context)) return noCalm;
  const name = movable(schedule);
  if (name === null) return noCalm;
  const limit: Weight = [here.jobs, here.sameHost, Number.NEGATIVE_INFINITY];
  let best: { readonly shifted: FieldSchedule; readonly weight: Weight } | null = null;
  for (const shifted of shifts(schedule, name)) {
    yield;
    const weight = weightOf(crowd, worstOf(crowd, shifted, within));
    if (isLess(weight, best?.weight ?? limit)) best = { shifted, weight };
  }
  const calmest =
    best && withField(schedule, spec, name, printField(name, best.shifted.fields[name]));
  const hash = canHash(typed, schedule, name) ? withField(schedule, spec, name, '~') : null;
  const readIf = (text: string | null): Calmer | null =>
    text === null ? null : read(crowd, typed, text);
  const hashed = readIf(hash);
  return {
    calmest: readIf(calmest),
    hash: hashed && isLess(weightOf(crowd, hashed.place), limit) ? hashed : null,
  };
}

const canHash = ({ spec, context }: Typed, { fields }: FieldSchedule, name: Movable): boolean =>
  valuesOf(fields[name]).length === 1 &&
  !spec.includes('~') &&
  (context.name ?? '') !== '' &&
  supports('hash', context.version);

type Movable = 'minute' | 'second';

/** The minute; of what runs in every one, the second. Null for what runs in every second, too. */
const movable = ({ fields }: FieldSchedule): Movable | null =>
  (['minute', 'second'] as const).find((name) => valuesOf(fields[name]).length < 60) ?? null;

/** `@daily` and its kin run by the server's clock, six fields by that of the job. */
const isReadElsewhere = (schedule: FieldSchedule, { timezone = '' }: ScheduleContext): boolean =>
  schedule.descriptor !== undefined && schedule.zoneFrom !== 'prefix' && timezone !== '';

/** The nearest first. Past the end of an hour it goes on at the start only where every hour is the same. */
function* shifts(schedule: FieldSchedule, name: Movable): Generator<FieldSchedule> {
  const { fields } = schedule;
  const field = fields[name];
  const values = valuesOf(field);
  const goesRound = name === 'second' || valuesOf(fields.hour).length === 24;
  const seen = new Set([values.join()]);
  for (let by = 1; by <= reach; by += 1)
    for (const each of [by, -by]) {
      const moved = values.map((value) => value + each);
      if (!goesRound && moved.some((value) => value < 0 || value > 59)) continue;
      const allowed = new Set(moved.map((value) => (value + 60) % 60));
      const key = [...allowed].sort((a, b) => a - b).join();
      if (seen.has(key)) continue;
      seen.add(key);
      const allows = Array.from({ length: 60 }, (_, value) => allowed.has(value));
      yield { ...schedule, fields: { ...fields, [name]: { ...field, allows } } };
    }
}

/** Jobs in the worst second, those to its host, and firings in the minute around it. */
type Weight = readonly [jobs: number, sameHost: number, minute: number];

function weightOf(crowd: Crowd, place: Place | null): Weight {
  if (place === null) return [Number.POSITIVE_INFINITY, 0, 0];
  const start = Math.floor(place.second / 60) * 60 - crowd.from;
  const minute = crowd.all.subarray(Math.max(0, start), start + 60);
  return [place.jobs, place.sameHost, minute.reduce((sum, count) => sum + count, 0)];
}

function isLess(a: Weight, b: Weight): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! < b[at]!;
}

/** One field another, all else as it was typed; `@daily` and its kin become six fields. */
function withField(schedule: FieldSchedule, spec: string, name: Movable, text: string): string {
  const prefix = /^(?:CRON_)?TZ=[^ ]* /.exec(spec)?.[0] ?? '';
  const written = schedule.descriptor === undefined ? spec : prefix + printFields(schedule.fields);
  const piece = fieldPieces(written)[name === 'second' ? 0 : 1]!;
  return written.slice(0, piece.start) + text + written.slice(piece.end);
}

function read(crowd: Crowd, { context, within }: Typed, spec: string): Calmer | null {
  const parsed = parseSchedule(spec, context);
  const place = parsed.valid ? worstOf(crowd, parsed.schedule, within) : null;
  return place && { schedule: spec, effective: parsed.effective, place };
}
