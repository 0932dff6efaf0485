/** The journal was read. */
import type { MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
import { moreKey } from './rows.ts';

export const journalRead = (
  state: State,
  { operations, more, olderThan, problem }: MessageOf<'journal'>,
): State =>
  onNearest(state, 'journal', (screen) => {
    const first = operations[0]?.key ?? null;
    if (olderThan === undefined)
      return { ...screen, operations, more, problem, cursor: { key: first, row: 0 } };
    // It was asked for twice.
    if (screen.operations?.at(-1)?.key !== olderThan) return screen;
    const { cursor } = screen;
    return {
      ...screen,
      operations: [...screen.operations, ...operations],
      more,
      cursor: cursor.key === moreKey ? { ...cursor, key: first ?? olderThan } : cursor,
    };
  });

export const operationRead = (state: State, { key, changes }: MessageOf<'operation'>): State =>
  onNearest(state, 'journal', (screen) =>
    screen.opened.has(key)
      ? { ...screen, opened: new Map([...screen.opened, [key, changes]]) }
      : screen,
  );
