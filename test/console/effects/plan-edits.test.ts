import { describe, expect, it } from 'vitest';
import { planEdits, planReturn } from '../../../src/console/effects/plan-edits.ts';
import type { EffectOf, MessageOf } from '../../../src/console/state/message.ts';
import type { Effect, Message, PlanScreen, State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import { update } from '../../../src/console/update/update.ts';
import type { PastChange } from '../../../src/journal/lines.ts';
import { reversalsOf } from '../../../src/journal/reversals.ts';
import { aJob } from '../../support/jobs.ts';
import { now, press, pressing, showing, told, type } from '../states.ts';

/** So many jobs that some have a parent and some are disabled already. */
const showingMany = (count: number): State =>
  showing(
    Array.from({ length: count }, (_, at) => ({
      name: `job-${String(at).padStart(3, '0')}`,
      disabled: at % 10 === 3,
      ...(at % 10 === 5 && { parent_job: 'job-000' }),
    })),
  );

const planOf = (state: State) => topScreen(state) as PlanScreen;
const isEdits = (effect: Effect): effect is EffectOf<'plan-edits'> => effect.type === 'plan-edits';

async function made(asked: State, effect: EffectOf<'plan-edits'>): Promise<State> {
  const messages: Message[] = [];
  await planEdits(effect, { state: () => asked, dispatch: (message) => messages.push(message) });
  return told(asked, ...messages);
}

describe.each([
  ['disable', ['*', 's']],
  ['enable', ['*', ':', ...type('enable'), 'enter']],
  ['forbid', ['*', ':', ...type('forbid'), 'enter']],
  ['maintenance', ['*', ':', ...type('maintenance night: disk'), 'enter']],
])('to %s many jobs', (_, keys) => {
  it('opens a plan at once, and makes it beside the keys as it is made of few', async () => {
    const [opened, effects] = pressing(showingMany(1_200), keys);
    const [effect, ...more] = effects.filter(isEdits);
    expect(more).toEqual([]);
    expect(planOf(opened).plan).toBeNull();
    const state = await made(opened, effect!);

    const few = planOf(press(showingMany(90), ...keys));
    const many = planOf(state);
    const { items, listed: _listed, families: _families, ...rest } = many.plan!;
    const { items: fewItems, listed: _, families: __, ...fewRest } = few.plan!;
    expect(rest).toEqual(fewRest);
    expect(fewItems.length).toBeGreaterThan(0);
    for (const item of fewItems)
      expect(items.find(({ name }) => name === item.name)).toEqual({
        ...item,
        // There are more of them.
        ...(item.children.length > 0 && { children: expect.arrayContaining([...item.children]) }),
      });
    expect([...few.marks].every((name) => many.marks.has(name))).toBe(true);
    expect(many.marks.size).toBe(items.filter(({ kind }) => kind === 'change').length);
  });

  it('shows nothing of it where that screen was left meanwhile', async () => {
    const [opened, effects] = pressing(showingMany(150), keys);
    const left = press(opened, 'esc');
    const messages: Message[] = [];
    await planEdits(effects.find(isEdits)!, {
      state: () => left,
      dispatch: (message) => messages.push(message),
    });
    expect(told(left, ...messages).screens).toEqual(left.screens);
  });
});

/** What takes back that these were disabled; the first was deleted since, and every fiftieth edited. */
function undoing(count: number): readonly [State, MessageOf<'return'>] {
  const jobs = Array.from({ length: count }, (_, at) =>
    aJob({ name: `job-${String(at).padStart(3, '0')}`, disabled: true }),
  );
  const changes = jobs.map(
    (job): PastChange => ({
      id: job.name,
      operation: 'one',
      at: new Date(now - 60_000).toISOString(),
      server: 'http://localhost:8080',
      job: job.name,
      action: 'write',
      before: JSON.stringify({ ...job, disabled: false }),
      sent: JSON.stringify(job),
      result: { id: job.name, at: '', outcome: 'written', after: JSON.stringify(job) },
    }),
  );
  const there = jobs.slice(1).map((job, at) => (at % 50 === 0 ? { ...job, owner: 'me' } : job));
  const message = {
    type: 'return',
    operations: [changes],
    reversals: reversalsOf(changes),
    undoes: ['one'],
  } as const;
  return [showing(there), message];
}

async function returned(count: number): Promise<State> {
  const [before, message] = undoing(count);
  const [opened, effects] = update(before, message);
  const effect = effects.find((each) => each.type === 'plan-undo');
  if (effect === undefined) return opened;
  expect(planOf(opened).plan).toBeNull();
  const messages: Message[] = [];
  await planReturn(effect, { state: () => opened, dispatch: (told) => messages.push(told) });
  return told(opened, ...messages);
}

it('an undo of many jobs is made beside the keys as it is made of few', async () => {
  const [few, many] = await Promise.all([returned(90), returned(170)]);
  const { items: fewItems, ...fewRest } = planOf(few).plan!;
  const { items, ...rest } = planOf(many).plan!;
  expect({ ...rest, listed: 0, families: null }).toEqual({ ...fewRest, listed: 0, families: null });
  expect(items.filter(({ name }) => name < 'job-090')).toEqual(fewItems);
  expect(items).toHaveLength(170);
  expect(planOf(few).marks.size).toBe(90 - 1 - 2);
  expect(planOf(many).marks.size).toBe(170 - 1 - 4);
  expect(few.flash?.text).toBe('changed again since, so not marked: job-000, job-001, job-051');
  expect(many.flash?.text).toMatch(
    /^changed again since, so not marked: job-000, job-001, job-051 and 2 /,
  );
});
