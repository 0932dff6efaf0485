/** A plan for people: what each job would become, when it would run then, what to beware of. */
import { counted } from '../base/counted.ts';
import { diffJobs, type FieldChange } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { type Finding, findingText } from '../job/lint/finding.ts';
import { keptOf } from '../job/lint/kept.ts';
import { wholeJob } from '../job/zero.ts';
import type { CheckedItem, CheckedPlan, RestoreItem, RestoreKind } from '../plan/model.ts';
import { replacedText } from '../plan/policy/words.ts';
import { instantFromMillis, type ScheduleContext } from '../schedule/index.ts';
import { blank } from '../view/compose.ts';
import { wholeChangeLines } from '../view/diff.ts';
import { bold, type Line, quiet, type Tone, toned } from '../view/line.ts';
import type { Invocation } from './invocation.ts';
import { movedLines } from './moved.ts';
import { printLines } from './output.ts';
import { preview, printPreviews } from './preview.ts';

export const kindTones: Record<RestoreKind, Tone> = {
  new: 'ok',
  change: 'attention',
  delete: 'bad',
  blocked: 'bad',
  same: 'quiet',
  'only-here': 'quiet',
};

/** Prints every difference in full; of what stays as it is, how much there is. */
export function printPlan(invocation: Invocation, plan: CheckedPlan, version: string): void {
  const { io } = invocation;
  const differing = plan.items.filter(({ kind }) => kind !== 'same');
  for (const item of differing) {
    printItem(invocation, item, version);
    if (item !== differing.at(-1)) printLines(io, [blank]);
  }
  const same = plan.items.length - differing.length;
  if (same > 0) printLines(io, [[quiet(`${counted(same)} already up to date`)]]);
}

/** Prints what a job would become, and what the checks say of it. */
export function printItem(invocation: Invocation, item: CheckedItem, version: string): void {
  const replaced = replacedText(item);
  printLines(invocation.io, [[bold(item.name), toned(`  ${item.kind}`, kindTones[item.kind])]]);
  printChanges(invocation, item, version);
  printLines(invocation.io, [
    ...(replaced === '' ? [] : [[quiet(` replaced in ${replaced}`)]]),
    ...findingLines(item.findings, item.why),
  ]);
}

/** What the checks say of a job; why it is blocked, where that is said already, is left out. */
export const findingLines = (findings: readonly Finding[], why = ''): Line[] =>
  findings
    .filter((found) => findingText(found) !== why)
    .map((found) => [
      found.level === 'error'
        ? toned(` error: ${findingText(found)}`, 'bad')
        : toned(` warning: ${findingText(found)}`, 'attention'),
    ]);

/** Changes of these show in the preview of the schedule, and of those the next runs do. */
const inPreview = new Set(['name', 'schedule', 'timezone']);
const moving = new Set([...inPreview, 'parent_job', 'disabled']);

function printChanges(
  invocation: Invocation,
  item: RestoreItem,
  version: string,
  secrets = false,
): void {
  const { io } = invocation;
  const { serverZone } = invocation.target;
  const { kind, why, job, seen, left } = item;
  if (left !== undefined) {
    printLines(io, [[quiet(` stays as it is: ${left}`)]]);
    return;
  }
  if (kind === 'delete' || kind === 'blocked') {
    printLines(io, [[toned(` ${why}`, 'bad')], ...movedLines(item, secrets)]);
    return;
  }
  const changes = seen === null ? fieldsOf(keptOf(job, version).job) : item.changes;
  printLines(io, wholeChangeLines(changes.filter(({ path }) => !inPreview.has(path))));
  if (!changes.some(({ path }) => moving.has(path))) return;
  const place: ScheduleContext = { serverTimezone: serverZone, version };
  const now = instantFromMillis(Date.now());
  const before = seen === null ? null : preview(seen, place, now);
  printPreviews(invocation, before, preview(job, place, now), now);
}

/** What a new job says of itself. */
const fieldsOf = (job: Job): FieldChange[] =>
  diffJobs(wholeJob({}), job).map((change) => ({ ...change, before: '' }));
