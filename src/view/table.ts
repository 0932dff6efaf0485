/** Rows of cells at fixed widths: the jobs table, the runs, the snapshots, the plan. */

import { fitLine, fitSpan } from './compose.ts';
import { type Line, plain, type Span, sameLine } from './line.ts';
import { memoEach } from './memo.ts';

export interface Width {
  readonly width: number;
  readonly align?: 'left' | 'right';
}

/** Cells of the given widths, two apart. */
export const cells = (spans: readonly Span[], widths: readonly Width[]): Line =>
  spans.flatMap((span, at) => {
    const fitted = fitSpan(span, widths[at]?.width ?? 0, widths[at]?.align);
    return at === 0 ? [fitted] : [plain('  '), fitted];
  });

/** The line that is chosen, which begins with a space: `▌` for it, and inverse; never a look alone. */
export const chosenLine = ([first, ...rest]: Line): Line =>
  [{ ...first, text: (first?.text ?? '').replace(/^ ?/, '▌') }, ...rest].map((span) => ({
    ...span,
    inverse: true,
  }));

interface RowLook {
  readonly cursor: boolean;
  readonly marked: boolean;
  readonly columns: number;
  /** The keys act on another part of the screen: only `▌` says where the cursor is. */
  readonly dull?: boolean | undefined;
}

/** A row of a list: `▌` and inverse text at the cursor, `*` where it is marked. */
export function row(content: Line, { cursor, marked, columns, dull = false }: RowLook): Line {
  const lead = { text: `${cursor ? '▌' : ' '}${marked ? '*' : ' '} `, entry: true } as const;
  const line = fitLine([lead, ...content], columns);
  return cursor && !dull ? line.map((span) => ({ ...span, inverse: true })) : line;
}

/** More than there are rows on a screen. */
const remembered = 200;

type RowOf = (key: string, spans: Line, widths: readonly Width[], look: RowLook) => Line;

/**
 * `row` of `cells` for a list whose rows are known by a key. One that shows what it showed before,
 * whatever became of the data behind it, is the very same line.
 */
export const rowsByKey = (): RowOf =>
  memoEach(
    remembered,
    (spans: Line, widths: readonly Width[], look: RowLook) => row(cells(spans, widths), look),
    ([spans, widths, look], [others, theirs, another]) =>
      widths === theirs && sameLook(look, another) && sameLine(spans, others),
  );

const sameLook = (a: RowLook, b: RowLook): boolean =>
  a.cursor === b.cursor && a.marked === b.marked && a.columns === b.columns && a.dull === b.dull;
