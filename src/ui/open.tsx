/** Ink, once it is there: it takes over the screen that is shown already, and has the terminal from then on. */
import { render } from 'ink';
import type { Keyboard } from '../terminal/keyboard.ts';
import type { SuspendTerminal } from '../terminal/suspend.ts';
import { App } from './app.tsx';
import type { Screen } from './screen.ts';

export interface OpenInk {
  readonly suspendTerminal: SuspendTerminal;
  /** Leaves the alternate screen and gives the keyboard back. */
  readonly close: () => void;
  /** Resolves once all of that is written. */
  readonly ended: Promise<unknown>;
}

interface Taken {
  readonly keyboard: Pick<Keyboard, 'release'>;
  readonly screen: Pick<Screen, 'close'>;
  readonly stdout: NodeJS.WriteStream;
}

export function openInk({ stdout, ...taken }: Taken): OpenInk {
  let suspendTerminal: SuspendTerminal;
  const onReady = (by: SuspendTerminal): void => {
    suspendTerminal = by;
  };
  const ink = render(<App {...taken} onReady={onReady} />, {
    stdout,
    // It is entered already: of Ink's way in nothing is written (scripts/plugins.ts).
    alternateScreen: true,
    exitOnCtrlC: false,
    // Ink would do nothing until the end where CI is set; here a terminal was checked for.
    interactive: true,
    // Ink's text for screen readers is made of rows and columns here, which says nothing.
    isScreenReaderEnabled: false,
  });
  return {
    suspendTerminal: (work) => suspendTerminal(work),
    close: () => ink.unmount(),
    ended: ink.waitUntilExit(),
  };
}
