import { describe, expect, it } from 'vitest';
import { yamlKey } from '../../../src/console/state/drafts.ts';
import type { Message, State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import type { Job } from '../../../src/job/job.ts';
import { aJob } from '../../support/jobs.ts';
import { refreshed, showing, told } from '../states.ts';

const seen = aJob({ name: 'a', owner: 'ana', retries: 1 });
const draft = { text: 'typed', base: '{}', at: 5 };

/** Back from the editor with this, when the server has that by now. */
function back(
  wanted: Job | null,
  now: readonly Partial<Job>[],
  said: Message | null = null,
  isNew = false,
): State {
  const message: Message = {
    type: 'edited',
    seen,
    isNew,
    draft,
    wanted,
    said: said?.type === 'flash' ? said.flash : null,
  };
  return told(showing([seen]), refreshed(now), message);
}

const planned = (state: State): Job[] => {
  const screen = topScreen(state);
  return screen.kind === 'plan' ? (screen.plan?.items ?? []).map(({ job }) => job) : [];
};

describe('what comes back from the editor', () => {
  it('is a plan, and a draft until it is written', () => {
    const state = back({ ...seen, owner: 'bob' }, [seen]);
    expect(planned(state)).toMatchObject([{ owner: 'bob', retries: 1 }]);
    expect(state.drafts.get(yamlKey('a'))).toEqual(draft);
    expect(state.flash).toBeNull();
  });

  it('leaves alone what somebody else changed meanwhile', () => {
    const state = back({ ...seen, owner: 'bob' }, [{ ...seen, retries: 5 }]);
    expect(planned(state)).toMatchObject([{ owner: 'bob', retries: 5 }]);
    expect(state.flash?.text).toBe('somebody else changed retries; that change stays');
  });

  it('says what both changed', () => {
    const state = back({ ...seen, owner: 'bob' }, [{ ...seen, owner: 'carl' }]);
    expect(planned(state)).toMatchObject([{ owner: 'bob' }]);
    expect(state.flash).toMatchObject({
      level: 'error',
      text: expect.stringMatching(/^somebody else changed owner too;/),
    });
  });

  it('says that the job is gone', () => {
    const state = back({ ...seen, owner: 'bob' }, []);
    expect(state.flash?.text).toBe(
      'somebody deleted the job in the meantime: writing creates it again',
    );
  });

  it('of a new job is what it says, and whether it is there by now', () => {
    const wanted = { ...seen, owner: 'bob' };
    expect(back(wanted, [], null, true).flash).toBeNull();
    const created = back(wanted, [{ ...seen, retries: 5 }], null, true);
    expect(planned(created)).toMatchObject([{ owner: 'bob', retries: 1 }]);
    expect(created.flash?.text).toContain('created a job of this name');
  });

  it('that is nothing says why', () => {
    const state = back(null, [seen], { type: 'flash', flash: { level: 'info', text: 'nothing' } });
    expect([planned(state), state.flash?.text]).toEqual([[], 'nothing']);
  });
});
