import { describe, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';
import { bodyOf, withBody } from './body.ts';

const server = demo([]);

describe('what is typed into a body', () => {
  it('is kept over Esc and over another size of the screen', async () => {
    const body = '{"zones":[{"lat":48.85}],"note":"a"}';
    await server.put(withBody(body));
    const on = await openConsole(server);
    await on.body.open();
    await on.body.replace('48.85', '50.1');
    await on.resize(50, 12);
    await on.sees('"lat": 50.1');
    await on.type('23456');
    await on.resize(160, 50);
    await on.sees('"lat": 50.123456');
    await on.body.leave();
    expect(await bodyOf(server)).toBe(body);
    await on.body.open();
    await on.sees('your draft of', '"lat": 50.123456');
    await on.body.save(/− +"lat": 48.85/, /\+ +"lat": 50.123456/);
    expect(await bodyOf(server)).toBe(body.replace('48.85', '50.123456'));
    await on.body.open();
    await on.seesNot('draft of');
  });

  it('is written as plain text only once that was said', async () => {
    await server.put(withBody('{"zones":[]}'));
    const on = await openConsole(server);
    await on.body.open();
    await on.press('ctrl-end');
    await on.type(' {{.Now}}');
    await on.sees('✗ 3:3');
    await on.press('ctrl-s');
    await on.sees('it would be written as plain text');
    await on.press('ctrl-s', 'ctrl-s');
    expect(await bodyOf(server)).toBe('{"zones":[]}');
    await on.body.save();
    expect(await bodyOf(server)).toBe('{\n  "zones": []\n} {{.Now}}');
  });
});
