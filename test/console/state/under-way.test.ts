import { expect, it } from 'vitest';
import { pushPlan } from '../../../src/console/state/changes.ts';
import { shareDone } from '../../../src/console/state/under-way.ts';
import { showing, told } from '../states.ts';

const idle = showing([{ name: 'a' }]);
const plan = pushPlan(idle, { id: 'p', title: 'p', plan: null });
const result = { name: 'a', outcome: 'written', message: '' } as const;
const applying = told(plan, { type: 'progress', results: [result], total: 4 });
const taking = (share: number | null) => ({
  type: 'waiting' as const,
  text: 'taking a snapshot',
  progress: { text: 'some', share },
});
const said = { type: 'flash', flash: { level: 'ok', text: 'saved' } } as const;

it.each([
  ['nothing', idle, null],
  ['a wait without an end in sight', told(idle, { type: 'waiting', text: 'going' }), null],
  ['a snapshot', told(idle, taking(0.5)), 0.5],
  ['a snapshot of a server that announces no number', told(idle, taking(null)), null],
  ['a snapshot that was taken', told(idle, taking(0.5), said), null],
  ['a plan that is looked at', plan, null],
  ['a plan that is written', applying, 0.25],
  ['a plan that was written', told(applying, { type: 'applied', text: '', ok: true }), null],
  ['the next wait', told(idle, taking(0.5), { type: 'waiting', text: 'going' }), null],
])('of %s so much is done', (_what, state, share) => {
  expect(shareDone(state)).toBe(share);
});
