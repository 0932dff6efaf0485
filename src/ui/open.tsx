/** Shows a session in the alternate screen and returns when the operator leaves it. */
import process from 'node:process';
import { render } from 'ink';
import type { Session } from '../console/session.ts';
import type { Keyboard } from '../terminal/keyboard.ts';
import { App } from './app.tsx';
import { themeOf } from './theme.ts';

export async function showConsole(session: Session, keyboard: Keyboard): Promise<void> {
  const { stdout } = process;
  const theme = themeOf(process.env, stdout.getColorDepth());
  const clear = (): void => ink.clear();
  const app = () => (
    <App
      session={session}
      keyboard={keyboard}
      theme={theme}
      clear={clear}
      columns={stdout.columns}
      rows={stdout.rows}
    />
  );
  const ink = render(app(), {
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    exitOnCtrlC: false,
    // Ink would draw nothing until the end where CI is set; here a terminal was checked for.
    interactive: true,
  });
  // Before Ink's own listener, which would draw the frame of the old size once more.
  const resize = (): void => ink.rerender(app());
  stdout.prependListener('resize', resize);
  await ink.waitUntilExit();
  stdout.off('resize', resize);
}
