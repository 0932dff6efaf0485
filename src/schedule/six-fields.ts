import { type Field, type FieldName, fieldKinds, fieldNames, parseField } from './field.ts';
import { type Piece, splitOnSpace } from './go-text.ts';
import { Refusal } from './refusal.ts';
import type { FieldSchedule } from './schedule.ts';

/** The fields of a schedule as written, without its zone prefix. */
export function fieldPieces(spec: string): Piece[] {
  const prefixLength = /^(CRON_)?TZ=[^ ]* /.exec(spec)?.[0].length ?? 0;
  return splitOnSpace(spec.slice(prefixLength)).map(({ text, start, end }) => ({
    text,
    start: start + prefixLength,
    end: end + prefixLength,
  }));
}

/**
 * Reads six fields. `written` are the same fields with their `~`, within `spec`, to point at. Throws
 * Refusal.
 */
export function parseFields(
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
    return [
      name,
      remembered(name, text, () => parseField(text, fieldKinds[name], written[index]!, index)),
    ];
  });
  return Object.fromEntries(parsed) as Record<FieldName, Field>;
}

/** Schedules differ in few fields from each other. */
const known = new Map<string, Field>();
const most = { fields: 4_000, units: 32 };

/** A field that can be read means the same wherever it stands: so a thousand schedules take a third of the time. */
function remembered(name: FieldName, text: string, read: () => Field): Field {
  if (text.length > most.units) return read();
  const key = `${name} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const field = read();
  if (known.size === most.fields) known.clear();
  known.set(key, field);
  return field;
}
