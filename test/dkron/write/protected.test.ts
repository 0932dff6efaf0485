import { describe, expect, it, onTestFinished } from 'vitest';
import { Protected } from '../../../src/base/errors.ts';
import { createClient } from '../../../src/dkron/client.ts';
import { countedServer } from '../../support/counted-server.ts';
import { doorOf } from '../../support/door.ts';

async function protectedDoor() {
  const server = await countedServer({ name: 'etl' });
  const client = createClient({ url: server.url });
  onTestFinished(() => client.close());
  const seen = (await client.job('etl')).value.job;
  const wanted = { ...seen, disabled: true };
  return { server, seen, wanted, door: doorOf(client, { protectedAs: 'prod' }) };
}

describe('a protected door', () => {
  it.each([
    ['nothing', null],
    ['an empty answer', ''],
    ['a yes', 'y'],
    ['another name', 'staging'],
    ['the name in capitals', 'PROD'],
  ])('sends nothing for %s', async (_what, word) => {
    const { server, seen, wanted, door } = await protectedDoor();
    const refused = { outcome: 'refused', error: expect.any(Protected) };
    const opened = door.agreed(word);
    expect(await opened.write([{ seen, wanted }])).toMatchObject([refused]);
    expect(await opened.remove([seen])).toMatchObject([refused]);
    expect(await opened.run(seen.name)).toMatchObject(refused);
    expect(await opened.clear(seen.name)).toMatchObject(refused);
    expect(server.changes()).toEqual([]);
  });

  it('writes for its name, each time it is given', async () => {
    const { seen, wanted, door } = await protectedDoor();
    expect(await door.agreed('prod').write([{ seen, wanted }])).toMatchObject([
      { outcome: 'written' },
    ]);
    expect(await door.write([{ seen: wanted, wanted: seen }])).toMatchObject([
      { outcome: 'refused' },
    ]);
  });
});
