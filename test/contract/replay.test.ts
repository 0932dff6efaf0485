/** What real Dkrons answered, replayed against the demo server and against every Dkron at hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import { type RunningDkron, realDkrons, realDkronsLine } from '../support/dkron.ts';
import { readRecording } from './recording.ts';
import { clearJobs, replay } from './replay.ts';

describe('the demo server answers as Dkron 4.1.2', () => {
  test.concurrent.each([...readRecording('4.1.2')])('%s', async (_group, steps) => {
    const demo = await startDemo({ empty: true });
    const pairs = await replay(demo.url, steps);
    await demo.close();
    expect(pairs.map(({ name, answered }) => ({ name, answer: answered }))).toEqual(
      pairs.map(({ name, recorded }) => ({ name, answer: recorded })),
    );
  });
});

console.log(`contract: ${realDkronsLine()}`);

describe.each(realDkrons())('Dkron $version answers as it was recorded', ({ version, start }) => {
  let dkron: RunningDkron;
  beforeAll(async () => {
    dkron = await start();
  });
  afterAll(() => dkron.stop());

  test.each([...readRecording(version)])('%s', async (_group, steps) => {
    await clearJobs(dkron.url);
    const pairs = await replay(dkron.url, steps);
    expect(pairs.map(({ name, answered }) => ({ name, answer: answered }))).toEqual(
      pairs.map(({ name, recorded }) => ({ name, answer: recorded })),
    );
  });
});
