/** What real Dkrons answered, replayed against the demo server and against every Dkron at hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
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

describe.each(realDkrons())('Dkron $version answers as it was recorded', ({ version, start }) => {
  let dkron: RunningDkron;
  beforeAll(async () => {
    dkron = await start();
  });
  afterAll(() => dkron.stop());

  test.each(readRecording(version))('%s', async (_group, steps) => {
    await clearJobs(dkron.url);
    await expectAsRecorded(dkron.url, steps);
  });
});
