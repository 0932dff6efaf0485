import { supports } from './features.ts';
import { type FieldName, fieldKinds, fieldNames, parseField } from './field.ts';
import { parseGoDuration } from './go-duration.ts';
import { type Piece, splitOnSpace, trimSpace } from './go-text.ts';
import { parseGoTime } from './go-time.ts';
import { nanosPerSecond } from './instant.ts';
import { parseGrace } from './iso-duration.ts';
import { Refusal, type Span } from './refusal.ts';
import type { FieldSchedule, Schedule } from './schedule.ts';
import { replaceTilde } from './tilde.ts';
import { zoneError } from './zone.ts';

/** What a schedule means depends on: the job it stands in, and the server it is sent to. */
export interface ScheduleContext {
  /** The job's name; `~` is made of it. */
  readonly name?: string;
  /** The job's own `timezone`. */
  readonly timezone?: string;
  /** The server's local zone, which its API does not tell; UTC in Dkron's images. */
  readonly serverTimezone?: string;
  /** The server's version; without one the newest Dkron is meant. */
  readonly version?: string;
  /** A child job may have an empty schedule. */
  readonly hasParent?: boolean;
}

export type ParsedSchedule =
  | {
      readonly valid: true;
      readonly schedule: Schedule;
      /** The schedule after `~` was replaced. */
      readonly effective: string;
    }
  | {
      readonly valid: false;
      /** What a server says after `Job validation failed: `; a sentence of ours where it panics. */
      readonly error: string;
      /** The Go code panics on this schedule: HTTP 500 without a text. */
      readonly panics: boolean;
      readonly effective: string;
      /** The offending part of the schedule; undefined where the job's `timezone` is at fault. */
      readonly where: Span | undefined;
    };

const scheduleErrorPrefix = "can't parse job schedule: ";

/** The error without Dkron's standing prefix, for a line under the schedule itself. */
export const withoutPrefix = (error: string): string =>
  error.startsWith(scheduleErrorPrefix) ? error.slice(scheduleErrorPrefix.length) : error;

/**
 * Reads a schedule as Dkron does (job.go Validate, scheduler.go AddJob): replaces `~`, parses, and
 * checks the job's time zone, which counts only for six fields without a zone of their own.
 */
export function parseSchedule(text: string, context: ScheduleContext = {}): ParsedSchedule {
  const spec = text.toWellFormed();
  const { name = '', timezone = '', version } = context;
  const effective = supports('hash', version) ? replaceTilde(spec, name) : spec;
  const refused = (error: string, where?: Span, panics = false): ParsedSchedule => ({
    valid: false,
    error,
    panics,
    effective,
    where,
  });
  if (/^(CRON_)?TZ=[^ ]*$/.test(effective)) return refused(panicSentence, all(spec), true);
  try {
    const schedule = parseSpec(effective, spec, context);
    const badZone = zoneError(timezone);
    return badZone === undefined ? { valid: true, schedule, effective } : refused(badZone);
  } catch (error) {
    if (error instanceof Refusal) return refused(scheduleErrorPrefix + error.message, error.where);
    throw error;
  }
}

const panicSentence =
  'a time zone prefix needs a space and a schedule after it, as in "TZ=Europe/Paris 0 0 12 * * *"; Dkron itself crashes on this one (HTTP 500 without a text)';

/** `written` is the schedule before `~` was replaced; only six fields can differ from it. */
function parseSpec(spec: string, written: string, context: ScheduleContext): Schedule {
  const { timezone = '', serverTimezone = 'UTC', version, hasParent = false } = context;
  if (spec === '@manually' || (spec === '' && hasParent)) return { kind: 'manually' };
  if (spec === '@minutely' && supports('@minutely', version))
    return descriptorFields('@minutely', '0 * * * * *', serverZone(serverTimezone));
  if (spec.startsWith('@at ')) return parseAt(spec);
  if (spec.startsWith('@after ') && supports('@after', version)) return parseAfter(spec);
  if (spec === '') throw new Refusal('empty spec string', all(spec));
  const prefix = /^(?:CRON_)?TZ=([^ ]*) /.exec(spec);
  const prefixZone = prefix?.[1];
  if (prefix && prefixZone !== undefined) checkPrefixZone(prefix[0], prefixZone);
  const bodyStart = prefix ? prefix[0].length : 0;
  const body = prefix ? trimSpace(spec.slice(bodyStart)) : spec;
  const named = (zone: string, zoneFrom: 'prefix' | 'job'): ZoneChoice =>
    zone === 'Local' ? serverZone(serverTimezone) : { zone: zone || 'UTC', zoneFrom };
  const ownZone =
    prefixZone === undefined ? serverZone(serverTimezone) : named(prefixZone, 'prefix');
  if (body.startsWith('@')) return parseDescriptor(body, spec.indexOf('@', bodyStart), ownZone);
  const fields = parseFields(splitOnSpace(body), fieldPieces(written), written);
  const zone = prefix || timezone === '' ? ownZone : named(timezone, 'job');
  return { kind: 'fields', fields, ...zone };
}

type ZoneChoice = Pick<FieldSchedule, 'zone' | 'zoneFrom'>;

const serverZone = (zone: string): ZoneChoice => ({ zone, zoneFrom: 'server' });

function checkPrefixZone(prefix: string, zone: string): void {
  const error = zoneError(zone);
  if (error === undefined) return;
  const end = prefix.length - 1;
  throw new Refusal(`provided bad location ${zone}: ${error}`, { start: end - zone.length, end });
}

/** The fields of a schedule as written, without its zone prefix. */
export function fieldPieces(spec: string): Piece[] {
  const prefixLength = /^(CRON_)?TZ=[^ ]* /.exec(spec)?.[0].length ?? 0;
  return splitOnSpace(spec.slice(prefixLength)).map(({ text, start, end }) => ({
    text,
    start: start + prefixLength,
    end: end + prefixLength,
  }));
}

function parseFields(
  fields: readonly Piece[],
  written: readonly Piece[],
  spec: string,
): FieldSchedule['fields'] {
  if (fields.length !== fieldNames.length) {
    const found = fields.map(({ text }) => text).join(' ');
    const where = { start: written[fieldNames.length]?.start ?? 0, end: spec.length };
    throw new Refusal(`expected exactly 6 fields, found ${fields.length}: [${found}]`, where);
  }
  const parsed = fieldNames.map((name, index) => {
    const { text } = fields[index]!;
    return [name, parseField(text, fieldKinds[name], written[index]!, index)];
  });
  return Object.fromEntries(parsed) as Record<FieldName, ReturnType<typeof parseField>>;
}

/** robfig/cron parser.go parseDescriptor, as the six fields each one stands for. */
export const descriptors: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 0 1 1 *'],
  ['@annually', '0 0 0 1 1 *'],
  ['@monthly', '0 0 0 1 * *'],
  ['@weekly', '0 0 0 * * 0'],
  ['@daily', '0 0 0 * * *'],
  ['@midnight', '0 0 0 * * *'],
  ['@hourly', '0 0 * * * *'],
]);

function parseDescriptor(text: string, offset: number, zone: ZoneChoice): Schedule {
  const fields = descriptors.get(text);
  if (fields !== undefined) return descriptorFields(text, fields, zone);
  const where = { start: offset, end: offset + text.length };
  if (!text.startsWith('@every ')) throw new Refusal(`unrecognized descriptor: ${text}`, where);
  const duration = parseGoDuration(text.slice('@every '.length));
  if ('error' in duration)
    throw new Refusal(`failed to parse duration ${text}: ${duration.error}`, {
      ...where,
      start: offset + '@every '.length,
    });
  const seconds = Number(duration.nanos / nanosPerSecond);
  return { kind: 'every', interval: Math.max(seconds, 1), asked: duration.nanos };
}

const descriptorFields = (descriptor: string, text: string, zone: ZoneChoice): FieldSchedule => {
  const pieces = splitOnSpace(text);
  return { kind: 'fields', fields: parseFields(pieces, pieces, text), ...zone, descriptor };
};

function parseAt(spec: string): Schedule {
  const start = '@at '.length;
  const date = parseGoTime(spec.slice(start));
  if ('error' in date)
    throw new Refusal(`failed to parse date ${spec}: ${date.error}`, { start, end: spec.length });
  return { kind: 'at', at: date.instant };
}

/** Dkron extcron/extparser.go, 4.1.1: `@after <time> <<duration>`. */
function parseAfter(spec: string): Schedule {
  const [, time, grace, ...more] = splitOnSpace(spec);
  if (!time || !grace || more.length > 0)
    throw new Refusal(
      `@after requires format: @after <RFC3339 datetime> <ISO8601 duration>, got: ${spec}`,
      { start: '@after '.length, end: spec.length },
    );
  const date = parseGoTime(time.text);
  if ('error' in date)
    throw new Refusal(`failed to parse date in @after: ${time.text}: ${date.error}`, spanOf(time));
  if (!grace.text.startsWith('<'))
    throw new Refusal(`grace period must start with '<', got: ${grace.text}`, spanOf(grace));
  const duration = parseGrace(grace.text.slice(1));
  if ('error' in duration)
    throw new Refusal(
      `failed to parse grace period in @after: ${grace.text.slice(1)}: ${duration.error}`,
      spanOf(grace),
    );
  return { kind: 'after', at: date.instant, grace: duration.nanos };
}

const all = (text: string): Span => ({ start: 0, end: text.length });

const spanOf = ({ start, end }: Piece): Span => ({ start, end });
