import { expect, it } from 'vitest';
import { effectNote } from '../../../src/console/log/effect.ts';
import type { Effect } from '../../../src/console/state/model.ts';
import type { CheckedPlan } from '../../../src/plan/model.ts';
import { aJob } from '../../support/jobs.ts';

const job = aJob({ name: 'a', schedule: '@daily', timezone: 'UTC', owner: 'secret' });
const plan: CheckedPlan = {
  action: 'disable',
  items: [
    {
      name: 'a',
      kind: 'change',
      why: '',
      changes: [],
      job,
      seen: null,
      children: [],
      findings: [],
    },
  ],
};
const text = 'twelve chars';

it.each<[Effect, object]>([
  [{ type: 'refresh' }, {}],
  [{ type: 'load-runs', name: 'a', soon: true }, { name: 'a' }],
  [
    { type: 'load-output', name: 'a', execution: '1', whole: true },
    { name: 'a', execution: '1', whole: true },
  ],
  [
    { type: 'save-schedule', plan, over: true },
    { jobs: [{ name: 'a', schedule: '@daily', timezone: 'UTC' }], over: true },
  ],
  [
    { type: 'set-disabled', plan },
    { action: 'disable', names: ['a'] },
  ],
  [{ type: 'run', names: ['a', 'b'] }, { names: ['a', 'b'] }],
  [{ type: 'delete', plan }, { names: ['a'] }],
  [{ type: 'clear', names: ['a'] }, { names: ['a'] }],
  [{ type: 'undo' }, {}],
  [
    { type: 'agenda', names: ['a', 'b'], from: 1, hours: 6 },
    { jobs: 2, from: 1, hours: 6 },
  ],
  [
    { type: 'lint', names: ['a', 'b'], from: 1 },
    { jobs: 2, from: 1 },
  ],
  [{ type: 'plan-restore', file: '/x' }, { file: '/x' }],
  [{ type: 'open-plan', file: '/x' }, { file: '/x' }],
  [
    { type: 'keep-plan', file: '/x', source: 's', plan, names: ['a'], secrets: false },
    { file: '/x', names: ['a'] },
  ],
  [{ type: 'apply-plan', plan, title: 't', names: ['a'] }, { names: ['a'] }],
  [{ type: 'resume', operation: 'op' }, { operation: 'op' }],
  [{ type: 'discard', operation: 'op' }, { operation: 'op' }],
  [
    { type: 'keep-draft', key: 'a:owner', draft: { text, base: '', at: 0 } },
    { key: 'a:owner', length: 12 },
  ],
  [
    { type: 'keep-draft', key: 'a:owner', draft: null },
    { key: 'a:owner', length: null },
  ],
  [
    { type: 'save-text', name: 'a', text },
    { name: 'a', length: 12 },
  ],
  [{ type: 'edit-outside', seen: job }, { name: 'a' }],
  [{ type: 'copy', text }, { length: 12 }],
  [{ type: 'check-later', lines: ['x', 'y'] }, { lines: 2 }],
  [{ type: 'rest-later' }, {}],
])('of $type the log has what it is about, and of texts their length', (effect, note) => {
  expect(effectNote(effect)).toEqual({ type: effect.type, ...note });
});
