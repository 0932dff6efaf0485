/** The size of a terminal that does not know its own. */
interface Sized {
  columns: number;
  rows: number;
}

/**
 * A terminal may say that it has 0 columns and rows (docker exec, serial lines): then COLUMNS and
 * LINES count, and 80 × 24 without them.
 */
export function keepSize(terminal: Sized, env: Readonly<Record<string, string | undefined>>): void {
  terminal.columns ||= sizeOf(env['COLUMNS']) ?? 80;
  terminal.rows ||= sizeOf(env['LINES']) ?? 24;
}

const sizeOf = (text = ''): number | undefined =>
  /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
