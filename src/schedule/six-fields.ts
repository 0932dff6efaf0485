import { type FieldName, fieldKinds, fieldNames, parseField } from './field.ts';
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
    return [name, parseField(text, fieldKinds[name], written[index]!, index)];
  });
  return Object.fromEntries(parsed) as Record<FieldName, ReturnType<typeof parseField>>;
}
