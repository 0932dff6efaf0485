/** Shows a session in the alternate screen and returns when the operator leaves it. */
import process from 'node:process';
import { render } from 'ink';
import type { Session } from '../console/session.ts';
import { App } from './app.tsx';
import { themeOf } from './theme.ts';

export async function showConsole(session: Session): Promise<void> {
  const ink = render(
    <App session={session} theme={themeOf(process.env)} clear={() => ink.clear()} />,
    {
      alternateScreen: true,
      incrementalRendering: true,
      maxFps: 60,
      exitOnCtrlC: false,
      // Ink would draw nothing until the end where CI is set; here a terminal was checked for.
      interactive: true,
    },
  );
  await ink.waitUntilExit();
}
