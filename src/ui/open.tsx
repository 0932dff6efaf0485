/** Opens the console in the alternate screen and returns when the operator leaves it. */
import process from 'node:process';
import { render } from 'ink';
import { systemClock } from '../console/poller.ts';
import { openSession } from '../console/session.ts';
import { App } from './app.tsx';
import { themeOf } from './theme.ts';

export interface ConsoleOptions {
  readonly url: string;
  readonly demo?: boolean;
  readonly readOnly?: boolean;
  /** Least ms between two reads. */
  readonly refresh?: number;
}

export async function openConsole(options: ConsoleOptions): Promise<void> {
  const { stdout } = process;
  const session = await openSession(options, {
    clock: systemClock,
    columns: stdout.columns,
    rows: stdout.rows,
    terminal: {
      copy: () => '',
      redraw: () => ink.clear(),
      suspend: () => {},
      quit: () => ink.unmount(),
    },
  });
  const ink = render(<App store={session.store} theme={themeOf(process.env)} />, {
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    exitOnCtrlC: false,
    interactive: true,
  });
  await ink.waitUntilExit();
  await session.close();
}
