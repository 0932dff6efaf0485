import { expect, it } from 'vitest';
import { createClient } from '../../../src/dkron/client.ts';
import { probeJob, writeCheck } from '../../../src/dkron/doctor/write.ts';
import { countedServer } from '../../support/counted-server.ts';
import { doorOf } from '../../support/door.ts';
import { doorTo } from '../door.ts';

const { signal } = new AbortController();
const probe = 'dkron-tui-doctor-0';

it('creates a job that does nothing, as large as the largest, and deletes it', async () => {
  const { url, came, changes } = await countedServer({ name: 'a' });
  const client = createClient({ url });
  const check = await writeCheck(doorOf(client), 5_000, signal, probe);
  expect(check).toEqual({
    subject: 'write',
    verdict: 'ok',
    says: `a disabled job of 5000 bytes was created and deleted again (${probe})`,
  });
  expect(changes()).toEqual(['POST /v1/jobs', `DELETE /v1/jobs/${probe}`]);
  const [sent] = came.filter(({ method }) => method === 'POST');
  expect(JSON.parse(sent!.body)).toMatchObject({ disabled: true, schedule: '@manually' });
  const names = (await Array.fromAsync(client.jobs())).map(({ job }) => job.name);
  expect(names).toEqual(['a']);
  await client.close();
});

it.each([
  [
    'a proxy with a limit',
    { status: 413, whom: null },
    'refused',
    /accepts no request of \d+ (bytes|kB)/,
  ],
  [
    'a proxy that forbids it',
    { status: 403, whom: null, body: 'no writes' },
    'refused',
    /no writes/,
  ],
  ['a pause', { status: 503, body: 'New job submissions are paused' }, 'refused', /paused/],
])('says what refuses it: %s', async (_, answer, exit, says) => {
  const door = await doorTo(null, () => answer);
  const check = await writeCheck(doorOf(door.client, door.options), 100, signal, 'refresh');
  expect(check).toMatchObject({ subject: 'write', verdict: 'bad', exit });
  expect(check.says).toMatch(says);
});

it('says so where the server is read only here', async () => {
  const door = await doorTo(null);
  const check = await writeCheck(doorOf(door.client, { readOnly: true }), 100, signal);
  expect(check).toMatchObject({ verdict: 'bad', says: expect.stringContaining('read-only') });
  expect(door.came).toEqual([]);
});

it('names the job that it could not delete', async () => {
  const door = await doorTo(null, (came, itself) => {
    if (came.method === 'DELETE') return { status: 404 };
    itself.store = JSON.parse(came.body);
    return { status: 201, body: '{}' };
  });
  const check = await writeCheck(doorOf(door.client, door.options), 100, signal, 'refresh');
  expect(check.says).toMatch(/^the job refresh was created, but not deleted: /);
  expect(check.next).toContain('dkron-tui delete refresh');
});

it('is never smaller than it has to be', () => {
  expect(JSON.stringify(probeJob('a', 0)).length).toBeLessThan(1_000);
  expect(JSON.stringify(probeJob('a', 3_000))).toHaveLength(3_000);
});
