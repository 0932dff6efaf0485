import { describe, expect, it } from 'vitest';
import { planEdits } from '../../../src/console/effects/plan-edits.ts';
import type { EffectOf, Message } from '../../../src/console/state/message.ts';
import type { Effect, PlanScreen, State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import { press, pressing, showing, told, type } from '../states.ts';

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
