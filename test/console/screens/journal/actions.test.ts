import { describe, expect, it } from 'vitest';
import type { Message, State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import type { Job } from '../../../../src/job/job.ts';
import type { PastChange } from '../../../../src/journal/file.ts';
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
  changes,
  reversals: reversalsOf(changes),
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
    expect(plan(state).title).toBe('Undo  write of 2 jobs, 10m ago');
    expect([...plan(state).marks]).toEqual(['old', 'created']);
    expect(plan(state).plan?.items.map(({ kind }) => kind)).toEqual(['change', 'delete']);
    expect(state.flash).toBeNull();
  });

  it('says when a job was changed once more since', () => {
    const state = told(showing([{ ...changed, owner: 'me' }]), back(change(old, changed)));
    expect(plan(state).title).toBe('Undo  write of old, 10m ago');
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
    expect(state.flash?.text).toBe('created: created 10m ago; it does not exist any more');
  });
});

describe('the journal', () => {
  const past = [change(old, changed), change(null, created)];
  const listed = told(press(showing([changed]), 'H'), { type: 'journal', changes: past });

  it('is read when one asks for it', () => {
    expect(effectsOf(showing([]), 'H')).toEqual([{ type: 'list-journal' }]);
  });

  it('takes back the change under the cursor, and the last from anywhere', () => {
    expect(effectsOf(listed, 'enter')).toEqual([{ type: 'undo', change: past[0] }]);
    expect(effectsOf(listed, 'j', 'enter')).toEqual([{ type: 'undo', change: past[1] }]);
    expect(effectsOf(listed, 'j', 'u')).toEqual([{ type: 'undo' }]);
  });

  it.each([
    ['is being read', press(showing([]), 'H')],
    ['is empty', told(press(showing([]), 'H'), { type: 'journal', changes: [] })],
  ])('that %s has nothing to take back', (_, state) => {
    expect(effectsOf(state, 'enter')).toEqual([]);
    expect(press(state, 'enter').flash?.text).toContain('there is no change');
  });
});
