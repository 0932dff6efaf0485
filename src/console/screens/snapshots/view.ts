/** The snapshots of this cluster on this machine, newest first. */
import { snapshotColumns } from '../../../snapshot/archive/columns.ts';
import type { SnapshotFile } from '../../../snapshot/archive/list.ts';
import { fillRows, paragraph, spread } from '../../../view/compose.ts';
import { bold, type Line, plain, quiet, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { zoneOfTimes, zoneText } from '../../../view/zones.ts';
import { keysOf, type Rows, windowOf } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import type { SnapshotsScreen, State } from '../../state/model.ts';

export const snapshotKeys = memo(
  (files: SnapshotsScreen['files']): Rows => keysOf((files ?? []).map((file) => file.path)),
);

export const snapshotsTitle = (state: State, { files, problem, marks }: SnapshotsScreen): Line =>
  spread(
    [
      plain(' '),
      bold('Snapshots'),
      quiet(files === null || problem !== undefined ? '' : `  ${files.length} of this cluster`),
    ],
    [
      ...(marks.size > 0 ? [toned(`  ${marks.size} marked  `, 'attention')] : []),
      quiet(`  ${zoneText(state)} `),
    ],
    state.columns,
  );

const problemLines = (problem: string, columns: number): Line[] =>
  paragraph(`${problem}. o opens any file.`, columns - 6).map((text) => [
    toned(`   ${text}`, 'bad'),
  ]);

/** The columns that there is room for, and how wide each is. */
function columnsAt(columns: number) {
  const shown = snapshotColumns.filter(({ from }) => from <= columns);
  const taken = shown.reduce((sum, { width }) => sum + width + 2, 3);
  const widths = shown.map(
    ({ width, align }): Width => ({ width: width || Math.max(8, columns - taken), align }),
  );
  return { shown, widths };
}

/** What was found out is more than what could be said before. */
function withVerdict(file: SnapshotFile, { verdicts }: SnapshotsScreen): SnapshotFile {
  const verdict = verdicts?.get(file.path);
  return verdict === 'proven' || verdict === 'damaged'
    ? { ...file, proven: verdict === 'proven' }
    : file;
}

export function snapshotsBody(state: State, screen: SnapshotsScreen): Line[] {
  const height = listRows(state);
  const { shown, widths } = columnsAt(state.columns);
  const head = [
    plain('   '),
    ...cells(
      shown.map(({ title }) => quiet(title)),
      widths,
    ),
  ];
  const { files, problem, cursor, marks } = screen;
  if (files === null) return [head, ...fillRows([[quiet('   looking…')]], height)];
  if (problem !== undefined)
    return [head, ...fillRows(problemLines(problem, state.columns), height)];
  if (files.length === 0)
    return [
      head,
      ...fillRows([[quiet('   No snapshots yet: S takes one; o opens any file.')]], height),
    ];
  const { start, end } = windowOf(cursor, snapshotKeys(files), height);
  const named = shown.some(({ title }) => title === 'FILE');
  const at = { now: state.now, zone: zoneOfTimes(state), named };
  const rows = files.slice(start, end).map((file) =>
    row(
      cells(
        shown.map(({ cell }) => cell(withVerdict(file, screen), at)),
        widths,
      ),
      {
        cursor: file.path === cursor.key,
        marked: marks.has(file.path),
        columns: state.columns,
      },
    ),
  );
  return [head, ...fillRows(rows, height)];
}
