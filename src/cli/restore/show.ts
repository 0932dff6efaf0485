/** The plan of a restore, for people. */
import { andMore, counted } from '../../base/counted.ts';
import { type Finding, findingText, isNote } from '../../job/lint/finding.ts';
import { runsMoved } from '../../plan/differences.ts';
import { kindTones } from '../../plan/kinds.ts';
import type { CheckedItem, CheckedPlan, RestoreItem, RestoreKind } from '../../plan/model.ts';
import { replacedCount } from '../../plan/policy/words.ts';
import { blank } from '../../view/compose.ts';
import { wholeChangeLines } from '../../view/diff.ts';
import { bold, type Line, plain, quiet, toned } from '../../view/line.ts';
import type { ChangeFlags } from '../change.ts';
import type { Invocation } from '../invocation.ts';
import { movedLines } from '../moved.ts';
import { type Column, printLines, printTable } from '../output.ts';
import { findingLines, type PlanForm, printItem } from '../plan-view.ts';

const planColumns: Column<RestoreItem>[] = [
  { title: 'JOB', cell: ({ name }) => plain(name) },
  {
    title: 'PLAN',
    cell: ({ kind, left }) =>
      left === undefined ? toned(kind, kindTones[kind]) : toned('stays', 'attention'),
  },
  {
    title: 'WHY',
    cell: (item) =>
      quiet([item.left ?? item.why, replacedCount(item)].filter((text) => text !== '').join(' · ')),
  },
];

export interface ShowFlags extends ChangeFlags {
  readonly diff?: boolean;
}

export interface Shown extends PlanForm {
  readonly chosen: ReadonlySet<string>;
  readonly title: Line;
  /** Chosen because another one needs it first. */
  readonly added?: readonly string[];
  /** Leaves out how runs move: all of the plan is about that. */
  readonly ofRuns?: boolean;
  /** Every difference whole, in place of the table. */
  readonly diff?: boolean;
}

/** What would be written or cannot be, and what to beware of; of the rest, how many there are. */
export function showPlan(invocation: Invocation, plan: CheckedPlan, shown: Shown): void {
  const { io } = invocation;
  const told = plan.items.filter(
    ({ name, kind, left }) => shown.chosen.has(name) && (kind !== 'same' || left !== undefined),
  );
  if (shown.diff) {
    for (const item of told) {
      printItem(invocation, item, shown);
      printLines(io, [blank]);
    }
  } else {
    if (told.length > 0) printTable(io, planColumns, told);
    const shared = sharedBy(told);
    for (const item of told) {
      const lines = itemLines(item, shared, shown);
      if (lines.length > 0) printLines(io, [[bold(item.name)], ...lines]);
    }
    printLines(io, [...sharedLines(shared), ...noteLines(told)]);
  }
  printLines(io, [
    ...addedLines(shown.added ?? []),
    [...shown.title, plain(countsText(plan, shown.chosen))],
  ]);
}

/** What is wrong with many jobs alike, by its text: who has it. */
type Shared = ReadonlyMap<string, readonly FoundIn[]>;

interface FoundIn {
  readonly item: CheckedItem;
  readonly found: Finding;
}

/** From so many jobs on a finding is told once. */
const many = 3;

function sharedBy(items: readonly CheckedItem[]): Shared {
  const all = items.flatMap((item) => item.findings.map((found) => ({ item, found })));
  const told = all.filter(({ item, found }) => !isNote(found) && findingText(found) !== item.why);
  const groups = Map.groupBy(told, ({ found }) => findingText(found));
  return new Map([...groups].filter(([, group]) => group.length >= many));
}

/** Once for all jobs that have it, with their names. */
const sharedLines = (shared: Shared): Line[] =>
  [...shared.values()].flatMap((group) => {
    const names = andMore(
      group.map(({ item }) => item.name),
      mentioned,
    );
    return [[bold(counted(group.length)), quiet(`: ${names}`)], ...findingLines([group[0]!.found])];
  });

/** Next runs before and after, where a change moves them, and what to beware of. */
const itemLines = (
  item: CheckedItem,
  shared: Shared,
  { clock, showSecrets, ofRuns = false }: Shown,
): Line[] => [
  ...(ofRuns ? [] : runLines(item, clock)),
  ...findingLines(
    item.findings.filter((found) => !isNote(found) && !shared.has(findingText(found))),
    item.why,
  ),
  ...movedLines(item, showSecrets),
];

function runLines(item: RestoreItem, clock: PlanForm['clock']): Line[] {
  const runs = item.kind === 'change' ? runsMoved(item, clock) : null;
  return runs === null ? [] : wholeChangeLines([runs]);
}

/** What is only to be known, once: a thousand jobs may have the same. */
function noteLines(items: readonly CheckedItem[]): Line[] {
  const notes = items.flatMap((item) =>
    item.findings.filter(isNote).map((found) => ({ item, found })),
  );
  return [...Map.groupBy(notes, ({ found }) => found.rule).values()].flatMap((alike) => {
    const [{ item, found }] = alike as [(typeof alike)[number]];
    const more = alike.length === 1 ? '' : ` (and ${counted(alike.length - 1, 'more job')})`;
    return findingLines([found]).map((line) => [quiet(` ${item.name}:`), ...line, quiet(more)]);
  });
}

const mentioned = 5;

const addedLines = (added: readonly string[]): Line[] =>
  added.length === 0
    ? []
    : [[plain(`with ${andMore(added, mentioned)}, without which Dkron would not take the others`)]];

function countsText({ items, policy }: CheckedPlan, chosen: ReadonlySet<string>): string {
  const count = (wanted: RestoreKind, isChosen = true): number =>
    items.filter(
      ({ name, kind, left }) =>
        kind === wanted && left === undefined && chosen.has(name) === isChosen,
    ).length;
  const counts = [
    `${count('new')} new`,
    `${count('change')} changed`,
    `${count('same')} same`,
    `${count('blocked')} blocked`,
    `${items.filter(({ left }) => left !== undefined).length} left as they are`,
    `${count('change', false) + count('new', false)} ${policy?.existing === 'skip' ? 'left as they are, or not chosen' : 'not chosen'}`,
    `${count('blocked', false)} blocked and not chosen`,
    `${count('only-here', false)} only on the server`,
  ];
  return counts.filter((text) => !text.startsWith('0 ')).join(', ') || 'no jobs';
}
