/** What of the snapshots would stay and go by a policy: a calendar, and each with its reasons. */
import { counts as countsOf, pruneLines } from '../../../snapshot/prune/lines.ts';
import { policyText } from '../../../snapshot/prune/policy.ts';
import type { Group } from '../../../snapshot/prune/prune.ts';
import { clean } from '../../../terminal/cell.ts';
import { fillRows, fitLine, paragraph, spread } from '../../../view/compose.ts';
import { bold, type Line, plain, quiet, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { bodyRows, firstShown } from '../../state/layout.ts';
import type { PruneScreen, State } from '../../state/model.ts';

export const linesOf = memo((groups: readonly Group[] | null): readonly Line[] =>
  pruneLines(groups ?? []).map((line) => line.map((span) => ({ ...span, text: clean(span.text) }))),
);

export function pruneTitle(state: State, { words, groups }: PruneScreen): Line {
  const counts = groups === null ? '' : countsOf(groups.flatMap(({ decisions }) => decisions));
  return spread(
    [plain(' '), bold('Thin out'), quiet(`  ${policyText(words)}`)],
    [plain(`  ${counts} `)],
    state.columns,
  );
}

export function pruneBody(state: State, { groups, problem, top }: PruneScreen): Line[] {
  const height = bodyRows(state);
  if (groups === null) return fillRows([[quiet('   looking…')]], height);
  if (problem !== undefined)
    return fillRows(
      paragraph(problem, state.columns - 6).map((text) => [toned(`   ${text}`, 'bad')]),
      height,
    );
  const lines = linesOf(groups);
  if (lines.length === 0) return fillRows([[quiet('   There are no snapshots.')]], height);
  const first = firstShown(top, lines.length, height);
  return fillRows(
    lines.slice(first, first + height).map((line) => fitLine([plain(' '), ...line], state.columns)),
    height,
  );
}
