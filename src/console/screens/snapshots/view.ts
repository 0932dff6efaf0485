/** The snapshots of this cluster on this machine, newest first. */
import { counted } from '../../../base/counted.ts';
import { width } from '../../../terminal/cell.ts';
import { fillRows, paragraph, spread } from '../../../view/compose.ts';
import { type Line, plain, quiet, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { shortSpan } from '../../../view/short.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { keysOf, type Rows, windowOf } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import type { SnapshotsScreen, State } from '../../state/model.ts';

export const snapshotKeys = memo(
  (files: SnapshotsScreen['files']): Rows => keysOf((files ?? []).map((file) => file.path)),
);

export const snapshotsTitle = (state: State, screen: SnapshotsScreen): Line =>
  spread(
    [
      plain(' Restore from  '),
      quiet(
        screen.files === null || screen.problem !== undefined
          ? ''
          : `${counted(screen.files.length, 'snapshot')} of this cluster`,
      ),
    ],
    [],
    state.columns,
  );

const problemLines = (problem: string, columns: number): Line[] =>
  paragraph(`${problem}. o opens any file.`, columns - 6).map((text) => [
    toned(`   ${text}`, 'bad'),
  ]);

export function snapshotsBody(state: State, screen: SnapshotsScreen): Line[] {
  const height = listRows(state);
  const longest = (screen.files ?? []).reduce((most, { name }) => Math.max(most, width(name)), 24);
  const widths: Width[] = [
    { width: Math.min(longest, state.columns - 28) },
    { width: 8, align: 'right' },
    { width: 10, align: 'right' },
  ];
  const head = [plain('   '), ...cells(['FILE', 'AGE', 'SIZE'].map(quiet), widths)];
  if (screen.files === null) return [head, ...fillRows([[quiet('   looking…')]], height)];
  if (screen.problem !== undefined)
    return [head, ...fillRows(problemLines(screen.problem, state.columns), height)];
  if (screen.files.length === 0)
    return [
      head,
      ...fillRows([[quiet('   No snapshots yet: S takes one; o opens any file.')]], height),
    ];
  const keys = snapshotKeys(screen.files);
  const { start, end } = windowOf(screen.cursor, keys, height);
  const rows = screen.files.slice(start, end).map((file) => {
    const content = cells(
      [
        plain(file.unreadable ? `${file.name} (cannot be read)` : file.name),
        quiet(shortSpan(state.now - file.modified)),
        quiet(size(file.bytes)),
      ],
      widths,
    );
    return row(content, {
      cursor: file.path === screen.cursor.key,
      marked: false,
      columns: state.columns,
    });
  });
  return [head, ...fillRows(rows, height)];
}

function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
