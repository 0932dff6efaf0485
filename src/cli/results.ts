/** Plans that were carried out, for people and for programs. */
import { counted } from '../base/counted.ts';
import type { ExitName, OperatorError } from '../base/errors.ts';
import type { ChildFault } from '../plan/children.ts';
import type { CheckedPlan, RestoreOutcome, RestoreResult } from '../plan/model.ts';
import { isDone, safetyText, waitingText } from '../plan/outcome.ts';
import { kindTone, resultKind, tally } from '../plan/tally.ts';
import { plain, quiet, type Span, toned } from '../view/line.ts';
import type { Io } from './io.ts';
import { movedJson } from './moved.ts';
import { type Column, printLines, printNote, printTable } from './output.ts';

/** What became of each job; with what the checks said of it, where there was a plan. */
export function resultsJson(
  results: readonly RestoreResult[],
  plan: CheckedPlan | undefined,
  secrets: boolean,
) {
  const items = new Map(plan?.items.map((item) => [item.name, item]));
  return results.map(({ name, outcome, message, places, now }) => {
    const item = items.get(name);
    return {
      name,
      outcome,
      message,
      ...(item && { findings: item.findings, ...movedJson(item, secrets, now) }),
      ...(places && { places }),
    };
  });
}

const resultColumns: Column<RestoreResult>[] = [
  { title: 'JOB', cell: ({ name }) => plain(name) },
  { title: 'RESULT', cell: ({ outcome }) => kindSpan(outcome) },
  { title: 'WHY', cell: ({ message }) => plain(message) },
];

/** The jobs that are not as they were to be, and how many came to what. */
export function printResults(
  io: Io,
  results: readonly RestoreResult[],
  safety: string | null = null,
): void {
  const failed = results.filter((result) => !isDone(result));
  if (failed.length > 0) printTable(io, resultColumns, together(failed));
  const spans = [...tally(results), ...(safety === null ? [] : [plain(safetyText(safety))])];
  if (results.length === 0) spans.push(plain('nothing was written'));
  printLines(io, [spans.flatMap((span, at) => (at === 0 ? [span] : [plain(', '), span]))]);
}

/** Where parents do not list their children as they should, and how that is put right. */
export function printFaults(io: Io, faults: readonly ChildFault[]): void {
  const shown = faults.slice(0, many);
  const more = faults.length - shown.length;
  printLines(io, [
    ...shown.flatMap(({ message, next }) => [[toned(message, 'bad')], [quiet(`  ${next}`)]]),
    ...(more > 0 ? [[quiet(`and ${more} more; --json names all`)]] : []),
  ]);
}

function kindSpan(outcome: RestoreOutcome): Span {
  const kind = resultKind(outcome);
  return toned(kind, kindTone[kind]);
}

const many = 20;

/** Many results that say the same, after an interruption say, are one row. */
function together(results: readonly RestoreResult[]): RestoreResult[] {
  const groups = Map.groupBy(results, ({ outcome, message }) => `${outcome} ${message}`);
  return [...groups.values()].flatMap((group) =>
    group.length < many ? group : [{ ...group[0]!, name: counted(group.length) }],
  );
}

const exits: Record<RestoreOutcome, ExitName> = {
  written: 'ok',
  same: 'ok',
  refused: 'refused',
  changed: 'changed',
  unknown: 'unknown',
  skipped: 'partial',
};

/** Says that it waits for the server, so that the silence does not look like a hang. */
export const waiting =
  (io: Io) =>
  (failure: OperatorError): void =>
    printNote(io, waitingText(failure));

/**
 * What is not known comes before all else; then `partial` where some were done and others not, or where
 * parents do not list their children as they should; where none was done, why the first was not.
 */
export function exitOf(
  results: readonly RestoreResult[],
  faults: readonly ChildFault[] = [],
): ExitName {
  const failed = results.find((result) => !isDone(result));
  if (failed === undefined) return faults.length === 0 ? 'ok' : 'partial';
  if (results.some(({ outcome }) => outcome === 'unknown')) return 'unknown';
  if (results.some(({ outcome }) => outcome === 'written')) return 'partial';
  return failed.error?.exit ?? exits[failed.outcome];
}
