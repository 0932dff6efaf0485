/** The plan of a restore, for people. */
import type { CheckedPlan, RestoreItem, RestoreKind } from '../../plan/model.ts';
import { bold, type Line, plain, quiet, toned } from '../../view/line.ts';
import type { Io } from '../io.ts';
import { movedLines } from '../moved.ts';
import { type Column, printLines, printTable } from '../output.ts';
import { findingLines, kindTones } from '../plan-view.ts';

const planColumns: Column<RestoreItem>[] = [
  { title: 'JOB', cell: ({ name }) => plain(name) },
  { title: 'PLAN', cell: ({ kind }) => toned(kind, kindTones[kind]) },
  { title: 'WHY', cell: ({ why }) => quiet(why) },
];

/** What would be written or cannot be, and what to beware of; of the rest, how many there are. */
export function showPlan(
  io: Io,
  { items }: CheckedPlan,
  chosen: ReadonlySet<string>,
  title: Line,
  secrets = false,
): void {
  const count = (wanted: RestoreKind, isChosen = true): number =>
    items.filter(({ name, kind }) => kind === wanted && chosen.has(name) === isChosen).length;
  const shown = items.filter(({ name, kind }) => chosen.has(name) && kind !== 'same');
  if (shown.length > 0) printTable(io, planColumns, shown);
  for (const item of shown) {
    const lines = [...findingLines(item.findings, item.why), ...movedLines(item, secrets)];
    if (lines.length > 0) printLines(io, [[bold(item.name)], ...lines]);
  }
  const counts = [
    `${count('new')} new`,
    `${count('change')} changed`,
    `${count('same')} same`,
    `${count('blocked')} blocked`,
    `${count('change', false) + count('new', false)} not chosen`,
    `${count('blocked', false)} blocked and not chosen`,
    `${count('only-here', false)} only on the server`,
  ];
  const told = counts.filter((text) => !text.startsWith('0 ')).join(', ') || 'no jobs';
  printLines(io, [[...title, plain(told)]]);
}
