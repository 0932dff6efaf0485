/** The whole screen as lines: exactly as many as the terminal has rows. Pure. */
import { bodyRows, leastColumns, leastRows, tooSmall } from '../layout.ts';
import { bold, type Line, plain, quiet } from '../line.ts';
import type { Screen, State } from '../model.ts';
import { topScreen } from '../screens.ts';
import { choicesBody } from './choices.ts';
import { fillRows, fitLine } from './compose.ts';
import { footer } from './footer.ts';
import { topLine } from './header.ts';
import { jobBody, jobTitle } from './job.ts';
import { jobsBody, jobsTitle } from './jobs.ts';
import { restoreBody, restoreTitle } from './restore.ts';
import { executionsBody, executionsTitle } from './runs.ts';
import { type Inset, scheduleInset } from './schedule.ts';
import { snapshotsBody, snapshotsTitle } from './snapshots.ts';
import { textBody, textTitle } from './text.ts';

export interface Frame {
  readonly lines: readonly Line[];
  /** Where the terminal's own cursor stands while something is typed. */
  readonly cursor?: { readonly x: number; readonly y: number };
}

export function frameOf(state: State): Frame {
  if (tooSmall(state)) return { lines: fillRows(smallLines(state), state.rows) };
  const { overlay } = state;
  const inset = overlay?.kind === 'schedule' ? scheduleInset(state, overlay) : null;
  const screen = topScreen(state);
  const { title, body } = view(state, screen, inset?.lines ?? []);
  const chosen =
    overlay?.kind === 'help' || overlay?.kind === 'palette' ? choicesBody(state, overlay) : body;
  const bottom = footer(state);
  const lines = [
    topLine(state),
    title,
    ...fillRows(chosen, bodyRows(state) + 1 - bottom.lines.length),
    ...bottom.lines,
  ].map((line) => fitLine(line, state.columns));
  if (bottom.cursor !== undefined)
    return { lines, cursor: { x: bottom.cursor, y: state.rows - 1 } };
  const cursor = inset && insetCursor(lines, inset);
  return cursor ? { lines, cursor } : { lines };
}

function view(state: State, screen: Screen, inset: readonly Line[]): { title: Line; body: Line[] } {
  switch (screen.kind) {
    case 'jobs':
      return { title: jobsTitle(state, screen), body: jobsBody(state, screen, inset) };
    case 'job':
      return { title: jobTitle(state, screen), body: jobBody(state, screen, inset) };
    case 'executions':
      return { title: executionsTitle(state, screen), body: executionsBody(state, screen) };
    case 'text':
      return { title: textTitle(state, screen), body: textBody(state, screen) };
    case 'snapshots':
      return { title: snapshotsTitle(state, screen), body: snapshotsBody(state, screen) };
    case 'restore':
      return { title: restoreTitle(state, screen), body: restoreBody(state, screen) };
  }
}

/** The inset's place in the frame, found by its first line: views put it where it belongs. */
function insetCursor(lines: readonly Line[], inset: Inset): Frame['cursor'] {
  const first = inset.lines[0]?.[0];
  const y = lines.findIndex((line) =>
    line.some((span) => first !== undefined && span.text === first.text),
  );
  return y < 0 ? undefined : { x: inset.cursor.column, y: y + inset.cursor.line };
}

const smallLines = ({ columns, rows }: State): Line[] => [
  [bold('dkron-tui')],
  [plain(`This terminal is ${columns}×${rows};`)],
  [plain(`at least ${leastColumns}×${leastRows} is needed.`)],
  [quiet('Enlarge it, or ctrl-c quits.')],
];
