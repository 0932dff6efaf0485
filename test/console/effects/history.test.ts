import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { createHistoryEffects, liveSighting } from '../../../src/console/effects/history.ts';
import type { Message } from '../../../src/console/state/model.ts';
import { openJournal } from '../../../src/journal/file.ts';
import { aJob } from '../../support/jobs.ts';
import { putSnapshot } from '../../support/snapshots.ts';
import { now, showing, started } from '../states.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-history-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

const [old, live] = [aJob({ name: 'a', retries: 1 }), aJob({ name: 'a', retries: 2 })];

/** What is told when the history of the job `a` is read. */
async function told(from = folder): Promise<Message[]> {
  const messages: Message[] = [];
  const { read } = createHistoryEffects({
    id: 'c1',
    folder: from,
    journal: openJournal(join(folder, 'journal')),
    dispatch: (message) => messages.push(message),
  });
  await read('a', liveSighting(showing([live]), 'a'));
  return messages;
}

it('is of the snapshots of the shown cluster, with the job as the server has it on top', async () => {
  const taken = '2026-11-20T02:00:00.000Z';
  await putSnapshot(folder, 'mine', [old], { taken });
  await putSnapshot(folder, 'other', [live], { taken, cluster: { id: 'c2', name: 'test' } });
  expect(await told()).toMatchObject([
    {
      type: 'history',
      name: 'a',
      history: {
        snapshots: 1,
        steps: [
          { kind: 'changed', source: { kind: 'server' }, by: now, from: { job: { retries: 1 } } },
          { kind: 'first', source: { kind: 'snapshot', id: 'mine' } },
        ],
      },
    },
  ]);
});

it('is told to have failed where the folder cannot be read', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  expect(await told(file)).toEqual([
    { type: 'history', name: 'a', history: null, problem: expect.stringContaining(file) },
  ]);
});

it('takes nothing for how the job is now before a whole list came, nor what cannot be read', () => {
  expect(liveSighting(started(), 'a')).toBeNull();
  const state = showing([live]);
  expect(liveSighting(state, 'gone')).toMatchObject({ at: now, state: null });
  const hidden = { ...state.jobs, unreadable: [{ name: 'b', why: 'x' }] };
  expect(liveSighting({ ...state, jobs: hidden }, 'b')).toBeNull();
});
