import { describe, expect, it } from 'vitest';
import type { Effect, State } from '../../../src/console/state/model.ts';
import { quietTime } from '../../../src/console/state/questions.ts';
import { update } from '../../../src/console/update/update.ts';
import { keyOf } from '../../terminal/press.ts';
import { press, showing, type } from '../states.ts';

const question = press(showing([{ name: 'abc' }]), 'ctrl-d');
if (question.overlay?.kind !== 'typed') throw new Error('nothing is asked');
/** A question about `abc` that stands on the screen since 0. */
const asked: State = { ...question, overlay: { ...question.overlay, quietSince: 0 } };
/** Keys at their times, ms. */
const typing = (keys: readonly (readonly [string, number])[]) =>
  keys.reduce<readonly [State, readonly Effect[]]>(
    ([before], [name, at]) => update(before, { type: 'key', key: keyOf(name), at }),
    [asked, []],
  );
const answer = type('abc').map((letter, at) => [letter, 1_000 + at * 100] as const);

describe('the answer that is typed', () => {
  it('counts with an enter that is pressed by itself', () => {
    expect(typing([...answer, ['enter', 1_300]])[1]).toMatchObject([{ type: 'delete' }]);
    const [soon, effects] = typing([...answer, ['enter', 1_259]]);
    expect(effects).toEqual([]);
    expect(soon.flash?.text).toContain('type abc');
    expect(typing([...answer, ['enter', 1_260]])[1]).toHaveLength(1);
  });

  it('may have white space around it, and be nothing else', () => {
    const spaced = [['space', 900] as const, ...answer, ['enter', 1_400] as const];
    expect(typing(spaced)[1]).toHaveLength(1);
    for (const more of ['d', 'backspace'])
      expect(typing([...answer, [more, 1_300], ['enter', 1_500]])[1]).toEqual([]);
  });

  it('is no answer that began before the question could be read', () => {
    const [early] = typing([['a', quietTime - 1]]);
    expect(early.flash?.text).toContain('too early');
    expect(early.overlay).toMatchObject({ kind: 'typed', line: { lines: [''] } });
    const [read] = typing([['a', quietTime]]);
    expect(read.overlay).toMatchObject({ kind: 'typed', line: { lines: ['a'] } });
  });

  it('is left by esc at any time', () => {
    expect(typing([['esc', 1]])[0].overlay).toBeNull();
  });
});

describe('a question that y answers', () => {
  const confirm = press(showing([{ name: 'abc' }]), 's');

  it('is left by n as by esc, and said not to hear any other key', () => {
    expect(press(confirm, 'n')).toEqual(press(confirm, 'esc'));
    const other = press(confirm, 'x');
    expect(other.overlay?.kind).toBe('confirm');
    expect(other.flash?.text).toMatch(/^x does not answer/);
  });

  it('has what lay under it the keys again, and says what is done', () => {
    const done = press(confirm, 'y');
    expect(done).toMatchObject({ overlay: null, waiting: 'disabling abc…' });
  });
});
