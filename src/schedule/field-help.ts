import { type FieldName, fieldKinds, fieldNames } from './field.ts';
import type { Range } from './refusal.ts';
import { fieldPieces } from './six-fields.ts';

/** What may stand under the cursor. */
export interface FieldHelp {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly help: string;
  readonly span: Range;
}

const help: Record<FieldName, string> = {
  second: '0-59, * any, */10 every tenth, 0,30 both, 10-20 from to',
  minute: '0-59, * any, */15 every quarter, 0,30 both, 10-20 from to, ~ by the name',
  hour: '0-23, * any, */2 every second, 6-22 from to, ~ by the name',
  dom: '1-31, * any, 1,15 both; with a day of week too, either is enough',
  month: '1-12 or JAN-DEC, * any, */3 each quarter',
  dow: '0-6 or SUN-SAT, 0 is Sunday (no 7), MON-FRI from to; with a day of month too, either is enough',
};

/** The field at a place in six fields, complete or not; undefined in any other schedule. */
export function fieldAt(spec: string, cursor: number): FieldHelp | undefined {
  const fields = fieldPieces(spec);
  if (fields[0]?.text.startsWith('@') || cursor < (fields[0]?.start ?? 0)) return undefined;
  const found = fields.findLastIndex(({ start }) => start <= cursor);
  const beyond = found >= 0 && cursor > fields[found]!.end && cursor === spec.length;
  const index = beyond ? found + 1 : Math.max(found, 0);
  const name = fieldNames[index];
  if (name === undefined) return undefined;
  const { start = cursor, end = cursor } = fields[index] ?? {};
  const kind = fieldKinds[name];
  return {
    name: kind.name,
    min: kind.min,
    max: kind.max,
    help: help[name],
    span: { start, end, field: index },
  };
}
