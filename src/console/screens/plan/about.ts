/** What there is to say of one job of a plan: what came of it, what the checks say, what would differ. */
import type { FieldChange } from '../../../job/compare.ts';
import type { Finding } from '../../../job/lint/finding.ts';
import type { Clock } from '../../../job/upcoming.ts';
import { differencesOf, runsMoved, shownOf } from '../../../plan/differences.ts';
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
import type { PlanScreen, State } from '../../state/model.ts';
import { resultSpan } from './looks.ts';
import { itemHere } from './shown.ts';

/** What is told of, and how. */
interface About {
  readonly item: CheckedItem;
  readonly result: RestoreResult | undefined;
  readonly secrets: boolean;
  readonly clock: Clock;
}

/** The job under the cursor; null where there is none. */
export function aboutHere(state: State, screen: PlanScreen): About | null {
  const item = itemHere(screen);
  if (item === undefined) return null;
  const result = screen.results.get(item.name);
  return { item, result, secrets: screen.secrets === true, clock: clockOf(state) };
}

const clockOf = ({ now, setting, server }: State): Clock =>
  clockAt(now, setting.serverZone, server?.version);

/** The very same within a frame. */
const clockAt = memo(
  (now: number, serverZone: string, version: string | undefined): Clock => ({
    now,
    serverZone,
    version,
  }),
);

/** In lines of so many cells, the difference from a cell on. */
export const aboutLines = (
  { item, result, secrets, clock }: About,
  columns: number,
  left: number,
): Line[] => linesOf(item, result, secrets, clock, columns, left);

/** A frame asks more than once: how many they are, and for them. */
const linesOf = memo(
  (
    item: CheckedItem,
    result: RestoreResult | undefined,
    secrets: boolean,
    clock: Clock,
    columns: number,
    left: number,
  ): Line[] => {
    const about = { item, result, secrets, clock };
    const [errors, others] = foundIn(item, columns);
    const lines = [
      ...cameLines(about, columns),
      ...errors,
      ...sidesIn(about, columns),
      ...changeLines(changesShown(about), columns, left),
      ...others,
    ];
    if (lines.length > 0) return lines;
    return paragraph(whyOf(item), columns).map((text) => [quiet(text)]);
  },
);

/** Why it was not done, whole; then what the checks say. */
export const saidLines = (about: About, columns: number): Line[] => [
  ...cameLines(about, columns),
  ...foundIn(about.item, columns).flat(),
];

/** What keeps a job from being written, and what is only to be known: that may stand below the difference. */
function foundIn({ findings }: CheckedItem, columns: number): [errors: Line[], others: Line[]] {
  const isError = ({ level }: Finding): boolean => level === 'error';
  const others = findings.filter((found) => !isError(found));
  return [findingLines(findings.filter(isError), columns), findingLines(others, columns)];
}

/** Why it was not done, whole; what others did since, and what a policy did. */
function cameLines({ item, result }: About, columns: number): Line[] {
  const failed = result === undefined || isDone(result) ? [] : failureLines(result, columns);
  const replaced = replacedText(item);
  const where = replaced === '' ? [] : paragraph(`replaced in ${replaced}`, columns - 1);
  return [...failed, ...leftLines(item, columns), ...where.map((line) => [quiet(` ${line}`)])];
}

/** Why it is not marked from the start. */
const leftLines = ({ kind, left }: CheckedItem, columns: number): Line[] =>
  left === undefined
    ? []
    : paragraph(
        `! ${left}: ${kind === 'same' ? 'nothing to write' : 'left as it is unless you mark it'}`,
        columns - 1,
      ).map((line) => [toned(` ${line}`, 'attention')]);

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

/**
 * Field by field `−` what the server has, `+` what it would become, without credentials unless asked for; below the
 * schedule when it runs, where that moves.
 */
export function changesShown({ item, secrets, clock }: About): readonly FieldChange[] {
  if (item.moved !== undefined) return [];
  const runs = runsMoved(item, clock);
  const changes = secrets ? differencesOf(item) : masked(item);
  const below = changes.findLastIndex(({ path }) => path === 'schedule' || path === 'timezone') + 1;
  return runs === null ? changes : changes.toSpliced(below, 0, runs);
}

const masked = memo((item: CheckedItem) => shownOf(differencesOf(item), false));
