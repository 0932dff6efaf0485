import { expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../src/dkron/client.ts';
import { planFiles } from '../../src/plan/from-files.ts';
import { json, serve } from '../dkron/scripted.ts';
import { aJob } from '../support/jobs.ts';

it('compares files with a server; what cannot be read there or here is blocked', async () => {
  const { url } = await serve(() =>
    json([{ name: 'here', retries: 1 }, { name: 'odd', retries: 'x' }, { name: 'other' }]),
  );
  const dkron = createClient({ url });
  onTestFinished(() => dkron.close());
  const places = [{ file: '/tmp/f.json', line: 3, column: 7 }];
  const unreadable = [
    { name: 'cut', places, why: 'it is cut off', foreign: false },
    { name: null, places, why: 'it is no job', foreign: true },
  ];
  const jobs = [aJob({ name: 'here' }), aJob({ name: 'odd' }), aJob({ name: 'new' })];
  const { plan, live } = await planFiles(dkron, { jobs, unreadable });
  expect(live.jobs.map(({ name }) => name)).toEqual(['here', 'other']);
  expect(live.unreadable.map(({ name }) => name)).toEqual(['odd']);
  const kinds = plan.items.map(({ name, kind }) => `${name}: ${kind}`);
  expect(kinds).toEqual([
    'here: change',
    'new: new',
    'cut: blocked',
    'f.json:3:7: blocked',
    'odd: blocked',
    'other: only-here',
  ]);
  expect(plan.items[1]?.job).toEqual(jobs[2]);
  expect(plan.items[2]).toMatchObject({
    places,
    why: '/tmp/f.json, line 3, column 7: it is cut off',
  });
});
