/** Shows a session in the alternate screen and returns when the operator leaves it. */
import process from 'node:process';
import { render } from 'ink';
import type { Host } from '../console/host.ts';
import type { Keyboard } from '../terminal/keyboard.ts';
import type { TabProgress } from '../terminal/tab-progress.ts';
import type { Theme } from '../view/theme.ts';
import { App } from './app.tsx';
import { createPainter } from './painter.ts';
import { openScreen } from './screen.ts';
import { keepSize } from './size.ts';

export interface Showing {
  /** Aborted when the program is asked to end. */
  readonly signal: AbortSignal;
  /** Called with what closes the screen at once. */
  readonly onOpen: (close: () => void) => void;
}

export async function showConsole(
  host: Host,
  keyboard: Keyboard,
  { theme, tab, signal, onOpen }: Showing & { readonly theme: Theme; readonly tab: TabProgress },
): Promise<void> {
  const { stdout, env } = process;
  keepSize(stdout, env);
  const painter = createPainter((text) => stdout.write(text), theme);
  const screen = openScreen(host, painter, stdout);
  const ink = render(<App {...{ host, keyboard, screen, tab }} />, {
    alternateScreen: true,
    exitOnCtrlC: false,
    // Ink would do nothing until the end where CI is set; here a terminal was checked for.
    interactive: true,
    // Ink's text for screen readers is made of rows and columns here, which says nothing.
    isScreenReaderEnabled: false,
  });
  // Ink has entered the alternate screen by now.
  screen.release();
  const leave = (): void => ink.unmount();
  onOpen(leave);
  const resize = (): void => {
    keepSize(stdout, env);
    screen.resized();
  };
  stdout.prependListener('resize', resize);
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  await ink.waitUntilExit();
  signal.removeEventListener('abort', leave);
  stdout.off('resize', resize);
}
