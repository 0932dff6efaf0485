import { describe, it } from 'vitest';
import { openConsole, startConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo();
const often = { args: ['--refresh', '0.5'] };

describe('a server that goes away', () => {
  it('leaves the rows on screen, and comes back by itself', async () => {
    const on = await openConsole(server, often);
    await on.jobs.shows('karos-journeys');
    await server.stop();
    await on.sees(/lost|refused|no answer/i);
    await on.jobs.shows('karos-journeys');
    await on.press('j');
    await on.jobs.choose();
    await on.sees('Schedule');
    await on.back();
    await server.start();
    await on.sees('live');
  });

  it('that was never there is waited for', async () => {
    await server.stop();
    const on = await startConsole(server, often);
    await on.sees(/refused|cannot|no answer/i);
    await server.start();
    await on.jobs.shows('karos-journeys');
    await on.quit();
  });
});
