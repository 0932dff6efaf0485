/** The fields of a job, one a row. */

import type { FieldPath } from '../../../job/field-path.ts';
import { pathOf } from '../../../job/field-path.ts';
import type { Job } from '../../../job/job.ts';
import { width } from '../../../terminal/cell.ts';
import { fillRows, spread } from '../../../view/compose.ts';
import { findingsBelow } from '../../../view/findings.ts';
import { bold, type Line, plain, quiet, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { editablePaths, textAt } from '../../editors/field-values.ts';
import { type Drafted, drafted, isAt } from '../../editors/judging.ts';
import { aroundOf } from '../../state/around.ts';
import { keysOf, type Rows, windowOf } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import type { FieldsScreen, State } from '../../state/model.ts';

interface FieldRows extends Rows {
  readonly paths: readonly FieldPath[];
  /** Cells of the longest name. */
  readonly longest: number;
}

export const fieldRows = memo((job: Job): FieldRows => {
  const paths = editablePaths(job);
  const names = paths.map(pathOf);
  return { ...keysOf(names), paths, longest: Math.max(...names.map(width)) };
});

export const noFields: Rows = keysOf([]);

export const fieldsTitle = (state: State, screen: FieldsScreen): Line =>
  spread([plain(' '), bold(screen.job), quiet('  fields')], [], state.columns);

export function fieldsBody(state: State, screen: FieldsScreen): Line[] {
  const job = state.jobs.byName.get(screen.job)?.job;
  if (!job) return [[quiet('   It is not on this server any more.')]];
  const height = listRows(state);
  const rows = fieldRows(job);
  const widths = widthsAt(state.columns, rows.longest);
  const around = drafted(job, rows.paths, state.drafts, aroundOf(state));
  const cursor = screen.cursor.key ?? rows.keys.at(0);
  const blocks = rows.paths
    .slice(windowOf(screen.cursor, rows, height).start)
    .slice(0, height)
    .map((keys) => ({
      here: pathOf(keys) === cursor,
      lines: fieldLines(job, keys, around, pathOf(keys) === cursor, {
        widths,
        columns: state.columns,
      }),
    }));
  return [
    [plain('   '), ...cells(['FIELD', 'VALUE'].map(quiet), widths)],
    ...fillRows(inSight(blocks, height), height),
  ];
}

/** The names whole where that leaves most of the line to the values. */
function widthsAt(columns: number, longest: number): Width[] {
  const name = Math.min(longest, Math.max(24, Math.floor(columns * 0.4)));
  return [{ width: name }, { width: Math.max(8, columns - name - 5) }];
}

/** A field in a row, and below it in whole lines what is wrong with it. */
function fieldLines(
  job: Job,
  keys: FieldPath,
  { texts, errors, findings }: Drafted,
  cursor: boolean,
  { widths, columns }: { readonly widths: readonly Width[]; readonly columns: number },
): Line[] {
  const path = pathOf(keys);
  const found = findings.filter((each) => isAt(path, each));
  const error = errors.get(path);
  const bad = error !== undefined || found.some(({ level }) => level === 'error');
  const text = valueText(textAt(job, keys), texts.get(path), widths[1]!.width);
  const tone = bad ? 'bad' : found.length > 0 ? 'attention' : 'plain';
  return [
    row(cells([quiet(path), toned(text, tone)], widths), { cursor, marked: false, columns }),
    ...(error === undefined ? [] : [[toned(`     ✗ ${error}`, 'bad')]]),
    ...findingsBelow(found, columns, 5),
  ];
}

/** A draft in place of what is stored, with that beside it where there is room. */
function valueText(stored: string, draft: string | undefined, room: number): string {
  const oneLine = (text: string): string =>
    text.replace(/\s+/g, (gap) => (gap.includes('\n') ? ' ' : gap));
  if (draft === undefined) return oneLine(stored);
  const typed = `(draft) ${oneLine(draft) || 'nothing'}`;
  const both = `${typed}   now ${oneLine(stored) || 'nothing'}`;
  return width(both) <= room ? both : typed;
}

/** From the first field on that leaves the one under the cursor whole in so many lines. */
function inSight(
  blocks: readonly { readonly here: boolean; readonly lines: readonly Line[] }[],
  height: number,
): Line[] {
  const at = blocks.findIndex(({ here }) => here);
  const needed = (from: number): number =>
    blocks.slice(from, at + 1).reduce((sum, { lines }) => sum + lines.length, 0);
  let first = 0;
  while (first < at && needed(first) > height) first++;
  return blocks.slice(first).flatMap(({ lines }) => lines);
}
