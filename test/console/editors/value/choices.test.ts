import { describe, expect, it } from 'vitest';
import { levelOf } from '../../../../src/console/editors/value/levels.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { contentOf } from '../../../../src/terminal/text.ts';
import { linesOf, press, showing, type } from '../../states.ts';

const names = ['import', 'etl-load', 'Etl-check', 'my-etl'];
const state = showing([{ name: 'a', parent_job: '' }, ...names.map((name) => ({ name }))]);
const typing = (text: string): State =>
  press(state, ':', ...type('edit parent_job'), 'enter', ...type(text));
const text = ({ overlay }: State): string => {
  if (overlay?.kind !== 'value') throw new Error('no value editor is open');
  return contentOf(levelOf(overlay).text);
};
/** The names that stand in the verdict above the text. */
const offered = (typed: string): string[] =>
  linesOf(typing(typed))
    .slice(2, 6)
    .flatMap((line) => names.filter((name) => line.split(/\s+/).includes(name)));

describe('what a field may hold', () => {
  it('is offered all of it, then what begins with the text, and after that what holds it', () => {
    expect(offered('').sort()).toEqual([...names].sort());
    expect(offered('etl').at(-1)).toBe('my-etl');
    expect(offered('etl').sort()).toEqual(['Etl-check', 'etl-load', 'my-etl']);
    expect(offered('imp')).toEqual(['import']);
  });

  it('is taken by tab, the first that fits, and by tab again the next of all', () => {
    const all = [typing('my')];
    for (let at = 0; at < names.length + 1; at++) all.push(press(all.at(-1)!, 'tab'));
    const [typed, first, ...more] = all.map(text);
    expect([typed, first]).toEqual(['my', 'my-etl']);
    expect(new Set([first, ...more.slice(0, -1)])).toEqual(new Set(names));
    expect(more.at(-1)).toBe(first);
  });

  it('goes round from the last to the first, whichever one begins at', () => {
    for (const name of names) {
      const round = press(typing(name), ...names.map(() => 'tab'));
      expect(text(round)).toBe(name);
      expect(text(press(typing(name), 'tab'))).not.toBe(name);
    }
  });

  it('leaves a text that none fits as it is', () => {
    expect(text(press(typing('zz'), 'tab'))).toBe('zz');
  });
});
