/** What Ink does for the console: it has the terminal, gives it away and takes it back. It draws nothing. */
import { useApp } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import type { Host } from '../console/host.ts';
import { shareDone } from '../console/state/under-way.ts';
import type { Keyboard } from '../terminal/keyboard.ts';
import { jobControl } from '../terminal/suspend.ts';
import type { TabProgress } from '../terminal/tab-progress.ts';
import { messagesOf } from './messages.ts';
import type { Screen } from './screen.ts';
import { terminalOf } from './terminal.ts';

interface Props {
  readonly host: Pick<Host, 'session' | 'subscribe' | 'attach'>;
  readonly keyboard: Keyboard;
  readonly screen: Pick<Screen, 'redraw' | 'hold' | 'release' | 'close'>;
  /** What the terminal's tab tells. */
  readonly tab: TabProgress;
}

export function App({ host, keyboard, screen, tab }: Props) {
  const { store } = useSyncExternalStore(host.subscribe, host.session);
  const { exit, suspendTerminal } = useApp();

  useEffect(() => {
    const job = jobControl(keyboard, async (work) => {
      screen.hold();
      try {
        await suspendTerminal(work);
      } finally {
        screen.release();
      }
    });
    host.attach(terminalOf({ clear: screen.redraw, exit, job }));
    return job.close;
  }, [host, exit, keyboard, screen, suspendTerminal]);
  useEffect(() => keyboard.listen((inputs) => store.batch(messagesOf(inputs))), [keyboard, store]);
  const share = useSyncExternalStore(store.subscribe, () => shareDone(store.state()));
  useEffect(() => tab.show(share), [tab, share]);
  // However Ink comes to its end, also by a signal, the terminal is given back, and nothing is painted any more.
  useEffect(() => keyboard.release, [keyboard]);
  useEffect(() => screen.close, [screen]);
  return null;
}
