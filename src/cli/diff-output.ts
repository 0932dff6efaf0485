/** How two sets of jobs differ, for people and for programs. */
import { counted } from '../base/counted.ts';
import { hidden, maskChange } from '../job/mask.ts';
import type { JobDifference } from '../snapshot/diff/compare.ts';
import type { Title, TitledComparison } from '../snapshot/diff/open.ts';
import { patchOf } from '../snapshot/diff/patch.ts';
import { countsOf, countsText, kindWords } from '../snapshot/diff/words.ts';
import { wholeChangeLines } from '../view/diff.ts';
import { bold, type Line, plain, quiet, type Span, type Tone, toned } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import { type Invocation, zoneIn } from './invocation.ts';
import type { Io } from './io.ts';
import { type Column, printJson, printLines, printNote, printTable, printText } from './output.ts';

export interface DiffForm {
  readonly stat?: boolean;
  readonly patch?: boolean;
  readonly showSecrets?: boolean;
}

export function printComparison(
  invocation: Invocation,
  comparison: TitledComparison,
  { stat = false, patch = false, showSecrets = false }: DiffForm,
): void {
  const { io, json } = invocation;
  const differences = showSecrets ? comparison.differences : comparison.differences.map(masked);
  if (json) {
    const [from, to] = [comparison.from, comparison.to].map(titleJson);
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
  printLines(io, [
    titleLine(invocation, comparison.from, 'A'),
    titleLine(invocation, comparison.to, 'B'),
  ]);
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

const titleJson = ({ name, file, at, jobs }: Title) => ({
  name,
  file,
  at: at === null ? null : new Date(at).toISOString(),
  jobs,
});

const jobJson = ({ name, kind, changes, why }: JobDifference) => ({
  name,
  kind,
  changes: changes.map(({ path, before, after }) => ({ path, before, after })),
  ...(why !== '' && { why }),
});

/** `A backup-dkron_2026-11-21T0210Z  taken 2026-11-21T02:10:00Z  42 jobs` */
function titleLine({ zone, offline }: Invocation, title: Title, letter: string): Line {
  const { name, at, what, jobs } = title;
  const time = at === null ? '' : rfc3339(second(at), zoneIn(zone, offline.serverZone));
  const when = at === null ? '' : `  ${what} ${time}`;
  return [quiet(`${letter} `), bold(name), quiet(`${when}  ${counted(jobs)}`)];
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
