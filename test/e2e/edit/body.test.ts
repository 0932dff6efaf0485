import { expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { onEachServer } from '../driver/server.ts';
import { bodyOf, withBody } from './body.ts';

/** 200 KB with all that JSON.parse and JSON.stringify would not give back, spaced by hand. */
const awkward = `{"zones" :[${Array.from(
  { length: 4000 },
  (_, at) => `{"id": ${at},"name":"Vélo 🚲 ${at}","lat":48.${at}0}`,
).join(' , ')}],
\t"a":1,"a":2,"huge":1e400,"big":9223372036854775808,"one":1.0,
\t"emoji":"👩‍👩‍👧 Z\\u00fcrich\\/",
\t"payload":"{\\"deep\\" :{\\"x\\":1.50,\\"s\\":\\"\\u00fc\\"},\\"text\\":\\"{\\\\\\"y\\\\\\":0}\\"}",
\t"target": "before" }`;

onEachServer((server) => {
  it('changes what was edited in a body of 200 KB and no other byte', async () => {
    expect(Buffer.byteLength(awkward)).toBeGreaterThan(200_000);
    await server.put(withBody(awkward));
    expect(await bodyOf(server)).toBe(awkward);
    const on = await openConsole(server);
    await on.body.open();
    await on.body.replace('before', 'after');
    await on.body.save(/− +"target": "before"/, /\+ +"target": "after"/);
    const once = awkward.replace('before', 'after');
    expect(await bodyOf(server)).toBe(once);

    // JSON in a string, and JSON in a string in there.
    await on.body.open();
    await on.body.find('deep');
    await on.body.openInner(2);
    await on.body.replace('1.50', '2.50');
    await on.body.find('"text"');
    await on.body.openInner(3);
    await on.body.replace('0', '"é"');
    await on.body.closeInner(2);
    await on.body.save();
    expect(await bodyOf(server)).toBe(
      once.replace('1.50', '2.50').replace('\\\\\\"y\\\\\\":0', '\\\\\\"y\\\\\\":\\\\\\"é\\\\\\"'),
    );
  });

  it('takes a paste of 5 000 lines at once, stays quick, and saves it', async () => {
    await server.put(withBody('[]'));
    const on = await openConsole(server);
    await on.body.open();
    const places = Array.from({ length: 5000 }, (_, at) => ({ lat: at, lng: 2.35 }));
    await on.press('right');
    await on.paste(places.map((place) => JSON.stringify(place)).join(',\n'));
    await on.sees('of 5000 lines');
    await on.body.isJson();

    const before = performance.now();
    on.send('x'.repeat(80));
    await on.sees('x'.repeat(80));
    expect(performance.now() - before).toBeLessThan(5_000);
    await on.sees('✗ 5000:');
    await on.press('alt-u');
    await on.body.isJson();
    await on.body.save();
    expect(JSON.parse(await bodyOf(server))).toEqual(places);
  });
});
