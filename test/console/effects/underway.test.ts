import { describe, expect, it } from 'vitest';
import { watchChanges } from '../../../src/console/effects/underway.ts';
import type { JournalEntry, JournalOutcome } from '../../../src/journal/entry.ts';
import { noJournal } from '../../support/journal.ts';

const entry = (id: string, job: string): JournalEntry => ({
  id,
  operation: 'one',
  at: '2026-11-21T14:31:29Z',
  server: 'http://localhost:8080',
  job,
  action: 'write',
  before: null,
  sent: '{}',
});
const end = (id: string, outcome: JournalOutcome['outcome'], error?: string): JournalOutcome => ({
  id,
  at: '2026-11-21T14:31:30Z',
  outcome,
  ...(error === undefined ? {} : { error }),
});

describe('what is under way', () => {
  it('is what was begun and has not ended, by its jobs', async () => {
    const { watch, what } = watchChanges();
    const journal = watch(noJournal);
    expect(what()).toBeNull();
    for (const name of ['a', 'b', 'c']) await journal.before(entry(name, name));
    await journal.before(entry('again', 'c'));
    expect(what()).toBe('a, b, c');
    await journal.before(entry('d', 'd'));
    expect(what()).toBe('4 jobs');
    for (const id of ['a', 'b', 'c', 'again', 'd']) await journal.after(end(id, 'written'));
    expect(what()).toBeNull();
  });

  it('is nothing that the journal could not note', async () => {
    const full = { ...noJournal, before: () => Promise.reject(new Error('disk full')) };
    const { watch, what } = watchChanges();
    const journal = watch(full);
    await expect(journal.before(entry('a', 'a'))).rejects.toThrow('disk full');
    expect(what()).toBeNull();
  });

  it('all goes on to the journal itself', async () => {
    const noted: string[] = [];
    const journal = watchChanges().watch({
      before: async ({ id }) => void noted.push(`before ${id}`),
      after: async ({ id }) => void noted.push(`after ${id}`),
    });
    await journal.before(entry('a', 'a'));
    await journal.after(end('a', 'refused', 'no'));
    expect(noted).toEqual(['before a', 'after a']);
  });
});

describe('leaving', () => {
  it('waits for all work, also for what that work began, and whatever becomes of it', async () => {
    const { track, ended } = watchChanges();
    const done: string[] = [];
    const second = track(async () => void done.push('second'));
    const first = track(async () => {
      await Promise.resolve();
      void second();
      done.push('first');
      throw new Error('it failed');
    });
    const failing = first();
    await ended();
    expect(done.sort()).toEqual(['first', 'second']);
    await expect(failing).rejects.toThrow('it failed');
    await ended();
  });

  it('tells what became of changes from then on, a line for each thing that did', async () => {
    const { watch, leave, lastWords } = watchChanges();
    const journal = watch(noJournal);
    for (const name of ['early', 'a', 'b', 'c', 'd', 'e', 'f'])
      await journal.before(entry(name, name));
    await journal.after(end('early', 'written'));
    leave();
    await journal.after(end('a', 'written'));
    await journal.after(end('b', 'written'));
    await journal.after(end('c', 'refused', 'why not'));
    await journal.after(end('d', 'refused', 'why not'));
    await journal.after(end('e', 'refused'));
    await journal.after(end('a stranger', 'written'));
    const words = lastWords();
    expect(words[0]).toMatch(/^a, b: .*verified/);
    expect(words[1]).toBe('c, d: not written: why not');
    expect(words[2]).toMatch(/^e: not written/);
    expect(words[3]).toMatch(/^f: .*may have been done/);
    expect(words).toHaveLength(4);
  });

  it('has nothing to tell where nothing was on its way', async () => {
    const { watch, leave, lastWords } = watchChanges();
    const journal = watch(noJournal);
    await journal.before(entry('a', 'a'));
    await journal.after(end('a', 'unknown'));
    leave();
    expect(lastWords()).toEqual([]);
  });
});
