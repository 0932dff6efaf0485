import { describe, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo([{ name: 'alpha' }, { name: 'bravo' }]);

describe('what is typed ahead', () => {
  it.each([
    ['ty', 'tyy'],
    ['s', 'sy'],
    ['ctrl-d', '\x04alpha\r'],
  ])('%s and its answer at once change nothing', async (_, inOneGo) => {
    const on = await openConsole(server);
    const before = await server.jobs();
    await on.type(inOneGo);
    expect(await server.jobs()).toEqual(before);
  });

  it('is answered once one has looked', async () => {
    const on = await openConsole(server);
    await on.jobs.toggle();
    await on.confirm('Disable alpha');
    await on.told('disabled and verified');
    await on.jobs.toggle();
    await on.confirm('Enable alpha');
    await on.told('enabled and verified');
  });
});
