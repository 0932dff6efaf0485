/** Reads a schedule as Dkron does, with the same errors. */
import { descriptorFields, parseAfter, parseAt, parseDescriptor } from './descriptor.ts';
import { supports } from './features.ts';
import { splitOnSpace, trimSpace } from './go-text.ts';
import { type Range, Refusal } from './refusal.ts';
import type { Schedule, ZoneChoice } from './schedule.ts';
import { fieldPieces, parseFields } from './six-fields.ts';
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
      readonly where: Range | undefined;
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
  const refused = (error: string, where?: Range, panics = false): ParsedSchedule => ({
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
  const { serverTimezone = 'UTC', version, hasParent = false } = context;
  const server: ZoneChoice = { zone: serverTimezone, zoneFrom: 'server' };
  if (spec === '@manually' || (spec === '' && hasParent)) return { kind: 'manually' };
  if (spec === '@minutely' && supports('@minutely', version))
    return descriptorFields(spec, '0 * * * * *', server);
  if (spec.startsWith('@at ')) return parseAt(spec);
  if (spec.startsWith('@after ') && supports('@after', version)) return parseAfter(spec);
  if (spec === '') throw new Refusal('empty spec string', all(spec));
  const prefix = prefixOf(spec);
  const body = prefix ? trimSpace(spec.slice(prefix.length)) : spec;
  if (body.startsWith('@'))
    return parseDescriptor(
      body,
      spec.indexOf('@', prefix?.length),
      zoneChoice(prefix?.zone, 'prefix', server),
    );
  const fields = parseFields(splitOnSpace(body), fieldPieces(written), written);
  const zone = prefix
    ? zoneChoice(prefix.zone, 'prefix', server)
    : zoneChoice(context.timezone || undefined, 'job', server);
  return { kind: 'fields', fields, ...zone };
}

/** The zone in front of a schedule, and how far it reaches. Throws Refusal for one Go does not know. */
function prefixOf(spec: string): { zone: string; length: number } | undefined {
  const [prefix, zone] = /^(?:CRON_)?TZ=([^ ]*) /.exec(spec) ?? [];
  if (prefix === undefined || zone === undefined) return undefined;
  const error = zoneError(zone);
  const end = prefix.length - 1;
  if (error === undefined) return { zone, length: prefix.length };
  throw new Refusal(`provided bad location ${zone}: ${error}`, { start: end - zone.length, end });
}

/** An empty name is UTC, `Local` the server's own zone. */
function zoneChoice(
  name: string | undefined,
  zoneFrom: 'prefix' | 'job',
  server: ZoneChoice,
): ZoneChoice {
  if (name === undefined || name === 'Local') return server;
  return { zone: name || 'UTC', zoneFrom };
}

const all = (text: string): Range => ({ start: 0, end: text.length });
