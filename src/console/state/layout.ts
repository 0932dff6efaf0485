/** How the screen is shared out, in rows and columns. The views and the moves by page read it. */
import type { State } from './model.ts';

export const headerRows = 2;
export const footerRows = 1;
/** Below this nothing useful fits; the console says so instead of drawing a heap. */
export const leastColumns = 40;
export const leastRows = 10;

export const tooSmall = ({ columns, rows }: State): boolean =>
  columns < leastColumns || rows < leastRows;

export const bodyRows = ({ rows }: State): number => Math.max(1, rows - headerRows - footerRows);

/** From here on the job under the cursor stands in a pane at the right, not in a strip below. */
const paneFrom = 150;
const stripRows = 4;

export const paneColumns = ({ columns }: State): number =>
  columns >= paneFrom ? Math.min(76, Math.floor(columns * 0.34)) : 0;

export const stripHeight = (state: State): number =>
  paneColumns(state) === 0 && state.rows >= 16 ? stripRows : 0;

/** Rows of jobs on the jobs screen, without the line of titles. */
export const tableRows = (state: State): number =>
  Math.max(1, bodyRows(state) - 1 - stripHeight(state));

export const tableColumns = (state: State): number => {
  const pane = paneColumns(state);
  return pane === 0 ? state.columns : state.columns - pane - 1;
};

/** Rows of a list that fills the body below one line of titles. */
export const listRows = (state: State): number => Math.max(1, bodyRows(state) - 1);

/** The job screen: the runs get at least a third; details that need less leave them more. */
export function jobRows(state: State, details: number): { details: number; runs: number } {
  const body = bodyRows(state) - 1;
  const most = Math.max(3, body - Math.max(4, Math.floor(body / 3)));
  const shown = Math.min(details, most);
  return { details: shown, runs: Math.max(1, body - shown) };
}

/** Cells of the line numbers in the body editor. */
export const gutter = 6;
/** The body editor has a line above it for what is wrong with the text. */
export const editorSize = (state: State): { readonly columns: number; readonly rows: number } => ({
  columns: Math.max(8, state.columns - gutter - 1),
  rows: Math.max(1, bodyRows(state) - 1),
});

/** A plan shows below its list what changes in the job under the cursor; a short list leaves it more. */
export function planRows(
  state: State,
  jobs: number,
): { readonly list: number; readonly diff: number } {
  const rows = Math.max(1, bodyRows(state) - 2);
  if (state.rows < 18) return { list: rows, diff: 0 };
  const list = Math.max(1, Math.min(jobs, rows - Math.min(12, Math.floor(state.rows / 3))));
  return { list, diff: rows - list };
}

/** The first line shown of so many in a window: never past the end. */
export const firstShown = (top: number | undefined, lines: number, height: number): number =>
  Math.max(0, Math.min(top ?? 0, lines - height));
