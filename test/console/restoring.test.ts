import { describe, expect, it, onTestFinished } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import type { Message } from '../../src/console/model.ts';
import { createRestoring } from '../../src/console/restoring.ts';
import { startDemo } from '../../src/demo/server.ts';
import { createClient } from '../../src/dkron/client.ts';
import { noJournal } from '../../src/dkron/journal.ts';
import type { Job } from '../../src/job/job.ts';
import { planRestore } from '../../src/restore/plan.ts';
import { aJob } from '../support/jobs.ts';

/** Writes these jobs to an empty server, and tells how it ended. */
async function applying(readOnly = false) {
  const demo = await startDemo({ empty: true });
  const client = createClient({ url: demo.url });
  onTestFinished(async () => {
    await client.close();
    await demo.close();
  });
  const messages: Message[] = [];
  const restoring = createRestoring({
    client,
    journal: noJournal,
    places: placesBelow(),
    readOnly,
    serverZone: 'UTC',
    now: Date.now,
    dispatch: (message) => messages.push(message),
  });
  return async (...jobs: Job[]): Promise<Message | undefined> => {
    const names = jobs.map(({ name }) => name);
    await restoring.apply(planRestore(jobs, []), names);
    return messages.at(-1);
  };
}

const [a, b] = [aJob({ name: 'a' }), aJob({ name: 'b' })];
const wrong = aJob({ name: 'wrong', schedule: 'whenever' });

describe('what became of a plan', () => {
  it.each([
    [[a], 'a: written and verified (u undoes)', true],
    [[a, b], '2 jobs written and verified (u undoes)', true],
    [
      [a, wrong],
      '1 job written and verified, 1 job not created (u undoes) · their rows say why',
      false,
    ],
  ])('is told, and that it can be taken back', async (jobs, text, ok) => {
    const apply = await applying();
    expect(await apply(...jobs)).toEqual({ type: 'applied', text, ok });
  });

  it('cannot be taken back where nothing was written', async () => {
    const apply = await applying();
    await apply(a);
    const undoes = expect.not.stringContaining('undoes');
    expect(await apply(a)).toMatchObject({ type: 'applied', text: undoes });
    expect(await apply(wrong)).toMatchObject({ ok: false, text: undoes });
    expect(await apply(wrong)).toMatchObject({ text: expect.stringMatching(/^wrong: .*whenever/) });
    expect(await (await applying(true))(b)).toMatchObject({ ok: false, text: undoes });
  });
});
