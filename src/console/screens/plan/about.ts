/** What there is to say of one job of a plan: what came of it, what the checks say, what would differ. */
import { diffJobs, type FieldChange } from '../../../job/compare.ts';
import type { Job } from '../../../job/job.ts';
import { maskChange } from '../../../job/mask.ts';
import type { CheckedItem, RestoreResult } from '../../../plan/model.ts';
import { isDone } from '../../../plan/outcome.ts';
import { replacedText } from '../../../plan/policy/words.ts';
import { madeOf, versionsOf } from '../../../plan/versions.ts';
import { fitLine, paragraph } from '../../../view/compose.ts';
import { changeLines } from '../../../view/diff.ts';
import { findingLines } from '../../../view/findings.ts';
import { type Line, quiet, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { threeWayLines } from '../../../view/three-way.ts';
import type { PlanScreen } from '../../state/model.ts';
import { resultSpan } from './looks.ts';
import { itemHere } from './shown.ts';

/** What is told of, and how. */
interface About {
  readonly item: CheckedItem;
  readonly result: RestoreResult | undefined;
  readonly secrets: boolean;
}

/** The job under the cursor; null where there is none. */
export function aboutHere(screen: PlanScreen): About | null {
  const item = itemHere(screen);
  if (item === undefined) return null;
  return { item, result: screen.results.get(item.name), secrets: screen.secrets === true };
}

/** In lines of so many cells, the difference from a cell on. */
export const aboutLines = (
  { item, result, secrets }: About,
  columns: number,
  left: number,
): Line[] => linesOf(item, result, secrets, columns, left);

/** A frame asks more than once: how many they are, and for them. */
const linesOf = memo(
  (
    item: CheckedItem,
    result: RestoreResult | undefined,
    secrets: boolean,
    columns: number,
    left: number,
  ): Line[] => {
    const about = { item, result, secrets };
    const said = [...saidLines(about, columns), ...sidesIn(about, columns)];
    const changes = changesShown(about);
    if (changes.length > 0) return [...said, ...changeLines(changes, columns, left)];
    if (said.length > 0) return said;
    return paragraph(whyOf(item), columns).map((text) => [quiet(text)]);
  },
);

/** Why it was not done, whole; then what the checks say. */
export function saidLines({ item, result }: About, columns: number): Line[] {
  const failed = result === undefined || isDone(result) ? [] : failureLines(result, columns);
  const replaced = replacedText(item);
  const where = replaced === '' ? [] : paragraph(`replaced in ${replaced}`, columns - 1);
  return [
    ...failed,
    ...leftLines(item, columns),
    ...findingLines(item.findings, columns),
    ...where.map((line) => [quiet(` ${line}`)]),
  ];
}

/** Why it is not marked from the start. */
const leftLines = ({ left }: CheckedItem, columns: number): Line[] =>
  left === undefined
    ? []
    : paragraph(`! ${left}: left as it is unless you mark it`, columns - 1).map((line) => [
        toned(` ${line}`, 'attention'),
      ]);

/** Where somebody changed the job since: what it was, is to be and is now. */
export function sidesOf({ item, result, secrets }: About): Line[] {
  const now = madeOf(item, result);
  return now === undefined ? [] : threeWayLines(versionsOf(item, now), secrets);
}

function sidesIn(about: About, columns: number): Line[] {
  const sides = sidesOf(about).map((line) => fitLine(line, columns));
  return sides.length === 0 ? [] : [[quiet(' n plans it anew over what is there now')], ...sides];
}

function failureLines(result: RestoreResult, columns: number): Line[] {
  const { text, tone } = resultSpan(result);
  const lines = paragraph(`${text}: ${result.message}`, columns - 1);
  return lines.map((line) => [toned(` ${line}`, tone ?? 'bad')]);
}

export const whyOf = ({ why }: CheckedItem): string => why || 'no difference';

/** Field by field `−` what the server has, `+` what it would become; without credentials unless asked for. */
export const changesShown = ({ item, secrets }: About): readonly FieldChange[] =>
  item.moved !== undefined ? [] : secrets ? changesOf(item) : masked(item);

const masked = memo((item: CheckedItem): readonly FieldChange[] => changesOf(item).map(maskChange));

function changesOf({ kind, changes, job, seen }: CheckedItem): readonly FieldChange[] {
  if (kind === 'new') return diffJobs(nothing, job).map((change) => ({ ...change, before: '' }));
  return kind === 'delete' ? diffJobs(seen ?? job, nothing) : changes;
}

/** Where there is no job, no field of it has a value. */
const nothing = {} as Job;
