/** What Ink does for the console: it has the terminal, gives it away and takes it back. It draws nothing. */
import { useApp } from 'ink';
import { useLayoutEffect } from 'react';
import type { Keyboard } from '../terminal/keyboard.ts';
import type { SuspendTerminal } from '../terminal/suspend.ts';
import type { Screen } from './screen.ts';

interface Props {
  readonly keyboard: Pick<Keyboard, 'release'>;
  readonly screen: Pick<Screen, 'close'>;
  readonly onReady: (suspendTerminal: SuspendTerminal) => void;
}

export function App({ keyboard, screen, onReady }: Props) {
  const { suspendTerminal } = useApp();
  useLayoutEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  // However Ink comes to its end, also by a signal, the terminal is given back, and nothing is painted any more.
  useLayoutEffect(() => keyboard.release, [keyboard]);
  useLayoutEffect(() => screen.close, [screen]);
  return null;
}
