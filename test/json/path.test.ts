import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Edited,
  getInJson,
  offsetInJson,
  pathOf,
  removeInJson,
  type Step,
  setInJson,
} from '../../src/json/path.ts';

const outcome = (edited: Edited): string => ('error' in edited ? edited.error : edited.text);
const get = (text: string, steps: readonly Step[]) => outcome(getInJson(text, steps, 'body'));
const set = (text: string, steps: readonly Step[], value: string) =>
  outcome(setInJson(text, steps, value, 'body'));
const remove = (text: string, steps: readonly Step[]) => outcome(removeInJson(text, steps, 'body'));

/** A JSON value, the steps to a value inside it that is no string, and how its text is set in. */
const place = fc
  .tuple(
    fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())),
    fc.array(fc.nat()),
    fc.constantFrom(undefined, 1, '\t'),
  )
  .map(([made, choices, indent]) => {
    // JSON.stringify knows no -0.
    const root = JSON.parse(JSON.stringify(made)) as unknown;
    const steps: Step[] = [];
    let at: unknown = root;
    for (const choice of choices) {
      if (typeof at !== 'object' || at === null) break;
      const names: Step[] = Array.isArray(at) ? [...at.keys()] : Object.keys(at);
      if (names.length === 0) break;
      const step = names[choice % names.length]!;
      steps.push(step);
      at = (at as Record<Step, unknown>)[step];
    }
    return { root, steps, at, text: JSON.stringify(root, undefined, indent) };
  })
  // `__proto__` cannot be set by assignment, which is how the values that are expected are made.
  .filter(({ text }) => !text.includes('__proto__'));

/** A copy of a value in which what holds the last step was changed. */
function changed(
  root: unknown,
  steps: readonly Step[],
  change: (holder: never, step: Step) => void,
) {
  const copy = structuredClone(root);
  const holder = steps.slice(0, -1).reduce<unknown>((at, step) => (at as never)[step], copy);
  change(holder as never, steps.at(-1)!);
  return copy;
}

describe('a value in JSON', () => {
  it('is read, wherever it stands', () => {
    fc.assert(
      fc.property(place, ({ steps, at, text }) => {
        expect(JSON.parse(get(text, steps))).toEqual(at);
        expect(
          JSON.parse(text.slice(offsetInJson(text, steps)).slice(0, get(text, steps).length)),
        ).toEqual(at);
      }),
    );
  });

  it('is replaced, and nothing else is', () => {
    const inside = place.filter(({ steps, at }) => steps.length > 0 && typeof at !== 'string');
    fc.assert(
      fc.property(inside, ({ root, steps, text }) => {
        const wanted = changed(root, steps, (holder: Record<Step, unknown>, step) => {
          holder[step] = 4711;
        });
        const put = set(text, steps, '4711');
        expect(JSON.parse(put)).toEqual(wanted);
        const start = offsetInJson(text, steps);
        expect(put).toBe(
          `${text.slice(0, start)}4711${text.slice(start + get(text, steps).length)}`,
        );
      }),
    );
  });

  it('is taken out, and nothing else is', () => {
    fc.assert(
      fc.property(
        place.filter(({ steps }) => steps.length > 0),
        ({ root, steps, text }) => {
          const wanted = changed(root, steps, (holder: Record<Step, unknown>, step) => {
            if (Array.isArray(holder)) holder.splice(Number(step), 1);
            else delete holder[step];
          });
          expect(JSON.parse(remove(text, steps))).toEqual(wanted);
        },
      ),
    );
  });

  it.each<[text: string, steps: Step[], left: string]>([
    ['{"a":1, "b":2, "c":3}', ['a'], '{"b":2, "c":3}'],
    ['{"a":1, "b":2, "c":3}', ['b'], '{"a":1, "c":3}'],
    ['{"a":1, "b":2, "c":3}', ['c'], '{"a":1, "b":2}'],
    ['[ 1 ]', [0], '[]'],
    ['[[1], 2]', [0, 0], '[[], 2]'],
    ['{"a":1,"a":2}', ['a'], '{"a":1}'],
  ])('of %s %j is taken out with its comma', (text, steps, left) => {
    expect(remove(text, steps)).toBe(left);
  });

  it.each<[text: string, steps: Step[], value: string, wanted: string]>([
    ['{}', ['a'], '1', '{"a":1}'],
    ['{"a":1}', ['b'], '[2]', '{"a":1,"b":[2]}'],
    ['{"a":1}', ['b'], 'two', '{"a":1,"b":"two"}'],
    ['[]', [0], '1', '[1]'],
    ['[1]', [1], 'x', '[1,"x"]'],
    ['[1]', ['1'], '2', '[1,2]'],
    ['{"a":[1]}', ['a', '0'], '2', '{"a":[2]}'],
    ['{"1":1}', ['1'], '2', '{"1":2}'],
  ])('in %s a new one at %j', (text, steps, value, wanted) => {
    expect(set(text, steps, value)).toBe(wanted);
  });

  it.each<[stood: string, value: string, written: string]>([
    ['"x"', 'plain', '"plain"'],
    ['"x"', '7', '"7"'],
    ['"x"', 'true', '"true"'],
    ['"x"', ' "7"', '"7"'],
    ['"\\u0061"', 'a', '"\\u0061"'],
    ['null', 'plain', '"plain"'],
    ['null', '7', '7'],
    ['1', '"x"', '"x"'],
    ['{"b":1}', '[]', '[]'],
  ])('in the place of %s %s is written %s', (stood, value, written) => {
    expect(set(`{"a":${stood}}`, ['a'], value)).toBe(`{"a":${written}}`);
  });

  it.each([
    ['1', 'a number'],
    ['{"b":1}', 'an object'],
    ['[1]', 'a list'],
    ['true', 'true'],
  ])('in the place of %s a text needs its quotes', (stood, what) => {
    expect(set(`{"a":${stood}}`, ['a'], 'plain')).toBe(
      `body.a is ${what}; a text in its place is written in double quotes`,
    );
  });

  it.each<[text: string, steps: Step[], error: string]>([
    ['{', ['a'], 'body is not JSON'],
    ['{"a":1}', ['a', 'b'], 'body.a is a number, which has no parts'],
    ['{"a":"x"}', ['a', 'b'], 'body.a is text, which has no parts'],
    ['{"a":null}', ['a', 'b'], 'body.a is null, which has no parts'],
    ['[1]', ['a'], 'body is a list: write [0]'],
    ['[[1]]', [0, 'a'], 'body[0] is a list: write [0]'],
    ['{"a":1}', [0], 'body is an object: write a name'],
    ['{}', ['a'], 'body has no a: it has nothing'],
    ['[]', [0], 'body has no [0]: it has nothing'],
    ['[1]', [3], 'body has no [3]: it has [0] only'],
    ['[1,2]', [3], 'body has no [3]: it has [0] to [1]'],
    ['{"b":1,"c":2,"b":3}', ['a'], 'body has no a: it has b, c'],
    ['{"b":1}', ['a', 'c'], 'body has no a: it has b'],
    [
      '{"1":1,"2":2,"3":3,"4":4,"5":5,"6":6,"7":7,"8":8}',
      ['a'],
      'body has no a: it has 1, 2, 3, 4, 5, 6, 7, 8',
    ],
    [
      '{"1":1,"2":2,"3":3,"4":4,"5":5,"6":6,"7":7,"8":8,"9":9}',
      ['a'],
      'body has no a: it has 1, 2, 3, 4, 5, 6, 7, 8, …',
    ],
  ])('of %s at %j is refused', (text, steps, error) => {
    expect(get(text, steps)).toBe(error);
    expect(remove(text, steps)).toBe(error);
  });

  it('is not put where something is missing before it, nor with a gap in a list', () => {
    expect(set('{"b":1}', ['a', 'c'], '1')).toBe('body has no a: it has b');
    expect(set('[1]', [2], '1')).toBe('body has no [2]: it has [0] only');
    expect(set('{', [], '1')).toBe('body is not JSON');
  });
});

describe('a value in JSON inside a string', () => {
  const text = '{"in": "{\\"a\\":[1, 2],\\"b\\":\\"\\u00e9\\"}", "n":1.0}';

  it('is read, replaced and taken out, and the rest stays as it is written', () => {
    expect(get(text, ['in', 'a', 1])).toBe('2');
    expect(set(text, ['in', 'a', 1], '3')).toBe(text.replace('2]', '3]'));
    expect(remove(text, ['in', 'a', 0])).toBe(text.replace('1, ', ''));
    expect(set(text, ['in', 'a', 0, 'x'], '3')).toBe(
      'body.in.a[0] is a number, which has no parts',
    );
    expect(remove(text, ['in', 'c'])).toBe('body.in has no c: it has a, b');
  });
});

describe('where a value stands', () => {
  it.each<[text: string, steps: Step[], at: string]>([
    ['{"a":[1,{"b":2}]}', ['a', 1, 'b'], '2'],
    ['{"a":[1,{"b":2}]}', ['a', 1, 'c'], '{"b"'],
    ['{"a":[1,{"b":2}]}', ['a', 1, 'b', 'c'], '2'],
    ['{"a":[1,{"b":2}]}', ['x', 'y'], '{"a"'],
    ['{"a":"[1]"}', ['a', 0], '"[1]"'],
  ])('in %s %j', (text, steps, at) => {
    expect(offsetInJson(text, steps)).toBe(text.indexOf(at));
  });

  it('is the beginning in what is no JSON', () => {
    expect(offsetInJson(' {', ['a'])).toBe(0);
  });

  it('is named by its steps', () => {
    expect(pathOf('body', ['a', 0, 'b'])).toBe('body.a[0].b');
  });
});
