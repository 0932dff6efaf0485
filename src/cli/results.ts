/** Plans that were carried out, for people and for programs. */
import type { ExitName } from '../base/errors.ts';
import { plain, type Span, toned } from '../console/line.ts';
import type { CheckedPlan, RestoreOutcome, RestoreResult } from '../restore/model.ts';
import { isDone } from '../restore/told.ts';
import type { Io } from './io.ts';
import { type Column, printLines, printProgress, printTable } from './output.ts';

export const counted = (count: number): string => (count === 1 ? '1 job' : `${count} jobs`);

export const planJson = ({ items }: CheckedPlan, chosen: ReadonlySet<string>) =>
  items.map(({ name, kind, why, changes, findings }) => ({
    name,
    kind,
    why,
    chosen: chosen.has(name),
    changes: changes.map(({ path, before, after }) => ({ path, before, after })),
    findings,
  }));

/** What became of each job; with what the checks said of it, where there was a plan. */
export function resultsJson(results: readonly RestoreResult[], plan?: CheckedPlan) {
  const found = new Map(plan?.items.map(({ name, findings }) => [name, findings]));
  return results.map(({ name, outcome, message }) => {
    const findings = found.get(name);
    return { name, outcome, message, ...(findings === undefined ? {} : { findings }) };
  });
}

const resultColumns: Column<RestoreResult>[] = [
  { title: 'JOB', cell: ({ name }) => plain(name) },
  { title: 'RESULT', cell: ({ outcome }) => toned(outcome, 'bad') },
  { title: 'WHY', cell: ({ message }) => plain(message) },
];

/** The jobs that are not as they were to be, and how many are. */
export function printResults(io: Io, results: readonly RestoreResult[]): void {
  const failed = results.filter((result) => !isDone(result));
  if (failed.length > 0) printTable(io, resultColumns, together(failed));
  printLines(io, [
    [doneSpan(results), toned(failed.length > 0 ? `, ${failed.length} not` : '', 'bad')],
  ]);
}

/** `3 jobs written and verified, 1 job deleted, and not there any more`. */
function doneSpan(results: readonly RestoreResult[]): Span {
  const done = results.filter(({ outcome }) => outcome === 'written');
  const groups = Map.groupBy(done, ({ message }) => message);
  const texts = [...groups].map(([message, group]) => `${counted(group.length)} ${message}`);
  return texts.length === 0 ? plain('nothing written') : toned(texts.join(', '), 'ok');
}

const many = 20;

/** Many results that say the same, after an interruption say, are one row. */
function together(results: readonly RestoreResult[]): RestoreResult[] {
  const groups = Map.groupBy(results, ({ outcome, message }) => `${outcome} ${message}`);
  return [...groups.values()].flatMap((group) =>
    group.length < many ? group : [{ ...group[0]!, name: counted(group.length) }],
  );
}

/** On a terminal, how far it is, where that takes a while. */
export function progress(io: Io, total: number): () => void {
  let done = 0;
  return () => {
    done++;
    if (io.stderr.isTTY && total >= 100 && (done % 100 === 0 || done === total))
      printProgress(io, `${done} of ${total}`, done === total);
  };
}

const exits: Record<RestoreOutcome, ExitName> = {
  written: 'ok',
  same: 'ok',
  refused: 'refused',
  changed: 'changed',
  unknown: 'unknown',
  skipped: 'partial',
};

/** `partial` where some were done and others not; where none was, why the first was not. */
export function exitOf(results: readonly RestoreResult[]): ExitName {
  const failed = results.find((result) => !isDone(result));
  if (failed === undefined) return 'ok';
  if (results.some(({ outcome }) => outcome === 'written')) return 'partial';
  return failed.error?.exit ?? exits[failed.outcome];
}
