/** The contexts of the config file: where each leads, and what is closed there. */
import { counted } from '../../../base/counted.ts';
import { width } from '../../../terminal/cell.ts';
import { fillRows, spread } from '../../../view/compose.ts';
import { type Line, plain, quiet, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { keysOf, type Rows, windowOf } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import type { Choice, ContextsScreen, State } from '../../state/model.ts';

export const contextKeys = memo(
  (contexts: readonly Choice[]): Rows => keysOf(contexts.map(({ name }) => name)),
);

export const contextsTitle = ({ setting, columns }: State): Line =>
  spread(
    [
      plain(' Contexts  '),
      quiet(`${counted(setting.contexts.length, 'context')} in the config file`),
    ],
    [],
    columns,
  );

/** What the operator should know before going there. */
const closedText = ({ readOnly, isProtected }: Choice): string =>
  readOnly ? 'read-only' : isProtected ? 'protected' : '';

export function contextsBody(state: State, { cursor }: ContextsScreen): Line[] {
  const { contexts, context } = state.setting;
  const height = listRows(state);
  const longest = (text: (choice: Choice) => string, least: number): number =>
    contexts.reduce((most, choice) => Math.max(most, width(text(choice))), least);
  const name = Math.min(
    24,
    longest(({ name }) => name, 4),
  );
  const label = Math.min(
    12,
    longest(({ label }) => label, 5),
  );
  const widths: Width[] = [
    { width: name },
    { width: label },
    { width: 9 },
    { width: Math.max(12, state.columns - name - label - 20) },
  ];
  const head = [plain('   '), ...cells(['NAME', 'LABEL', '', 'WHERE'].map(quiet), widths)];
  const { start, end } = windowOf(cursor, contextKeys(contexts), height);
  const rows = contexts.slice(start, end).map((choice) => {
    const isHere = choice.name === context;
    const content = cells(
      [
        plain(choice.name),
        plain(choice.label),
        toned(closedText(choice), 'attention'),
        quiet(isHere ? `shown · ${choice.where}` : choice.where),
      ],
      widths,
    );
    return row(content, {
      cursor: choice.name === cursor.key,
      marked: false,
      columns: state.columns,
    });
  });
  const none = [quiet('   No contexts: dkron-tui contexts add NAME --url URL makes one.')];
  return [head, ...fillRows(rows.length === 0 ? [none] : rows, height)];
}
