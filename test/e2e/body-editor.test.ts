import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { realDkronsLine } from '../support/dkron.ts';
import { keyBytes } from '../support/key-bytes.ts';
import { closeScreens, type Screen, startScreen } from '../support/screen.ts';
import { ask, demoServer, type RunningServer, servers } from '../support/servers.ts';

console.log(`body editor: ${realDkronsLine()}`);

/** 200 KB with all that JSON.parse and JSON.stringify would not give back, spaced by hand. */
const awkward = `{"zones" :[${Array.from(
  { length: 4000 },
  (_, at) => `{"id": ${at},"name":"Vélo 🚲 ${at}","lat":48.${at}0}`,
).join(' , ')}],
\t"a":1,"a":2,"huge":1e400,"big":9223372036854775808,"one":1.0,
\t"emoji":"👩‍👩‍👧 Z\\u00fcrich\\/",
\t"payload":"{\\"deep\\" :{\\"x\\":1.50,\\"s\\":\\"\\u00fc\\"},\\"text\\":\\"{\\\\\\"y\\\\\\":0}\\"}",
\t"target": "before" }`;

const bodyOf = async ({ url }: RunningServer): Promise<string> => {
  const job = await ask<{ executor_config: { body: string } }>(`${url}/v1/jobs/zones`);
  return job.executor_config.body;
};

const put = ({ url }: RunningServer, body: string) =>
  ask(`${url}/v1/jobs`, 'POST', {
    name: 'zones',
    schedule: '@every 24h',
    executor: 'http',
    executor_config: { method: 'POST', url: `${url}/v1/leader`, body },
  });

async function open({ url }: RunningServer): Promise<Screen> {
  const screen = await startScreen({ args: ['--url', url], cols: 120, rows: 36 });
  await screen.waitFor('live');
  await screen.press('b');
  await screen.waitFor('✓ JSON');
  return screen;
}

/** Selects the next place that holds the text. */
async function find(screen: Screen, text: string): Promise<void> {
  await screen.type(keyBytes('ctrl-g') + text + keyBytes('enter'));
  await screen.press('esc');
}

/** Shows the difference, and writes it. */
async function save(screen: Screen, ...difference: RegExp[]): Promise<void> {
  await screen.press('ctrl-s');
  await screen.waitFor('1 change');
  for (const line of difference) await screen.waitFor(line);
  await screen.press('enter');
  await screen.waitFor('Write 1 job');
  await screen.answer('y');
  await screen.waitFor('written and verified');
  await screen.press('esc');
}

afterEach(closeScreens);

describe.each(servers())('on $name', ({ start }) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());

  it('changes what was edited in a body of 200 KB and no other byte', async () => {
    expect(Buffer.byteLength(awkward)).toBeGreaterThan(200_000);
    await put(server, awkward);
    expect(await bodyOf(server)).toBe(awkward);
    const screen = await open(server);
    await find(screen, 'before');
    await screen.type('after');
    await save(screen, /− +"target": "before"/, /\+ +"target": "after"/);
    const once = awkward.replace('before', 'after');
    expect(await bodyOf(server)).toBe(once);

    // JSON in a string, and JSON in a string in there.
    await screen.press('b');
    await find(screen, 'deep');
    await screen.press('ctrl-o');
    await screen.waitFor('level 2');
    await find(screen, '1.50');
    await screen.type('2.50');
    await find(screen, '"text"');
    await screen.press('ctrl-o');
    await screen.waitFor('level 3');
    await find(screen, '0');
    await screen.type('"é"');
    await screen.press('ctrl-s', 'ctrl-s');
    await screen.waitFor((now) => !now.text().includes('level'));
    await save(screen);
    expect(await bodyOf(server)).toBe(
      once.replace('1.50', '2.50').replace('\\\\\\"y\\\\\\":0', '\\\\\\"y\\\\\\":\\\\\\"é\\\\\\"'),
    );
  });

  it('takes a paste of 5 000 lines at once, stays quick, and saves it', async () => {
    await put(server, '[]');
    const screen = await open(server);
    const places = Array.from({ length: 5000 }, (_, at) => ({ lat: at, lng: 2.35 }));
    await screen.press('right');
    await screen.paste(places.map((place) => JSON.stringify(place)).join(',\n'));
    await screen.waitFor('of 5000 lines');
    await screen.waitFor('✓ JSON');

    const before = performance.now();
    screen.send('x'.repeat(80));
    await screen.waitFor('x'.repeat(80));
    expect(performance.now() - before).toBeLessThan(5_000);
    await screen.waitFor('✗ 5000:');
    await screen.press('alt-u');
    await screen.waitFor('✓ JSON');
    await save(screen);
    expect(JSON.parse(await bodyOf(server))).toEqual(places);
  });
});

describe('what is typed into a body', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await demoServer({ empty: true });
  });
  afterAll(() => server.stop());

  it('is kept over Esc and over another size of the screen', async () => {
    const body = '{"zones":[{"lat":48.85}],"note":"a"}';
    await put(server, body);
    const screen = await open(server);
    await find(screen, '48.85');
    await screen.type('50.1');
    await screen.resize(50, 12);
    await screen.waitFor('"lat": 50.1');
    await screen.type('23456');
    await screen.resize(160, 50);
    await screen.waitFor('"lat": 50.123456');
    await screen.press('esc');
    await screen.waitFor('kept as a draft');
    expect(await bodyOf(server)).toBe(body);
    await screen.press('b');
    await screen.waitFor('your draft of');
    await screen.waitFor('"lat": 50.123456');
    await save(screen, /− +"lat": 48.85/, /\+ +"lat": 50.123456/);
    expect(await bodyOf(server)).toBe(body.replace('48.85', '50.123456'));
    await screen.press('b');
    await screen.waitFor('✓ JSON');
    expect(screen.text()).not.toContain('draft of');
  });

  it('is written as plain text only once that was said', async () => {
    await put(server, '{"zones":[]}');
    const screen = await open(server);
    await screen.press('ctrl-end');
    await screen.type(' {{.Now}}');
    await screen.waitFor('✗ 3:3');
    await screen.press('ctrl-s');
    await screen.waitFor('this would write it as plain text');
    await screen.press('ctrl-s', 'ctrl-s');
    expect(await bodyOf(server)).toBe('{"zones":[]}');
    await save(screen);
    expect(await bodyOf(server)).toBe('{\n  "zones": []\n} {{.Now}}');
  });
});
