/** Draws the README's picture: the built program on its demo server, as a terminal shows it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeScreens, startScreen } from '../test/support/screen.ts';
import { svgOf } from '../test/support/svg.ts';

const home = mkdtempSync(join(tmpdir(), 'dkron-tui-picture-'));
try {
  const screen = await startScreen({
    args: ['--demo'],
    cols: 100,
    rows: 30,
    env: { XDG_DATA_HOME: home, XDG_STATE_HOME: home, NO_COLOR: '' },
  });
  await screen.waitFor('keolis-realtime');
  await screen.type('/keolis-realtime');
  await screen.press('enter');
  await screen.waitFor('1 shown');
  await screen.press('esc');
  await screen.waitFor('last 20');
  await screen.idle();
  writeFileSync('docs/screen.svg', svgOf(screen));
} finally {
  await closeScreens();
  rmSync(home, { recursive: true, force: true });
}
