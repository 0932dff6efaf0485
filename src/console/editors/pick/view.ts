/** The values that a field can have, as a list; what the checks say of the one under the cursor. */
import { settingOf } from '../../../job/executors.ts';
import { pathOf } from '../../../job/field-path.ts';
import { fieldOf } from '../../../job/fields.ts';
import { blank, fillRows, paragraph, spread } from '../../../view/compose.ts';
import { findingLines } from '../../../view/findings.ts';
import { bold, type Line, plain, quiet } from '../../../view/line.ts';
import { row } from '../../../view/table.ts';
import { aroundOf } from '../../state/around.ts';
import { bodyRows } from '../../state/layout.ts';
import type { PickOverlay, State } from '../../state/model.ts';
import { textAt } from '../field-values.ts';
import { judgeText } from '../judging.ts';
import { pickable } from './keys.ts';

export function pickView(
  state: State,
  overlay: PickOverlay,
): { readonly title: Line; readonly body: readonly Line[] } {
  const { seen, keys, cursor } = overlay;
  const values = pickable(overlay);
  const chosen = values[cursor];
  const said =
    typeof chosen === 'string' ? judgeText(seen, keys, chosen, aroundOf(state)).findings : [];
  const help = helpOf(overlay);
  const stored = textAt(seen, keys);
  const list = values.map((value, at) =>
    row([plain(labelOf(value)), quiet(value === stored ? '   as it is' : '')], {
      cursor: at === cursor,
      marked: false,
      columns: state.columns,
    }),
  );
  return {
    title: spread(
      [plain(' '), bold(seen.name), quiet(`  ${pathOf(keys)}`)],
      [quiet(`now ${stored === '' ? 'not set' : stored} `)],
      state.columns,
    ),
    body: fillRows(
      [
        ...paragraph(help, state.columns - 4).map((text): Line => [quiet(`   ${text}`)]),
        ...list,
        blank,
        ...findingLines(said, state.columns),
      ],
      bodyRows(state),
    ),
  };
}

function labelOf(value: string | null): string {
  if (value === null) return 'something else…';
  return value === '' ? 'not set' : value;
}

const helpOf = ({ seen, keys: [name = '', ...rest] }: PickOverlay): string =>
  (rest.length === 0 ? fieldOf(name)?.help : settingOf(seen.executor, rest.join('.'))?.help) ?? '';
