import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions, actionsHere, runAction } from '../../../src/console/registry.ts';
import { writes } from '../../../src/console/state/message.ts';
import type { Effect, State } from '../../../src/console/state/model.ts';
import { answerTo, isQuestion, quietTime } from '../../../src/console/state/questions.ts';
import { update } from '../../../src/console/update/update.ts';
import { reversalsOf } from '../../../src/journal/reversals.ts';
import { checkPlan } from '../../../src/plan/check.ts';
import { planDeletions } from '../../../src/plan/deletions.ts';
import { instantFromMillis } from '../../../src/schedule/index.ts';
import { aJob } from '../../support/jobs.ts';
import { aSnapshot, headOf } from '../../support/snapshots.ts';
import { keyOf } from '../../terminal/press.ts';
import { now, press, showing, told, type } from '../states.ts';

const jobs = showing([{ name: 'a' }, { name: 'b', disabled: true }, { name: 'c' }]);
const elsewhere: State = {
  ...jobs,
  cluster: { kind: 'another', name: 'f1', instead: 'demo', why: 'it has none of the 3 jobs known' },
};
const marked = press(jobs, 'space', 'j', 'space');
const plan = press(jobs, '*', 's');
const created = aJob({ name: 'a' });
const creation = {
  id: 'a',
  operation: 'one',
  at: new Date(now - 60_000).toISOString(),
  server: 'http://localhost:8080',
  job: 'a',
  action: 'write',
  before: null,
  sent: JSON.stringify(created),
  result: { id: 'a', at: '', outcome: 'written', after: JSON.stringify(created) },
} as const;
const returning = {
  type: 'return',
  operations: [[creation]],
  reversals: reversalsOf([creation]),
  undoes: ['one'],
} as const;
const refused = {
  type: 'schedule-refused',
  name: 'a',
  lines: ['changed'],
  now: aJob({ name: 'a', schedule: '@daily' }),
} as const;

const pruned = ['one', 'two', 'three'].map((name) => aSnapshot({ name, head: headOf() }));
const pruning = told(
  press(
    told(press(jobs, 'R'), { type: 'snapshots', files: pruned }),
    ':',
    ...type('prune keep-last=1'),
    'enter',
  ),
  {
    type: 'prune-plan',
    groups: [
      {
        title: 'prod, hand',
        decisions: pruned.map((file, at) => ({ file, reasons: at === 0 ? ['last snapshot'] : [] })),
      },
    ],
  },
);

const interrupted = told(press(marked, 't'), {
  type: 'again',
  run: {
    items: [{ name: 'a', how: 'ask', after: '', why: '' }],
    states: new Map(),
    stage: 'left',
  },
});

const unfinished = told(jobs, {
  type: 'unfinished',
  isNews: true,
  left: [
    { operation: 'op', title: 'Write 2 jobs', at: '2026-11-21T14:00:00Z', jobs: 2, safety: null },
  ],
});

const maintained = told(jobs, {
  type: 'maintenance',
  seen: {
    ...{ id: 'id', name: 'night', why: '', at: '2026-11-21T14:00:00Z', step: 'running' },
    ...{ operation: 'op', safety: null, jobs: 2, interrupted: false },
  },
});

interface Case {
  /** Just before the key that asks. */
  readonly before: State;
  readonly asks: readonly string[];
  readonly answer: readonly string[];
}
const none: readonly Case[] = [];

/** Every way to every effect: whoever adds an effect says here how it is asked about. */
const cases: { readonly [Type in Effect['type']]: readonly Case[] } = {
  run: [{ before: jobs, asks: ['t'], answer: ['y'] }],
  'run-again': [
    { before: press(marked, 't'), asks: ['t'], answer: ['2', 'enter'] },
    { before: interrupted, asks: ['t'], answer: ['y'] },
  ],
  'stop-again': none,
  'find-again': none,
  'discard-again': [{ before: interrupted, asks: ['D'], answer: ['y'] }],
  'set-disabled': [
    { before: jobs, asks: ['s'], answer: ['y'] },
    { before: press(jobs, 'j'), asks: ['s'], answer: ['y'] },
  ],
  delete: [
    { before: jobs, asks: ['ctrl-d'], answer: ['a', 'enter'] },
    { before: marked, asks: ['ctrl-d'], answer: ['2', 'enter'] },
  ],
  clear: [
    { before: jobs, asks: [':', ...type('clear'), 'enter'], answer: ['a', 'enter'] },
    { before: marked, asks: [':', ...type('clear'), 'enter'], answer: ['2', 'enter'] },
  ],
  'apply-plan': [{ before: plan, asks: ['enter'], answer: ['y'] }],
  'save-schedule': [
    {
      before: told(press(jobs, 'i', 'ctrl-u', ...type('@hourly'), 'enter'), refused),
      asks: ['enter'],
      answer: ['y'],
    },
  ],
  'set-paused': [
    { before: press(jobs, 'C'), asks: ['P'], answer: ['y'] },
    { before: jobs, asks: [':', ...type('pause-node'), 'enter'], answer: ['y'] },
  ],
  'read-overview': none,
  'plan-edits': none,
  'plan-undo': none,
  refresh: none,
  pace: none,
  'load-runs': none,
  'load-output': none,
  follow: none,
  undo: none,
  'list-journal': none,
  'read-operation': none,
  'read-history': none,
  'read-runs': none,
  'ask-why': none,
  compare: none,
  'open-context': none,
  resume: none,
  discard: [{ before: unfinished, asks: [':', ...type('discard'), 'enter'], answer: ['y'] }],
  'plan-maintenance': none,
  'forget-maintenance': [
    { before: maintained, asks: [':', ...type('maintenance-forget'), 'enter'], answer: ['y'] },
  ],
  'settle-cluster': [{ before: elsewhere, asks: ['C'], answer: ['y'] }],
  agenda: none,
  lint: none,
  'read-ttls': none,
  'count-crowd': none,
  'find-calm': none,
  snapshot: none,
  'list-snapshots': none,
  'note-snapshot': none,
  'plan-prune': none,
  prune: [{ before: pruning, asks: ['enter'], answer: ['2', 'enter'] }],
  'verify-snapshots': none,
  'look-inside': none,
  'leave-snapshot': none,
  'plan-restore': none,
  'open-plan': none,
  'keep-plan': none,
  'plan-from': none,
  export: none,
  'keep-draft': none,
  'save-text': none,
  'edit-outside': none,
  copy: none,
  'check-later': none,
  'rest-later': none,
  'forget-later': none,
  redraw: none,
  suspend: none,
  quit: none,
};
const asked = (Object.entries(cases) as [Effect['type'], readonly Case[]][]).flatMap(
  ([effect, ways]) => ways.map((way) => ({ effect, ...way })),
);
const some: (readonly [string, (typeof asked)[number]])[] = asked.map((one) => [
  `${one.effect} by ${one.asks.join('')}`,
  one,
]);
const needsAnswer = (effect: Effect): boolean => answerTo(effect) !== 'nothing';

/** Keys so many ms apart, the question painted when `paintedAt` has come. */
function typing(state: State, keys: readonly string[], gap: number, paintedAt: number) {
  let shown = state;
  const done: Effect[] = [];
  keys.forEach((name, index) => {
    const at = index * gap;
    if (at >= paintedAt) shown = told(shown, { type: 'painted', at: paintedAt });
    const [after, effects] = update(shown, { type: 'key', key: keyOf(name), at });
    shown = after;
    done.push(...effects.filter(needsAnswer));
  });
  return done;
}

describe.each(some)('%s', (_title, { effect, before, asks, answer }) => {
  const question = press(before, ...asks);

  it('is asked, and happens by its answer only', () => {
    expect(isQuestion(question.overlay)).toBe(true);
    const last = answer.reduce<readonly Effect[]>((_effects, _key, at) => {
      const state = press(question, ...answer.slice(0, at));
      const [, effects] = update(state, { type: 'key', key: keyOf(answer[at]!), at: 1e12 });
      return effects.filter(needsAnswer);
    }, []);
    expect(last.map((one) => one.type)).toEqual([effect]);
  });

  it('is left by esc, and then by nothing else', () => {
    const left = press(question, 'esc');
    expect(isQuestion(left.overlay)).toBe(false);
    expect(left.flash?.text).toBe('cancelled: nothing was written');
  });

  it('is answered by another key than asks', () => {
    expect(asks.at(-1)).not.toBe(answer[0]);
  });

  it('is not answered by keys in a burst, at any rate, however soon it is painted', () => {
    const key = fc.constantFrom(...asks, ...answer, 'y', 'enter', 'n');
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 40 }),
        fc.integer({ min: 0, max: quietTime - 1 }),
        fc.integer({ min: 0, max: 3_000 }),
        (keys, gap, delay) => {
          const paintedAt = (asks.length - 1) * gap + delay;
          const stream = [...asks, ...keys.filter((name) => name !== 'esc')];
          expect(typing(before, stream, gap, paintedAt)).toEqual([]);
        },
      ),
    );
  });

  it('is not answered by the key that asked, held for as long as one likes', () => {
    const last = asks.at(-1)!;
    for (const gap of [15, 25, 33, 67, 300, 500, 1_000])
      expect(
        typing(before, [...asks, ...Array(40).fill(last)], gap, (asks.length - 1) * gap + 10),
      ).toEqual([]);
  });

  it('is not answered by what is pasted, bracketed or not', () => {
    const text = `${answer.filter((key) => key !== 'enter').join('')}\r`;
    expect(update(question, { type: 'paste', text })[1].filter(needsAnswer)).toEqual([]);
    const keys = answer.map((name) => keyOf(name, true));
    const effects = keys.reduce<readonly [State, readonly Effect[]]>(
      ([state, all], key) => {
        const [after, more] = update(state, { type: 'key', key, at: 1e12 });
        return [after, [...all, ...more]];
      },
      [question, []],
    )[1];
    expect(effects.filter(needsAnswer)).toEqual([]);
  });
});

const changing = some.filter(([, { effect }]) => writes[effect]);

describe.each(changing)('%s in a protected context', (_title, { effect, before, asks, answer }) => {
  const there = { ...before, setting: { ...before.setting, protectedAs: 'prod' } };
  const question = press(there, ...asks);

  it('is answered by typing what is lost, else the name of the context', () => {
    const typed = answer.at(-1) === 'enter' ? answer.slice(0, -1).join('') : 'prod';
    expect(question.overlay).toMatchObject({ kind: 'typed', expected: typed });
    const ready = press(question, ...type(typed));
    const [, effects] = update(ready, { type: 'key', key: keyOf('enter'), at: 1e12 });
    const written = effects.filter(needsAnswer);
    expect(written).toMatchObject([{ type: effect, agreed: 'prod' }]);
  });
});

it('a save is not asked about, unless the context is protected', () => {
  const edited = (state: State) => press(state, 'i', 'ctrl-u', ...type('@hourly'), 'enter');
  expect(edited(jobs).overlay).toMatchObject({ kind: 'schedule', saving: true });
  const prod = { ...jobs, setting: { ...jobs.setting, protectedAs: 'prod' } };
  expect(edited(prod).overlay).toMatchObject({ kind: 'typed', expected: 'prod' });
});

it('undoing a creation asks for the name, as deleting does', () => {
  expect(told(jobs, returning).overlay).toMatchObject({ kind: 'typed', expected: 'a' });
});

it('what cannot be taken back is never answered by one key', () => {
  const live = { jobs: [aJob({ name: 'a' })], unreadable: [] };
  const plan = checkPlan(planDeletions(['a'], live), live.jobs, { now: instantFromMillis(now) });
  expect(answerTo({ type: 'delete', plan })).toEqual({ typed: 'a' });
  expect(answerTo({ type: 'apply-plan', plan, title: '', names: ['a'] })).toEqual({ typed: 'a' });
  expect(answerTo({ type: 'clear', names: ['a'] })).toEqual({ typed: 'a' });
  expect(answerTo({ type: 'run', names: ['a', 'b'] })).toEqual({ typed: '2' });
});

it('no action does at once what has to be asked about', () => {
  for (const state of [
    jobs,
    press(jobs, 'j'),
    marked,
    plan,
    press(jobs, 'enter'),
    press(jobs, 'E'),
  ])
    for (const action of actionsHere(state))
      expect(runAction(state, action)[1].filter(needsAnswer), action.id).toEqual([]);
  expect(actions.length).toBeGreaterThan(0);
});
