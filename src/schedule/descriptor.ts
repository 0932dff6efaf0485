import { parseGoDuration } from './go-duration.ts';
import { type Piece, splitOnSpace } from './go-text.ts';
import { parseGoTime } from './go-time.ts';
import { nanosPerSecond } from './instant.ts';
import { parseGrace } from './iso-duration.ts';
import { type Range, Refusal } from './refusal.ts';
import type { FieldSchedule, Schedule, ZoneChoice } from './schedule.ts';
import { parseFields } from './six-fields.ts';

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

/** `@daily` and its kin, and `@every`; `offset` is where the text begins. Throws Refusal. */
export function parseDescriptor(text: string, offset: number, zone: ZoneChoice): Schedule {
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

export function descriptorFields(
  descriptor: string,
  text: string,
  zone: ZoneChoice,
): FieldSchedule {
  const pieces = splitOnSpace(text);
  return { kind: 'fields', fields: parseFields(pieces, pieces, text), ...zone, descriptor };
}

/** `@at <time>`: everything behind the one space is the time. Throws Refusal. */
export function parseAt(spec: string): Schedule {
  const start = '@at '.length;
  const date = parseGoTime(spec.slice(start));
  if ('error' in date)
    throw new Refusal(`failed to parse date ${spec}: ${date.error}`, { start, end: spec.length });
  return { kind: 'at', at: date.instant };
}

/** `@after <time> <<duration>` (Dkron extcron/extparser.go, 4.1.1). Throws Refusal. */
export function parseAfter(spec: string): Schedule {
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

const spanOf = ({ start, end }: Piece): Range => ({ start, end });
