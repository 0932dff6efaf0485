import { expect, it } from 'vitest';
import { press, showing, type } from '../states.ts';

const say = (words: string): string[] => [':', ...type(words), 'enter'];
const state = showing([{ name: 'a', owner: 'ops' }, { name: 'b' }]);
const drafted = press(state, ...say('edit owner'), 'x', 'esc');

it(':drop-drafts forgets what was typed for the job, and only for it', () => {
  const both = press(drafted, 'j', ...say('edit owner'), 'x', 'esc', 'k');
  expect(both.drafts.size).toBe(2);
  const after = press(both, ...say('drop-drafts'));
  expect([...after.drafts.keys()]).toEqual(['b:owner']);
  expect(after.flash).toMatchObject({
    level: 'info',
    text: expect.stringContaining('drafts of a'),
  });
});

it.each([
  ['of which nothing is kept', press(drafted, 'j')],
  ['that is not there', showing([])],
])(':drop-drafts does nothing for a job %s', (_, shown) => {
  const after = press(shown, ...say('drop-drafts'));
  expect(after.drafts).toBe(shown.drafts);
  expect(after.flash?.text).not.toContain('are dropped');
});
