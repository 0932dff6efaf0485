import { describe, expect, it } from 'vitest';
import { changeLines, wholeChangeLines } from '../../src/view/diff.ts';
import { lineText } from '../../src/view/line.ts';

const change = (path: string, before: string, after: string) => ({
  keys: path.split('.'),
  path,
  before,
  after,
});
const whole = (...changes: ReturnType<typeof change>[]): string[] =>
  wholeChangeLines(changes).map((line) => lineText(line).trimEnd());

const body = (radius: number): string =>
  JSON.stringify({ positions: [{ lat: 1.0, lng: 2 }], radius, unit: 'm', zoom: 3, a: 1, b: 2 });

describe('the difference of fields', () => {
  it('has a line for what goes and one for what comes', () => {
    expect(whole(change('retries', '2', '3'), change('owner', '', 'me'))).toEqual([
      ' retries                − 2',
      '                        + 3',
      ' owner                  + me',
    ]);
  });

  it('stands behind the longest path', () => {
    expect(whole(change('executor_config.expectCode', '200', ''), change('a', '', 'b'))).toEqual([
      ' executor_config.expectCode − 200',
      ' a                          + b',
    ]);
  });

  it('shows of a body the lines that change and those around them', () => {
    const at = ' '.repeat(24);
    expect(whole(change('executor_config.body', body(500), body(1500)))).toEqual([
      ` executor_config.body   …`,
      `${at}      }`,
      `${at}    ],`,
      `${at}−   "radius": 500,`,
      `${at}+   "radius": 1500,`,
      `${at}    "unit": "m",`,
      `${at}    "zoom": 3,`,
      `${at}…`,
    ]);
  });

  it('lays out a new body, and one that goes', () => {
    const added = whole(change('b', '', '{"a":1}')).map((line) => line.trim());
    expect(added).toEqual(['b                      + {', '+   "a": 1', '+ }']);
    expect(whole(change('b', '{"a":1}', ''))).toHaveLength(3);
  });

  it('says when only white space changes', () => {
    expect(whole(change('b', '{"a":1}', '{ "a": 1 }'))).toEqual([
      ' b                      … the same except for white space',
    ]);
  });

  it('keeps text that is no JSON as it is', () => {
    expect(whole(change('b', 'x\ny', '{"a":1}')).map((line) => line.trim())).toEqual([
      'b                      − x',
      '− y',
      '+ {"a":1}',
    ]);
  });

  it('fits into the screen', () => {
    const lines = changeLines([change('executor_config.expectCode', '', 'x'.repeat(99))], 40);
    expect(lines.map(lineText)).toEqual([` executor_config.expectCode + ${'x'.repeat(9)}…`]);
  });
});
