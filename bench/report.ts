type Unit = 'ms' | 'bytes' | 'MB/s' | 'kB/s' | '%' | 'a minute' | 'frames';

/** What is to be reached; `says` where the bound comes of what was measured beside. */
interface Aim {
  readonly most?: number;
  readonly least?: number;
  readonly says?: string;
}

/** One line of the table: what was measured, of us and of what stands beside it. */
export interface Row {
  readonly measure: string;
  readonly unit: Unit;
  readonly ours: number;
  /** The same by the program of the other checkout, in the same run. */
  readonly before?: number;
  readonly against?: { readonly what: string; readonly value: number };
  /** What is compared with the aim: the value itself, how often theirs it is, or how often theirs is ours. */
  readonly by?: 'times' | 'faster';
  readonly aim?: Aim;
  /** What could not be measured here, and why. */
  readonly missing?: string;
}

interface Judged extends Row {
  readonly met: boolean | undefined;
}

export interface Report {
  readonly measuredAt: string;
  readonly machine: string;
  readonly server: string;
  /** What else ran meanwhile. */
  readonly quiet: string;
  readonly rows: readonly Judged[];
}

const format: Record<Unit, (value: number) => string> = {
  ms: (value) => {
    if (value < 10) return `${value.toFixed(1)} ms`;
    return value < 10_000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`;
  },
  'MB/s': (value) => `${value.toFixed(0)} MB/s`,
  'kB/s': (value) => `${value.toFixed(value < 10 ? 1 : 0)} kB/s`,
  // As the aims are: millions of bytes.
  bytes: (value) => (value < 1e6 ? `${Math.round(value)} B` : `${Math.round(value / 1e6)} MB`),
  '%': (value) => `${value.toFixed(1)} %`,
  'a minute': (value) => `${value.toFixed(0)} a minute`,
  frames: (value) => `${value.toFixed(0)} frames`,
};

const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 2 : 1)}×`;

/** How a value of the row stands to what it is measured against; undefined where that is not compared. */
export function ratioOf({ against, by }: Row, value: number): number | undefined {
  if (against === undefined || by === undefined) return undefined;
  return by === 'times' ? value / against.value : against.value / value;
}

/** Whether ours is what was aimed at; undefined where nothing was, or nothing could be measured. */
export function isMet(row: Row): boolean | undefined {
  const { ours, aim, missing } = row;
  if (aim === undefined || missing !== undefined || Number.isNaN(ours)) return undefined;
  const judged = ratioOf(row, ours) ?? ours;
  return judged <= (aim.most ?? Number.POSITIVE_INFINITY) && judged >= (aim.least ?? 0);
}

/** The report as a Markdown table, to be read as it is and to be pasted. */
export function asTable({ machine, server, quiet, rows }: Report): string {
  const table = [['measure', 'before', 'ours', 'against', 'aim', 'met'], ...rows.map(cells)];
  const widths = table[0]!.map((_, at) => Math.max(...table.map((line) => line[at]!.length)));
  const lines = table.map(
    (line) => `| ${line.map((text, at) => text.padEnd(widths[at]!)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`${machine}, on ${server}; ${quiet}`, '', lines[0], rule, ...lines.slice(1)].join('\n');
}

function cells(row: Judged): string[] {
  const { measure, unit, ours, before, against, aim, missing, met } = row;
  const cell = (value: number): string => {
    if (Number.isNaN(value)) return '–';
    const ratio = ratioOf(row, value);
    return `${format[unit](value)}${ratio === undefined ? '' : `, ${times(ratio)}`}`;
  };
  return [
    measure,
    before === undefined ? '' : cell(before),
    cell(ours),
    missing ?? (against ? `${against.what} ${format[unit](against.value)}` : ''),
    aim === undefined ? '' : wordsOf(aim, row),
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

function wordsOf({ most, least, says }: Aim, { unit, by }: Row): string {
  const bound = (value: number): string => (by === undefined ? format[unit](value) : `${value}×`);
  return says ?? (most === undefined ? `≥ ${bound(least!)}` : `≤ ${bound(most)}`);
}
