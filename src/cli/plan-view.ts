/** A plan for people: what each job would become, when it would run then, what to beware of. */
import { counted } from '../base/counted.ts';
import { type Finding, findingText } from '../job/lint/finding.ts';
import type { Clock } from '../job/upcoming.ts';
import { differencesOf, shownOf } from '../plan/differences.ts';
import { kindCounts, kindTones } from '../plan/kinds.ts';
import type { CheckedItem, CheckedPlan, RestoreItem } from '../plan/model.ts';
import { replacedText } from '../plan/policy/words.ts';
import { blank } from '../view/compose.ts';
import { wholeChangeLines } from '../view/diff.ts';
import { levelTones } from '../view/findings.ts';
import { bold, type Line, plain, quiet, toned } from '../view/line.ts';
import { movesRuns } from '../view/next-runs.ts';
import type { Invocation } from './invocation.ts';
import { type Joins, joinLines } from './joins.ts';
import { movedLines } from './moved.ts';
import { printLines } from './output.ts';
import { preview, printPreviews } from './preview.ts';

/** How a plan is told. */
export interface PlanForm {
  readonly clock: Clock;
  /** Credentials as they are. */
  readonly showSecrets: boolean;
  /** With whom jobs will start, by their names, where that is told. */
  readonly joins?: Joins;
}

/** Prints every difference in full; of what stays as it is, how much there is. */
export function printPlan(invocation: Invocation, plan: CheckedPlan, form: PlanForm): void {
  const { io } = invocation;
  const differing = plan.items.filter(({ kind }) => kind !== 'same');
  for (const item of differing) {
    printItem(invocation, item, form);
    if (item !== differing.at(-1)) printLines(io, [blank]);
  }
  if (differing.length > screenful) printLines(io, [blank, kindsLine(differing)]);
  const same = plan.items.length - differing.length;
  if (same > 0) printLines(io, [[quiet(`${counted(same)} already up to date`)]]);
}

/** From so many jobs on nobody sees the beginning of the plan when it is asked about. */
const screenful = 10;

/** `2 changed, 1500 to delete, 3 left as they are` */
function kindsLine(items: readonly RestoreItem[]): Line {
  const left = items.filter((item) => item.left !== undefined);
  const counts = kindCounts(items.filter((item) => item.left === undefined));
  if (left.length > 0) counts.push(`${left.length} left as they are`);
  return [plain(counts.join(', '))];
}

/** What the checks say of a job; why it is blocked, where that is said already, is left out. */
export const findingLines = (findings: readonly Finding[], why = ''): Line[] =>
  findings
    .filter((found) => why === '' || !why.startsWith(findingText(found)))
    .map((found) => [toned(` ${found.level}: ${findingText(found)}`, levelTones[found.level])]);

/** Changes of these show in the preview of the schedule. */
const inPreview = new Set(['name', 'schedule', 'timezone']);

/** What would become of one job: its difference whole, its next runs, what the checks say. */
export function printItem(invocation: Invocation, item: CheckedItem, form: PlanForm): void {
  const { io } = invocation;
  printLines(io, [[bold(item.name), toned(`  ${item.kind}`, kindTones[item.kind])]]);
  if (item.left !== undefined) printLines(io, [[quiet(` stays as it is: ${item.left}`)]]);
  else if (item.kind === 'delete' || item.kind === 'blocked')
    printLines(io, [[toned(` ${item.why}`, 'bad')], ...movedLines(item, form.showSecrets)]);
  else printDifference(invocation, item, form);
  const replaced = replacedText(item);
  if (replaced !== '') printLines(io, [[quiet(` replaced in ${replaced}`)]]);
  printLines(io, findingLines(item.findings, item.why));
}

function printDifference(
  invocation: Invocation,
  item: RestoreItem,
  { clock, showSecrets, joins }: PlanForm,
): void {
  const changes = differencesOf(item, clock.version);
  const told = changes.filter(({ path }) => !inPreview.has(path));
  printLines(invocation.io, wholeChangeLines(shownOf(told, showSecrets)));
  if (!movesRuns(changes)) return;
  const before = item.seen === null ? null : preview(item.seen, clock, true);
  printPreviews(invocation, before, preview(item.job, clock), clock.now);
  printLines(invocation.io, joinLines(joins?.get(item.name)));
}
