import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/console/model.ts';
import { createPast } from '../../src/console/past.ts';
import type { Dkron } from '../../src/dkron/client.ts';
import { openJournal } from '../../src/restore/journal.ts';

const root = mkdtempSync(join(tmpdir(), 'past-'));
afterAll(() => rmSync(root, { recursive: true }));

/** What is told when the journal in this folder is listed. */
async function listing(folder: string, times = 1): Promise<Message[]> {
  const messages: Message[] = [];
  const past = createPast({} as Dkron, openJournal(folder), (message) => messages.push(message));
  for (let time = 0; time < times; time += 1) await past.list();
  return messages;
}

describe('the journal on the screen', () => {
  it('that is not there yet is empty', async () => {
    expect(await listing(join(root, 'none'))).toEqual([{ type: 'journal', changes: [] }]);
  });

  it('that cannot be read is not empty: it says why', async () => {
    writeFileSync(join(root, 'file'), '');
    expect(await listing(join(root, 'file'))).toEqual([
      { type: 'journal', changes: [], problem: expect.stringContaining('cannot be read') },
    ]);
  });

  it('of which nothing can be read says so, and names it once', async () => {
    const folder = join(root, 'folder');
    mkdirSync(folder);
    writeFileSync(join(folder, '20261126T114909807Z_a.jsonl'), '7\n');
    const problem = expect.stringContaining('are no whole entries');
    expect(await listing(folder, 2)).toEqual([
      { type: 'journal', changes: [], problem },
      { type: 'flash', flash: { level: 'error', text: problem } },
      { type: 'journal', changes: [], problem },
    ]);
  });
});
