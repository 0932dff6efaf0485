import { describe, expect, it } from 'vitest';
import { selectedText } from '../../src/terminal/editing.ts';
import { find, matchesIn } from '../../src/terminal/search.ts';
import { textOf } from '../../src/terminal/text.ts';

describe('matchesIn', () => {
  it.each<[string, string, [number, number][]]>([
    [
      'Zone zone',
      'zone',
      [
        [0, 4],
        [5, 9],
      ],
    ],
    ['Zone zone', 'Zone', [[0, 4]]],
    ['a.b axb', 'a.b', [[0, 3]]],
    ['{"a": [1]}', '[1]', [[6, 9]]],
    [
      'ÄÖ äö',
      'äö',
      [
        [0, 2],
        [3, 5],
      ],
    ],
    ['e\u0301e', 'e', [[2, 3]]],
    ['abc', '', []],
  ])('in %j of %j', (line, query, matches) => {
    expect(matchesIn(line, query)).toEqual(matches);
  });
});

describe('find', () => {
  const text = textOf('one two\nthree one\nONE');
  const places = (direction: 'forwards' | 'backwards', times: number) => {
    let state = text;
    return Array.from({ length: times }, () => {
      state = find(state, 'one', direction)!;
      expect(selectedText(state).toLowerCase()).toBe('one');
      return [state.cursor.line, state.cursor.column];
    });
  };

  it('goes through the matches and round', () => {
    expect(places('forwards', 4)).toEqual([
      [0, 3],
      [1, 9],
      [2, 3],
      [0, 3],
    ]);
  });

  it('goes backwards and round', () => {
    expect(places('backwards', 4)).toEqual([
      [2, 3],
      [1, 9],
      [0, 3],
      [2, 3],
    ]);
  });

  it('says when there is none', () => {
    expect(find(text, 'four')).toBeUndefined();
  });
});
