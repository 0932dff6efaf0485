/** The whole console: one hook for keys, one for pastes, one store; Ink only draws the frame. */
import { Box, useApp, useCursor, useInput, usePaste } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import type { Session } from '../console/session.ts';
import { frameOf } from '../console/views/frame.ts';
import { splitKeys } from '../terminal/keys.ts';
import { LineView } from './line-view.tsx';
import { terminalOf } from './terminal.ts';
import type { Theme } from './theme.ts';

interface Props {
  readonly session: Pick<Session, 'store' | 'attach'>;
  readonly theme: Theme;
  /** Forgets what is on the screen, so that the next frame is drawn whole. */
  readonly clear: () => void;
  readonly columns: number;
  readonly rows: number;
}

export function App({ session: { store, attach }, theme, clear, columns, rows }: Props) {
  const state = useSyncExternalStore(store.subscribe, store.state);

  const { setCursorPosition } = useCursor();
  const { exit, suspendTerminal } = useApp();

  useEffect(() => store.dispatch({ type: 'resized', columns, rows }), [store, columns, rows]);
  useEffect(
    () => attach(terminalOf({ clear, exit, suspendTerminal })),
    [attach, clear, exit, suspendTerminal],
  );
  useInput((input, key) =>
    store.batch(splitKeys(input, key).map((pressed) => ({ type: 'key', key: pressed }))),
  );
  usePaste((text) => store.dispatch({ type: 'paste', text }));

  // The size as Ink sees it now: state may be one message behind, and a frame must never be taller.
  const { lines, cursor } = frameOf({ ...state, columns, rows });
  setCursorPosition(cursor);
  return (
    <Box width={columns} height={rows} overflow="hidden" flexDirection="column">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of the screen are their own identity
        <LineView key={at} line={line} theme={theme} />
      ))}
    </Box>
  );
}
