/** The whole console: one keyboard, one store; Ink only draws the frame. */
import { Box, useApp, useCursor } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import { frameOf } from '../console/frame/frame.ts';
import type { Session } from '../console/session.ts';
import { isQuestion } from '../console/state/questions.ts';
import { shareDone } from '../console/state/under-way.ts';
import type { Keyboard } from '../terminal/keyboard.ts';
import { jobControl } from '../terminal/suspend.ts';
import type { TabProgress } from '../terminal/tab-progress.ts';
import type { Theme } from '../view/theme.ts';
import { LineView } from './line-view.tsx';
import { messagesOf } from './messages.ts';
import { terminalOf } from './terminal.ts';

interface Props {
  readonly session: Pick<Session, 'store' | 'attach'>;
  readonly keyboard: Keyboard;
  /** What the terminal's tab tells. */
  readonly tab: TabProgress;
  readonly theme: Theme;
  /** Forgets what is on the screen, so that the next frame is drawn whole. */
  readonly clear: () => void;
  readonly columns: number;
  readonly rows: number;
}

export function App({
  session: { store, attach },
  keyboard,
  tab,
  theme,
  clear,
  columns,
  rows,
}: Props) {
  const state = useSyncExternalStore(store.subscribe, store.state);

  const { setCursorPosition } = useCursor();
  const { exit, suspendTerminal, waitUntilRenderFlush } = useApp();

  useEffect(() => store.dispatch({ type: 'resized', columns, rows }), [store, columns, rows]);
  useEffect(() => {
    const job = jobControl(keyboard, suspendTerminal);
    attach(terminalOf({ clear, exit, job }));
    return job.close;
  }, [attach, clear, exit, keyboard, suspendTerminal]);
  useEffect(() => keyboard.listen((inputs) => store.batch(messagesOf(inputs))), [keyboard, store]);
  const unpainted = isQuestion(state.overlay) && state.overlay.quietSince === null;
  useEffect(() => {
    if (!unpainted) return;
    let isGone = false;
    waitUntilRenderFlush().then(() => {
      if (!isGone) store.dispatch({ type: 'painted', at: performance.now() });
    });
    return () => {
      isGone = true;
    };
  }, [store, unpainted, waitUntilRenderFlush]);
  const share = shareDone(state);
  useEffect(() => tab.show(share), [tab, share]);
  // However Ink comes to its end, also by a signal, the terminal is given back.
  useEffect(() => keyboard.release, [keyboard]);

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
