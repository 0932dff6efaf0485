import { describe, expect, it } from 'vitest';
import { moreKey, rowsOfJournal } from '../../../../src/console/screens/journal/rows.ts';
import type { Message, State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import type { Job } from '../../../../src/job/job.ts';
import type { PastChange } from '../../../../src/journal/file.ts';
import { operationOf } from '../../../../src/journal/operation.ts';
import { reversalsOf } from '../../../../src/journal/reversals.ts';
import { aJob } from '../../../support/jobs.ts';
import { effectsOf, now, press, refreshed, showing, told } from '../../states.ts';

/** A change as the journal has it, ten minutes ago. */
function change(before: Job | null, after: Job | null): PastChange {
  const text = (job: Job | null) => job && JSON.stringify(job);
  const at = new Date(now - 600_000).toISOString();
  const { name } = (before ?? after)!;
  return {
    id: name,
    operation: 'one',
    at,
    server: 'http://localhost:8080',
    job: name,
    action: after === null ? 'delete' : 'write',
    before: text(before),
    sent: text(after),
    result: { id: name, at, outcome: 'written', after: text(after) },
  };
}

const back = (...changes: PastChange[]): Message => ({
  type: 'return',
  operations: [changes],
  reversals: reversalsOf(changes),
  undoes: [],
});

const plan = (state: State) => {
  const screen = topScreen(state);
  if (screen.kind !== 'plan') throw new Error(`on top is ${screen.kind}`);
  return screen;
};

const old = aJob({ name: 'old', retries: 1 });
const changed = { ...old, retries: 2 };
const created = aJob({ name: 'created' });

describe('taking changes back', () => {
  it('opens a plan in which the whole operation is marked', () => {
    const state = told(
      showing([changed, created]),
      back(change(old, changed), change(null, created)),
    );
    expect(plan(state).title).toBe('Undo  the change of 2 jobs, 10m ago');
    expect([...plan(state).marks]).toEqual(['old', 'created']);
    expect(plan(state).plan?.items.map(({ kind }) => kind)).toEqual(['change', 'delete']);
    expect(state.flash).toBeNull();
  });

  it('says when a job was changed once more since', () => {
    const state = told(showing([{ ...changed, owner: 'me' }]), back(change(old, changed)));
    expect(plan(state).title).toBe('Undo  the change of old, 10m ago');
    expect(state.flash?.text).toBe('changed again since, so not marked: old');
  });

  it('asks for the name where a new job is all there was', () => {
    const state = told(showing([created, { name: 'created-too' }]), back(change(null, created)));
    expect(state.overlay).toMatchObject({
      kind: 'typed',
      expected: 'created',
      effect: { type: 'delete', plan: { items: [{ name: 'created' }] } },
    });
    expect(state.overlay).toHaveProperty('question', [
      expect.stringContaining('so are those of created-too'),
    ]);
  });

  it('asks for nothing where nothing may be written', () => {
    const readOnly = showing([created], [], { readOnly: true });
    const state = told(readOnly, back(change(null, created)));
    expect(state.overlay).toBeNull();
    expect(plan(state).plan?.items).toMatchObject([{ name: 'created', kind: 'delete' }]);
  });

  it.each([
    ['/', 'x'],
    ['i', '5'],
    ['s', ''],
    ['ctrl-d', 'c'],
  ])('waits while what %s opened is there', (...keys) => {
    const open = press(showing([changed, created]), ...keys.filter((key) => key !== ''));
    for (const changes of [[change(old, changed)], [change(null, created)]]) {
      const state = told(open, back(...changes));
      expect({ ...state, flash: null }).toEqual(open);
      expect(state.flash).toEqual({
        level: 'info',
        text: 'nothing is undone yet: close this and ask again',
      });
    }
  });

  it('is asked for at once after a deletion, which leaves the cursor on another row', () => {
    const deleted = told(press(showing([old, created]), 'j'), refreshed([created]));
    expect(deleted.rowReplaced).toBe(true);
    expect(effectsOf(deleted, 'u')).toEqual([{ type: 'undo' }]);
    expect(press(deleted, 's').flash?.text).toContain('check it, then press again');
  });

  it('has nothing to do for a new job that is gone', () => {
    const state = told(showing([]), back(change(null, created)));
    expect(state.overlay).toBeNull();
    expect(state.flash?.text).toBe('the change of created, 10m ago: nothing of it exists any more');
  });
});

describe('the journal', () => {
  const edits = [change(old, changed), change(null, created)];
  const both = operationOf('2', edits)!;
  const earlier = operationOf('1', [{ ...change(old, changed), operation: 'earlier' }])!;
  const operations = [both, earlier];
  const listed = told(press(showing([changed]), 'H'), {
    type: 'journal',
    operations,
    more: true,
  });
  const opening = press(listed, 'o');
  const opened = told(opening, { type: 'operation', key: '2', changes: edits });
  const keys = (state: State): readonly string[] => {
    const screen = topScreen(state);
    return screen.kind === 'journal' ? [...rowsOfJournal(screen).keys] : [];
  };

  it('is read when one asks for it', () => {
    expect(effectsOf(showing([]), 'H')).toEqual([{ type: 'list-journal' }]);
  });

  it('takes back the operation under the cursor, all back to it, and the last from anywhere', () => {
    expect(effectsOf(listed, 'enter')).toEqual([{ type: 'undo', what: { operation: both } }]);
    expect(effectsOf(listed, 'j', 'enter')).toEqual([
      { type: 'undo', what: { operation: earlier } },
    ]);
    expect(effectsOf(listed, 'j', 'U')).toEqual([{ type: 'undo', what: { backTo: earlier } }]);
    expect(effectsOf(listed, 'j', 'u')).toEqual([{ type: 'undo' }]);
  });

  it('opens an operation to its changes, each of which can be taken back alone', () => {
    expect(effectsOf(listed, 'o')).toEqual([{ type: 'read-operation', key: '2' }]);
    expect(keys(opening)).toHaveLength(4);
    expect(keys(opened)).toEqual(['2', '2\0old', '2\0created', '1', moreKey]);
    expect(effectsOf(opened, 'j', 'j', 'enter')).toEqual([
      { type: 'undo', what: { change: edits[1] } },
    ]);
    expect(effectsOf(opened, 'j', 'U')).toEqual([{ type: 'undo', what: { backTo: both } }]);
    const closed = press(opened, 'j', 'o');
    expect(keys(closed)).toEqual(['2', '1', moreKey]);
    expect(topScreen(closed)).toMatchObject({ cursor: { key: '2' } });
    expect(keys(told(closed, { type: 'operation', key: '2', changes: edits }))).toHaveLength(3);
  });

  it('reads older ones when the cursor comes to its end, once, and leaves it where it is', () => {
    expect(effectsOf(listed, 'G')).toEqual([{ type: 'list-journal', olderThan: '1' }]);
    const older = operationOf('0', [{ ...change(old, changed), operation: 'older' }])!;
    const page: Message = { type: 'journal', operations: [older], more: false, olderThan: '1' };
    const all = told(press(listed, 'G'), page);
    expect(keys(all)).toEqual(['2', '1', '0']);
    expect(topScreen(all)).toMatchObject({ cursor: { key: '0' } });
    expect(told(all, page)).toEqual(all);
    expect(topScreen(told(press(listed, 'G', 'k'), page))).toMatchObject({ cursor: { key: '1' } });
  });

  it.each([
    ['is being read', press(showing([]), 'H')],
    ['is empty', told(press(showing([]), 'H'), { type: 'journal', operations: [], more: false })],
    ['goes on', press(listed, 'G')],
  ])('that %s has nothing to take back', (_, state) => {
    for (const key of ['enter', 'U', 'o']) {
      expect(effectsOf(state, key)).toEqual([]);
      expect(press(state, key).flash?.text).toContain('there is no operation');
    }
  });
});
