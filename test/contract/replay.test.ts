/** What real Dkrons answered, replayed against the demo server and against every Dkron at hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atLeast } from '../../src/base/dkron-version.ts';
import { startDemo } from '../../src/demo/server.ts';
import {
  type Executor,
  type RealDkron,
  type RunningDkron,
  realDkrons,
  realDkronsLine,
} from '../support/dkron.ts';
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

type Able = Pick<RealDkron, 'version' | 'runs'>;

/** Before 4.0.0 the shell executor may wait for ever for a command that ends at once: its own race. */
const mayHang = (version: string, executor: Executor): boolean =>
  executor === 'shell' && !atLeast(version, '4.0.0');

/** Whether a job is run that this server cannot run to its end. */
function cannotRun({ version, runs }: Able, steps: readonly Step[]): boolean {
  const isRun = ({ request }: Step): boolean =>
    request.method === 'POST' && /^\/v1\/jobs\/[^/]+(\/run)?$/.test(request.path);
  const uses = (executor: Executor): boolean =>
    steps.some(({ request }) => request.body?.includes(`"executor":"${executor}"`));
  const unable = (executor: Executor): boolean =>
    !runs.includes(executor) || mayHang(version, executor);
  return (
    steps.some(isRun) && (['http', 'shell'] as const).some((each) => uses(each) && unable(each))
  );
}

/** The recorded groups that this server can be asked; what is left out is said. */
function groupsFor(able: Able): ReturnType<typeof readRecording> {
  const groups = readRecording(able.version);
  const left = groups.filter(([, steps]) => cannotRun(able, steps)).map(([name]) => name);
  if (left.length > 0)
    console.log(
      `contract: Dkron ${able.version} cannot end these runs; left out: ${left.join(', ')}`,
    );
  return groups.filter(([, steps]) => !cannotRun(able, steps));
}

describe.each(realDkrons())('Dkron $version answers as it was recorded', (able) => {
  const { start } = able;
  let dkron: RunningDkron;
  beforeAll(async () => {
    dkron = await start();
  });
  afterAll(() => dkron.stop());

  test.each(groupsFor(able))('%s', async (_group, steps) => {
    await clearJobs(dkron.url);
    await expectAsRecorded(dkron.url, steps);
  });
});
