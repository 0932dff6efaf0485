import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createArchiveEffects } from '../../../src/console/effects/archive.ts';
import type { Message } from '../../../src/console/state/model.ts';
import { openJournal } from '../../../src/journal/file.ts';
import { readManifest } from '../../../src/snapshot/archive/manifest.ts';
import { going } from '../../../src/snapshot/prune/lines.ts';
import { aJob } from '../../support/jobs.ts';
import { putSnapshot } from '../../support/snapshots.ts';

async function at() {
  const folder = await mkdtemp(join(tmpdir(), 'archive-effects-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const day of [1, 2, 3])
    await putSnapshot(folder, `night-${day}`, [aJob({ name: 'a' })], {
      taken: `2026-11-0${day}T02:00:00Z`,
    });
  const messages: Message[] = [];
  const effects = createArchiveEffects({
    id: 'c1',
    folder,
    journal: openJournal(join(folder, '.journal')),
    now: () => Date.parse('2026-11-20T00:00:00Z'),
    list: async () => void messages.push({ type: 'snapshots', files: [] }),
    dispatch: (message) => messages.push(message),
  });
  return { folder, messages, effects };
}

it('shows what goes, and removes of that what was agreed to', async () => {
  const { folder, messages, effects } = await at();
  await effects.planPrune({ last: 1 });
  const [planned] = messages;
  const go = planned?.type === 'prune-plan' ? going(planned.groups) : [];
  expect(go.map(({ file }) => file.name)).toEqual(['night-2', 'night-1']);
  messages.length = 0;
  await effects.prune({ last: 1 }, [join(folder, 'night-1'), join(folder, 'night-3')]);
  expect(messages).toMatchObject([
    { type: 'flash', flash: { level: 'ok', text: '1 snapshot removed' } },
    { type: 'prune-plan' },
    { type: 'snapshots' },
  ]);
  const left = await readdir(folder);
  expect(left).toContain('night-3');
  expect(left).toContain('night-2');
  expect(left).not.toContain('night-1');
});

it('notes a pin, and lists once more', async () => {
  const { folder, messages, effects } = await at();
  await effects.note(join(folder, 'night-1'), { pinned: true });
  expect(await readManifest(join(folder, 'night-1'))).toMatchObject({ pinned: true });
  expect(messages).toEqual([{ type: 'snapshots', files: [] }]);
});
