/** What real Dkrons answered, replayed against the demo server and against every Dkron at hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import { atLeast } from '../../src/dkron/version.ts';
import { type RunningDkron, realDkrons, realDkronsLine } from '../support/dkron.ts';
import { newest, readRecording, type Step } from './recording.ts';
import { clearJobs, replay } from './replay.ts';

async function expectAsRecorded(url: string, steps: readonly Step[]): Promise<void> {
  const pairs = await replay(url, steps);
  expect(pairs.map(({ name, answered }) => ({ name, answer: answered }))).toEqual(
    pairs.map(({ name, recorded }) => ({ name, answer: recorded })),
  );
}

describe(`the demo server answers as Dkron ${newest}`, () => {
  test.concurrent.each(readRecording(newest))('%s', async (_group, steps) => {
    const demo = await startDemo({ empty: true });
    await expectAsRecorded(demo.url, steps);
    await demo.close();
  });
});

console.log(`contract: ${realDkronsLine()}`);

/** Before 4.0.0 the shell executor may wait for ever for a command that ends at once: its own race. */
const mayHang = (version: string, steps: readonly Step[]): boolean =>
  !atLeast(version, '4.0.0') &&
  steps.some(({ request }) => request.body?.includes('"executor":"shell"')) &&
  steps.some(({ request }) => request.method === 'POST' && request.path.endsWith('/run'));

/** The recorded groups that this server can be asked; what is left out is said. */
function groupsFor(version: string): ReturnType<typeof readRecording> {
  const groups = readRecording(version);
  const left = groups.filter(([, steps]) => mayHang(version, steps)).map(([name]) => name);
  if (left.length > 0)
    console.log(`contract: Dkron ${version} may hang on shell runs; left out: ${left.join(', ')}`);
  return groups.filter(([, steps]) => !mayHang(version, steps));
}

describe.each(realDkrons())('Dkron $version answers as it was recorded', ({ version, start }) => {
  let dkron: RunningDkron;
  beforeAll(async () => {
    dkron = await start();
  });
  afterAll(() => dkron.stop());

  test.each(groupsFor(version))('%s', async (_group, steps) => {
    await clearJobs(dkron.url);
    await expectAsRecorded(dkron.url, steps);
  });
});
