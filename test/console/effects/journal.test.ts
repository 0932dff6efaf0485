import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createJournalEffects } from '../../../src/console/effects/journal.ts';
import type { Message } from '../../../src/console/state/model.ts';
import { startDemo } from '../../../src/demo/server.ts';
import { createClient, type Dkron } from '../../../src/dkron/client.ts';
import { openJournal } from '../../../src/journal/file.ts';
import { setDisabled } from '../../support/door.ts';
import { ask } from '../../support/servers.ts';

const root = mkdtempSync(join(tmpdir(), 'past-'));
afterAll(() => rmSync(root, { recursive: true }));

/** What is told when the journal in this folder is listed. */
async function listing(folder: string, times = 1): Promise<Message[]> {
  const messages: Message[] = [];
  const past = createJournalEffects({} as Dkron, openJournal(folder), (message) =>
    messages.push(message),
  );
  for (let time = 0; time < times; time += 1) await past.list();
  return messages;
}

/** A console's past on a demo server with the jobs a and b, and the door by which it is made. */
async function pastOn() {
  const demo = await startDemo({ empty: true });
  const client = createClient({ url: demo.url });
  onTestFinished(async () => {
    await client.close();
    await demo.close();
  });
  for (const name of ['a', 'b'])
    await ask(`${demo.url}/v1/jobs`, 'POST', {
      name,
      schedule: '@manually',
      executor: 'shell',
      executor_config: { command: 'true' },
    });
  const journal = openJournal(mkdtempSync(join(root, 'journal-')));
  const messages: Message[] = [];
  const past = createJournalEffects(client, journal, (message) => messages.push(message));
  const disable = (name: string, disabled = true) =>
    setDisabled(client, name, disabled, { journal });
  /** Behind the back of the journal. */
  const behind = (name: string, disabled: boolean) => setDisabled(client, name, disabled);
  return { past, messages, journal, disable, behind };
}

describe('taking back', () => {
  it('says that nothing was changed where nothing was', async () => {
    const { past, messages } = await pastOn();
    await past.undo();
    const text = 'nothing was changed on this cluster from this machine';
    expect(messages).toEqual([{ type: 'flash', flash: { level: 'info', text } }]);
  });

  it('begins with the change that was made last', async () => {
    const { past, messages, disable } = await pastOn();
    await disable('a');
    await disable('b');
    await past.undo();
    expect(messages).toMatchObject([
      { type: 'return', operations: [[{ job: 'b', action: 'write' }]] },
    ]);
  });

  it('passes over what is undone already, and says of how many and which', async () => {
    const { past, messages, disable, behind } = await pastOn();
    await disable('a');
    await disable('b');
    await behind('b', false);
    await past.undo();
    expect(messages).toMatchObject([
      { type: 'return', operations: [[{ job: 'a' }]] },
      { type: 'flash', flash: { level: 'info', text: expect.stringMatching(/^a newer .*of b\b/) } },
    ]);
    await disable('b');
    await behind('b', false);
    await past.undo();
    expect(messages.at(-1)).toMatchObject({
      flash: { level: 'info', text: expect.stringMatching(/^2 newer /) },
    });
    await behind('a', false);
    await past.undo();
    expect(messages).toHaveLength(5);
    expect(messages.at(-1)).toMatchObject({ flash: { text: expect.stringContaining('left') } });
  });

  it('takes back the one that is chosen, whatever came later', async () => {
    const { past, messages, journal, disable } = await pastOn();
    await disable('a');
    await disable('b');
    const [first] = await journal.changes(10);
    await past.undo({ change: first! });
    expect(messages).toMatchObject([{ type: 'return', operations: [[{ job: 'a' }]] }]);
  });

  it('takes back an operation, and all back to one', async () => {
    const { past, messages, journal, disable } = await pastOn();
    await disable('a');
    await disable('b');
    const [newest, oldest] = await Array.fromAsync(journal.list());
    await past.undo({ operation: oldest! });
    await past.undo({ backTo: oldest! });
    await past.undo({ backTo: newest! });
    expect(messages).toMatchObject([
      { type: 'return', operations: [[{ job: 'a' }]] },
      { type: 'return', operations: [[{ job: 'b' }], [{ job: 'a' }]] },
      { type: 'return', operations: [[{ job: 'b' }]] },
    ]);
  });

  it('reads the changes of an operation, and the operations that are older than it', async () => {
    const { past, messages, journal, disable } = await pastOn();
    await disable('a');
    await disable('b');
    const [newest] = await Array.fromAsync(journal.list());
    await past.read(newest!.key);
    await past.list(newest!.key);
    expect(messages).toMatchObject([
      { type: 'operation', key: newest!.key, changes: [{ job: 'b' }] },
      { type: 'journal', operations: [{ job: 'a' }], more: false, olderThan: newest!.key },
    ]);
  });

  it('lists what was changed, the newest first', async () => {
    const { past, messages, disable } = await pastOn();
    await disable('a');
    await disable('b');
    await past.list();
    expect(messages).toMatchObject([
      { type: 'journal', operations: [{ job: 'b' }, { job: 'a' }], more: false },
    ]);
  });
});

describe('the journal on the screen', () => {
  it('that does not exist yet is empty', async () => {
    expect(await listing(join(root, 'none'))).toEqual([
      { type: 'journal', operations: [], more: false },
    ]);
  });

  it('that cannot be read is not empty: it says why', async () => {
    writeFileSync(join(root, 'file'), '');
    expect(await listing(join(root, 'file'))).toEqual([
      {
        type: 'journal',
        operations: [],
        more: false,
        problem: expect.stringContaining('cannot be read'),
      },
    ]);
  });

  it('of which nothing can be read says so, and names it once', async () => {
    const folder = join(root, 'folder');
    mkdirSync(folder);
    writeFileSync(join(folder, '20261126T114909807Z_a.jsonl'), '7\n');
    const problem = expect.stringContaining('are not complete entries');
    expect(await listing(folder, 2)).toEqual([
      { type: 'journal', operations: [], more: false, problem },
      { type: 'flash', flash: { level: 'error', text: problem } },
      { type: 'journal', operations: [], more: false, problem },
    ]);
  });
});
