import { expect, onTestFinished, test } from 'vitest';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { askedForJobs } from '../../src/dkron/early-list.ts';
import { type Scripted, serve } from './scripted.ts';

const list: Scripted = {
  headers: { 'content-type': 'application/json', 'x-total-count': '2' },
  body: '[{"name":"a"},{"name":"b"}]',
};

async function asking(answer: Scripted) {
  const asked: string[] = [];
  const { url } = await serve(({ path }) => {
    asked.push(path);
    return answer;
  });
  const dkron = createClient({ url });
  onTestFinished(() => dkron.close());
  return { asked, dkron };
}

const textsOf = async (dkron: Dkron): Promise<string[]> =>
  (await Array.fromAsync(dkron.jobBytes(), (jobs) => jobs.map(String))).flat();

test('the list is asked for before anybody reads it, and once for the first who does', async () => {
  const { asked, dkron } = await asking(list);
  const early = askedForJobs(dkron, {});
  await expect.poll(() => asked).toEqual(['/v1/jobs']);
  expect(await textsOf(early)).toEqual(['{"name":"a"}', '{"name":"b"}']);
  expect(asked).toHaveLength(1);
  expect(await textsOf(early)).toEqual(['{"name":"a"}', '{"name":"b"}']);
  expect(asked).toHaveLength(2);
});

test('what came before somebody watches is told too', async () => {
  const { dkron } = await asking(list);
  let came = false;
  const early = askedForJobs(
    { ...dkron, jobBytes: (reading) => watched(dkron, reading, () => (came = true)) },
    {},
  );
  await expect.poll(() => came).toBe(true);
  const heads: unknown[] = [];
  let bytes = 0;
  const reading = {
    onHead: (head: unknown) => heads.push(head),
    onBytes: (count: number) => (bytes += count),
  };
  await Array.fromAsync(early.jobBytes(reading));
  expect(heads).toEqual([{ whom: 'n1', total: 2 }]);
  expect(bytes).toBe(list.body!.length);
});

async function* watched(
  dkron: Dkron,
  reading: Parameters<Dkron['jobBytes']>[0],
  onPart: () => void,
) {
  for await (const part of dkron.jobBytes(reading)) {
    onPart();
    yield part;
  }
}

test('a failure is told to who reads it, and to nobody else', async () => {
  const { asked, dkron } = await asking({ status: 500, body: 'broken' });
  const early = askedForJobs(dkron, {});
  await expect.poll(() => asked).toHaveLength(1);
  await expect(textsOf(early)).rejects.toThrow('broken');
});
