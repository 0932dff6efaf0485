import { expect, onTestFinished, test } from 'vitest';
import { startDemo } from '../../../src/demo/server.ts';
import { createClient } from '../../../src/dkron/client.ts';
import { type Doubt, settle } from '../../../src/dkron/write/settle.ts';
import type { JournalOutcome } from '../../../src/journal/entry.ts';
import { aJob, textOf } from '../../support/jobs.ts';
import { noJournal } from '../../support/journal.ts';
import { ask } from '../../support/servers.ts';

const wanted = aJob({ name: 'a', retries: 2 });
const doubt = (name: string, fields: Partial<Doubt> = {}): Doubt => ({
  id: `id-${name}`,
  name,
  before: null,
  wanted: { ...wanted, name },
  ...fields,
});

/** No time passes. */
const clock = { now: () => 0, sleep: async () => {} };

async function settled(url: string, doubts: readonly Doubt[]) {
  const client = createClient({ url });
  onTestFinished(() => client.close());
  const noted: JournalOutcome[] = [];
  const journal = { ...noJournal, after: async (one: JournalOutcome) => void noted.push(one) };
  return { names: await settle(client, doubts, { clock, journal }), noted };
}

test('what the server shows was written, and is noted; the rest is not', async () => {
  const demo = await startDemo({ empty: true });
  onTestFinished(demo.close);
  const before = textOf({ ...wanted, name: 'b', retries: 1 });
  await ask(`${demo.url}/v1/jobs`, 'POST', wanted);
  await ask(`${demo.url}/v1/jobs`, 'POST', before.job);
  const doubts = [
    doubt('a'),
    doubt('b', { before }),
    doubt('c'),
    doubt('gone', { before, wanted: null }),
  ];
  const { names, noted } = await settled(demo.url, doubts);
  expect(names).toEqual(['a', 'gone']);
  expect(noted).toMatchObject([
    { id: 'id-a', outcome: 'written', after: expect.stringContaining('"retries":2') },
    { id: 'id-gone', outcome: 'written', after: null },
  ]);
});

test('nothing is believed of a server that does not answer', async () => {
  const demo = await startDemo({ empty: true });
  await demo.close();
  await expect(settled(demo.url, [doubt('a'), doubt('b')])).rejects.toMatchObject({
    exit: 'unknown',
    message: expect.stringContaining('what became of 2 changes'),
    data: 'Nothing was sent.',
  });
});

test('nothing in doubt asks nothing', async () => {
  expect(await settled('http://127.0.0.1:1', [])).toEqual({ names: [], noted: [] });
});
