/** How two sets of jobs differ, for people and for programs. */
import { counted } from '../base/counted.ts';
import { hidden, maskChange } from '../job/mask.ts';
import type { Comparison, JobDifference } from '../snapshot/diff/compare.ts';
import { patchOf } from '../snapshot/diff/patch.ts';
import type { Side } from '../snapshot/diff/side.ts';
import { countsOf, countsText, kindWords } from '../snapshot/diff/words.ts';
import { wholeChangeLines } from '../view/diff.ts';
import { bold, type Line, plain, quiet, type Span, type Tone, toned } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import { type Invocation, zoneIn } from './invocation.ts';
import type { Io } from './io.ts';
import { type Column, printJson, printLines, printNote, printTable, printText } from './output.ts';

/** A side with what it is called. */
export interface ShownSide {
  readonly name: string;
  /** Null for the server. */
  readonly file: string | null;
  /** ms since the epoch; null where nobody knows. */
  readonly taken: number | null;
  /** What happened then. */
  readonly since: 'taken' | 'last changed' | 'read';
  readonly side: Side;
}

export interface DiffForm {
  readonly stat?: boolean;
  readonly patch?: boolean;
  readonly showSecrets?: boolean;
}

export function printComparison(
  invocation: Invocation,
  sides: readonly [ShownSide, ShownSide],
  comparison: Comparison,
  { stat = false, patch = false, showSecrets = false }: DiffForm,
): void {
  const { io, json } = invocation;
  const differences = showSecrets ? comparison.differences : comparison.differences.map(masked);
  if (json) {
    const [from, to] = sides.map(sideJson);
    const jobs = comparison.differences.map((one, at) => ({
      ...jobJson(differences[at]!),
      ...(patch && { patch: patchOf(one, !showSecrets) }),
    }));
    printJson(io, { from, to, counts: countsOf(comparison), jobs });
    return;
  }
  if (patch) {
    printPatch(io, comparison.differences.map((one) => patchOf(one, !showSecrets)).join(''));
    return;
  }
  printLines(
    io,
    sides.map((side, at) => sideLine(invocation, side, at === 0 ? 'A' : 'B')),
  );
  if (stat && differences.length > 0) printTable(io, statColumns, differences);
  if (!stat) for (const difference of differences) printLines(io, differenceLines(difference));
  printLines(io, [[plain(countsText(comparison))]]);
}

/** To a pipe exactly as other programs take it. */
function printPatch(io: Io, text: string): void {
  if (text.includes(hidden))
    printNote(io, 'Credentials are shown as ••••: with --show-secrets the patch can be applied.');
  if (io.stdout.isTTY) printLines(io, text.split('\n').slice(0, -1).map(patchLine));
  else printText(io, text);
}

function patchLine(line: string): Line {
  if (/^(?:---|\+\+\+) /.test(line)) return [bold(line)];
  const tones: Readonly<Record<string, Tone>> = { '+': 'ok', '-': 'bad', '@': 'attention' };
  return [toned(line, tones[line[0] ?? ''] ?? 'plain')];
}

const masked = (difference: JobDifference): JobDifference => ({
  ...difference,
  changes: difference.changes.map(maskChange),
});

const countOf = ({ side }: ShownSide): number => [...side.names()].length;

const sideJson = (shown: ShownSide) => ({
  name: shown.name,
  file: shown.file,
  taken: shown.taken === null ? null : new Date(shown.taken).toISOString(),
  jobs: countOf(shown),
});

const jobJson = ({ name, kind, changes, why }: JobDifference) => ({
  name,
  kind,
  changes: changes.map(({ path, before, after }) => ({ path, before, after })),
  ...(why !== '' && { why }),
});

/** `A backup-dkron_2026-11-21T0210Z  taken 2026-11-21T02:10:00Z  42 jobs` */
function sideLine({ zone, offline }: Invocation, shown: ShownSide, letter: string): Line {
  const { name, taken, since } = shown;
  const at = taken === null ? '' : rfc3339(second(taken), zoneIn(zone, offline.serverZone));
  const when = at === '' ? '' : `  ${since} ${at}`;
  return [quiet(`${letter} `), bold(name), quiet(`${when}  ${counted(countOf(shown))}`)];
}

const second = (at: number): number => Math.floor(at / 1000) * 1000;

const signOf = ({ kind }: JobDifference): Span => toned(kindWords[kind].sign, kindWords[kind].tone);

const differenceLines = (difference: JobDifference): Line[] => [
  [signOf(difference), plain(' '), bold(difference.name), quiet(whyOf(difference))],
  ...wholeChangeLines(difference.changes),
];

const whyOf = ({ why }: JobDifference): string => (why === '' ? '' : `  ${why}`);

const statColumns: Column<JobDifference>[] = [
  { title: '', cell: signOf },
  { title: 'JOB', cell: ({ name }) => plain(name) },
  { title: 'FIELDS', align: 'right', cell: ({ changes }) => plain(String(changes.length)) },
  {
    title: 'WHICH',
    cell: ({ kind, changes, why }) =>
      quiet(kind === 'changed' ? changes.map(({ path }) => path).join(', ') : why),
  },
];
