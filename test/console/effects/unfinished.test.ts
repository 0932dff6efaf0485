import { expect, it } from 'vitest';
import {
  createUnfinishedEffects,
  type UnfinishedOptions,
} from '../../../src/console/effects/unfinished.ts';
import type { Message } from '../../../src/console/state/model.ts';
import type { Unfinished } from '../../../src/plan/unfinished/head.ts';
import { press, showing, told } from '../states.ts';

const operation = (name: string): Unfinished => ({
  ...{ operation: name, title: `Write ${name}`, at: '2026-11-21T14:00:00Z' },
  ...{ jobs: 2, safety: null },
});

/** What a console says of operations of which first these are left, then those. */
async function saidOf(...looks: readonly (readonly Unfinished[])[]): Promise<(string | null)[]> {
  const messages: Message[] = [];
  const left = looks.values();
  const { tell } = createUnfinishedEffects({
    store: { found: async () => ({ left: left.next().value!, passedOver: [] }) },
    maintenance: { tell: async () => {} },
    dispatch: (message: Message) => void messages.push(message),
  } as unknown as UnfinishedOptions);
  for (const _ of looks) await tell();
  let state = showing([]);
  return messages.map((message) => {
    state = told(press(state, 'esc'), message);
    return state.flash?.text.replace(/,.*/, '') ?? null;
  });
}

it('an operation is told of once, also where it was gone on with meanwhile', async () => {
  const [one, other] = [operation('one'), operation('other')];
  const named = (name: string): string => `not finished: Write ${name}`;
  expect(await saidOf([one], [one], [], [one])).toEqual([named('one'), null, null, null]);
  expect(await saidOf([], [one], [other, one], [one])).toEqual([
    ...[null, named('one')],
    ...[named('other'), null],
  ]);
});
