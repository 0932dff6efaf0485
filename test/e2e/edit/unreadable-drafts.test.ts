import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo();

it('what cannot be read among the drafts is named, and the console is there', async () => {
  const first = await openConsole(server);
  const drafts = first.places.drafts(server.url);
  mkdirSync(join(drafts, 'a folder'), { recursive: true });
  writeFileSync(join(drafts, '100%.bak'), '');
  await first.quit();

  const on = await openConsole(server, { env: { HOME: first.home } });
  await on.told('skipped drafts');
  await on.press('j');
  await on.sees('live');
});
