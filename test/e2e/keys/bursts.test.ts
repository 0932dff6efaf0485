import { describe, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo(['alpha', 'bravo', 'charlie', 'delta', 'echo'].map((name) => ({ name })));

describe('keys that arrive in one chunk', () => {
  it('each do their work: jjj', async () => {
    const on = await openConsole(server);
    await on.jobs.isOn('alpha');
    await on.type('jjj');
    await on.jobs.isOn('delta');
    await on.type('kG');
    await on.jobs.isOn('echo');
  });

  it('type and enter: a filter with its Enter', async () => {
    const on = await openConsole(server);
    await on.type('/charl\r');
    await on.jobs.hides('delta');
    await on.jobs.isOn('charlie');
  });

  it('never confirm: a question and its answer', async () => {
    const on = await openConsole(server);
    const before = await server.jobs();
    await on.type('sd');
    await on.type('sd\r');
    await on.type('yes\r');
    await on.type('tt');
    await on.press('esc', 'ctrl-r');
    expect(await server.jobs()).toEqual(before);
    expect(await server.runs('alpha')).toEqual([]);
  });

  it('read Esc and a letter as two keys', async () => {
    const on = await openConsole(server);
    await on.jobs.filter('bravo');
    await on.seesNot('charlie');
    await on.type('\x1bj');
    await on.jobs.shows('charlie');
  });
});

describe('a paste', () => {
  it('does nothing in normal mode, whatever it says', async () => {
    const on = await openConsole(server);
    const before = await server.jobs();
    await on.paste('jjjsd\nyes\n:quit\nq');
    await on.jobs.isOn('alpha');
    await on.press('j');
    await on.jobs.isOn('bravo');
    expect(await server.jobs()).toEqual(before);
  });

  it('goes into a field as one line', async () => {
    const on = await openConsole(server);
    await on.press('/');
    await on.paste('char\nlie');
    await on.sees('char lie');
  });

  it('of 5 000 lines does not stop the console', async () => {
    const on = await openConsole(server);
    await on.paste('{"lat": 48.85}\n'.repeat(5000));
    await on.press('j');
    await on.jobs.isOn('bravo');
  });
});
