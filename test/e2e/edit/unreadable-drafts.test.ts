import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { keptAt } from '../../support/kept.ts';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo();

it('what cannot be read among the drafts is named, and the console is there', async () => {
  const first = await openConsole(server);
  const drafts = (await keptAt(first.places, server.url)).drafts;
  mkdirSync(join(drafts, 'a folder'), { recursive: true });
  writeFileSync(join(drafts, '100%.bak'), '');
  await first.quit();

  const on = await openConsole(server, { env: { HOME: first.home } });
  await on.told('skipped drafts');
  await on.press('j');
  await on.sees('live');
});
