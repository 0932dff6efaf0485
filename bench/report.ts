/** One line of the table: what was measured, of us and of what stands beside it. */
export interface Row {
  readonly measure: string;
  readonly ours: string;
  readonly against: string;
  readonly ratio?: number;
  readonly aim?: string;
}

export interface Report {
  readonly measuredAt: string;
  readonly machine: string;
  readonly server: string;
  readonly rows: readonly Row[];
}

export const ms = (value: number): string =>
  value < 10
    ? `${value.toFixed(1)} ms`
    : value < 10_000
      ? `${value.toFixed(0)} ms`
      : `${(value / 1000).toFixed(1)} s`;

/** The report as a Markdown table, to be read as it is and to be pasted. */
export function asTable({ machine, server, rows }: Report): string {
  const table = [
    ['measure', 'ours', 'against', 'ratio', 'aim'],
    ['---', '---:', '---', '---:', '---'],
    ...rows.map(({ measure, ours, against, ratio, aim = '' }) => [
      measure,
      ours,
      against,
      ratio === undefined ? '' : `${ratio.toFixed(ratio < 10 ? 2 : 1)}×`,
      aim,
    ]),
  ];
  const widths = table[0]!.map((_, at) => Math.max(...table.map((line) => line[at]!.length)));
  const lines = table.map(
    (line) => `| ${line.map((text, at) => text.padEnd(widths[at]!)).join(' | ')} |`,
  );
  return [machine, `on ${server}`, '', ...lines].join('\n');
}
