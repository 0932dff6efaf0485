type Unit = 'ms' | 'bytes' | 'MB/s';

/** One line of the table: what was measured, of us and of what stands beside it. */
export interface Row {
  readonly measure: string;
  readonly unit: Unit;
  readonly ours: number;
  readonly against?: { readonly what: string; readonly value: number };
  /** Ours to theirs, or theirs to ours where `aim` asks for a speed-up. */
  readonly ratio?: number;
  readonly aim?: string;
  /** What could not be measured here, and why. */
  readonly missing?: string;
}

export interface Report {
  readonly measuredAt: string;
  readonly machine: string;
  readonly server: string;
  readonly rows: readonly Row[];
}

const format: Record<Unit, (value: number) => string> = {
  ms: (value) => {
    if (value < 10) return `${value.toFixed(1)} ms`;
    return value < 10_000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`;
  },
  'MB/s': (value) => `${value.toFixed(0)} MB/s`,
  bytes: (value) => (value < 2 ** 20 ? `${value} B` : `${Math.round(value / 2 ** 20)} MiB`),
};

/** The report as a Markdown table, to be read as it is and to be pasted. */
export function asTable({ machine, server, rows }: Report): string {
  const table = [['measure', 'ours', 'against', 'ratio', 'aim'], ...rows.map(cells)];
  const widths = table[0]!.map((_, at) => Math.max(...table.map((line) => line[at]!.length)));
  const lines = table.map(
    (line) => `| ${line.map((text, at) => text.padEnd(widths[at]!)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`${machine}, on ${server}`, '', lines[0], rule, ...lines.slice(1)].join('\n');
}

function cells({ measure, unit, ours, against, ratio, aim = '', missing = '' }: Row): string[] {
  return [
    measure,
    format[unit](ours),
    against ? `${against.what} ${format[unit](against.value)}` : missing,
    ratio === undefined ? '' : `${ratio.toFixed(ratio < 10 ? 2 : 1)}×`,
    aim,
  ];
}
