import { describe, expect, it } from 'vitest';
import { levelOf, offsetOf } from '../../../../src/console/editors/value/levels.ts';
import { draftKey } from '../../../../src/console/state/drafts.ts';
import type { State, ValueOverlay } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { contentOf } from '../../../../src/terminal/text.ts';
import { press, pressing, showing, told, type } from '../../states.ts';

const body = '{"a":"{\\"b\\":1}"}';
const job = {
  name: 'a',
  owner: 'ops',
  executor: 'http',
  executor_config: { method: 'POST', url: 'http://x/', body },
};
const editor = ({ overlay }: State): ValueOverlay => {
  if (overlay?.kind !== 'value') throw new Error('no value editor is open');
  return overlay;
};
const text = (state: State): string => contentOf(levelOf(editor(state)).text);
const draftOf = (state: State, path: string) => state.drafts.get(draftKey('a', path))?.text;
const opened = (path: string): State =>
  press(showing([job]), ':', ...type(`edit ${path}`), 'enter');

describe('what was typed for a field', () => {
  it('is dropped by ctrl-x, which ctrl-z takes back: no key loses what was typed', () => {
    const typed = press(opened('owner'), ...type('-night'));
    const dropped = press(typed, 'ctrl-x');
    expect([text(dropped), draftOf(dropped, 'owner')]).toEqual(['ops', undefined]);
    expect(dropped.flash?.text).toContain('ctrl-z brings your text back');
    const again = press(dropped, 'ctrl-z');
    expect([text(again), draftOf(again, 'owner')]).toEqual(['ops-night', 'ops-night']);
  });

  it('can be dropped when it is a draft of another day, and brought back', () => {
    const left = press(opened('owner'), ...type('-night'), 'esc');
    const dropped = press(left, ':', ...type('edit owner'), 'enter', 'ctrl-x');
    expect(text(dropped)).toBe('ops');
    expect(text(press(dropped, 'ctrl-z'))).toBe('ops-night');
  });

  it('comes back with what was typed into the JSON of a string', () => {
    const before = press(showing([job]), 'b');
    const inner = press(
      before,
      'down',
      'end',
      'left',
      'ctrl-o',
      'ctrl-end',
      'backspace',
      'backspace',
    );
    const typed = press(inner, ...type('2}'));
    expect(editor(typed).levels.length).toBe(2);
    const dropped = press(typed, 'ctrl-x');
    expect([editor(dropped).levels.length, dropped.drafts.size]).toEqual([1, 0]);
    expect(text(dropped)).toBe(text(before));
    expect(text(press(dropped, 'ctrl-z'))).toContain('2');
  });

  it('is said to be nothing where nothing was typed', () => {
    const kept = press(opened('owner'), 'ctrl-x');
    expect([text(kept), kept.flash?.text]).toEqual([
      'ops',
      'nothing to drop: this is the saved value',
    ]);
  });
});

describe('searching in a text', () => {
  const find = (...keys: string[]): State => press(showing([job]), 'b', 'ctrl-g', ...keys);

  it('goes to what matches, and on with every enter, back with up', () => {
    const at = (state: State) => levelOf(editor(state)).text.cursor;
    const once = find('b', 'enter');
    expect(at(once).line).toBe(1);
    expect(editor(once).find).not.toBeNull();
    expect(at(press(once, 'esc'))).toEqual(at(once));
    expect(at(press(find('"', 'enter'), 'enter'))).not.toEqual(at(find('"', 'enter')));
    expect(at(press(find('"', 'enter', 'enter'), 'up'))).toEqual(at(find('"', 'enter')));
  });

  it('types into the words, not into the text, and esc leaves the words only', () => {
    const typed = find('x', 'y');
    expect(text(typed)).toBe(text(press(showing([job]), 'b')));
    expect(editor(press(typed, 'esc')).find).toBeNull();
  });

  it('says so where nothing matches', () => {
    expect(find(...type('nowhere'), 'enter').flash).toEqual({
      level: 'info',
      text: 'nothing matches nowhere',
    });
  });
});

describe('JSON in a string', () => {
  const lines = {
    ...job,
    executor_config: { ...job.executor_config, body: '{"x":"{}","y":"{\\"b\\":1}"}' },
  };
  const outside = press(showing([lines]), 'b', 'down', 'down', 'end', 'left');
  const inside = press(outside, 'ctrl-o');

  it('opens at the string under the cursor, on whichever line that is', () => {
    expect(editor(inside).levels).toHaveLength(2);
    expect(JSON.parse(text(inside))).toEqual({ b: 1 });
  });

  it('goes back as it was where nothing was changed, with no change to undo and no draft', () => {
    const back = press(inside, 'esc');
    expect(levelOf(editor(back)).text).toBe(levelOf(editor(outside)).text);
    expect(back.drafts.size).toBe(0);
  });

  it('goes back into its own string as it was edited, with the cursor where it was', () => {
    const back = press(inside, 'ctrl-end', 'backspace', 'backspace', ...type('}'), 'esc');
    expect(JSON.parse(text(back)).x).toBe('{}');
    expect(levelOf(editor(back)).text.cursor).toEqual(levelOf(editor(outside)).text.cursor);
    const changed = press(inside, 'down', 'end', '0', 'esc');
    expect(JSON.parse(text(changed))).toEqual({ x: '{}', y: '{"b":10}' });
    expect(draftOf(changed, 'executor_config.body')).toBe(text(changed));
  });

  it.each([
    [0, 0, 0],
    [0, 2, 2],
    [1, 0, 3],
    [2, 1, 6],
  ])('is looked for at line %i, column %i: %i units into the text', (line, column, units) => {
    expect(offsetOf(['ab', 'c', 'de'], { line, column })).toBe(units);
  });

  it('stays open while it is none', () => {
    const broken = press(inside, 'ctrl-end', 'backspace', 'esc');
    expect(editor(broken).levels).toHaveLength(2);
    expect(broken.flash?.level).toBe('error');
  });
});

describe('what is pasted into a body', () => {
  const pasted = (words: string, state = press(showing([job]), 'b')): State =>
    told(state, { type: 'paste', text: words });
  const curl = `curl -d '{"z":1}' http://x/`;

  it('is text; what came wrapped is offered without, on ctrl-t', () => {
    const after = pasted(curl);
    expect(text(after).startsWith(curl)).toBe(true);
    expect(after.flash).toMatchObject({ level: 'info', text: expect.stringContaining('ctrl-t') });
    const taken = press(after, 'ctrl-t');
    expect(text(taken)).not.toContain('curl');
    expect(text(taken).startsWith('{\n  "z": 1\n}')).toBe(true);
    expect(text(press(taken, 'ctrl-z'))).not.toContain('"z"');
  });

  it('is no offer any more once one types on', () => {
    const typed = press(pasted(curl), 'x');
    expect(text(press(typed, 'ctrl-t'))).toBe(text(typed));
  });

  it('offers nothing where nothing is wrapped, or where it is no body', () => {
    expect(pasted('{"z":1}').flash).toBeNull();
    expect(editor(pasted('{"z":1}')).offer).toBeNull();
    expect(pasted(curl, opened('owner')).flash).toBeNull();
    expect(text(pasted(curl, opened('owner')))).toBe(`ops${curl}`);
  });

  it('goes nowhere while one searches', () => {
    const searching = press(showing([job]), 'b', 'ctrl-g');
    expect(pasted('x', searching).overlay).toEqual(searching.overlay);
  });
});

describe('enter and tab', () => {
  it('save and complete a line, and are text in several', () => {
    expect(topScreen(press(opened('owner'), 'x', 'enter')).kind).toBe('plan');
    const long = press(showing([job]), 'b');
    expect(text(press(long, 'enter')).startsWith('\n')).toBe(true);
    expect(text(press(long, 'tab')).startsWith('  {')).toBe(true);
  });

  it('save nothing in a heap of keys, which is how a paste may come', () => {
    const [after] = pressing(press(opened('owner'), 'x'), ['enter'], true);
    expect(editor(after).keys).toEqual(['owner']);
    expect(text(after)).toBe('opsx');
  });
});

describe('saving', () => {
  const bodyWith = (...keys: string[]): State => press(showing([job]), 'b', ...keys);

  it('what is the same closes, and leaves no draft', () => {
    const back = press(opened('owner'), 'x', 'backspace', 'enter');
    expect([back.overlay, back.drafts.size, topScreen(back).kind]).toEqual([null, 0, 'jobs']);
    expect(press(opened('owner'), 'x', 'esc').flash?.text).toContain('draft');
    expect(press(opened('owner'), 'esc').flash).toBeNull();
  });

  it('says that a body was JSON and is none any more; of one that never was it says nothing', () => {
    const broken = bodyWith('ctrl-end', 'backspace', 'ctrl-s');
    expect(topScreen(broken).kind).toBe('plan');
    expect(broken.flash).toMatchObject({ level: 'error', text: expect.stringContaining('JSON') });
    expect(bodyWith('down', 'end', 'space', 'ctrl-s').flash?.text ?? '').not.toContain('JSON');
    const plain = { ...job, executor_config: { ...job.executor_config, body: 'plain' } };
    const typed = press(showing([plain]), 'b', 'x', 'ctrl-s');
    expect([topScreen(typed).kind, typed.flash?.level]).not.toEqual(['plan', 'error']);
  });

  it('says why a text means no value, and stays', () => {
    const many = press(opened('retries'), 'x', 'enter');
    expect(many.overlay?.kind).toBe('value');
    expect(many.flash?.level).toBe('error');
  });

  it('inside a string goes back into it', () => {
    const inner = bodyWith('down', 'end', 'left', 'ctrl-o');
    expect(editor(inner).levels).toHaveLength(2);
    expect(editor(press(inner, 'ctrl-s')).levels).toHaveLength(1);
  });

  it('opens no level where the cursor is in no string that holds JSON', () => {
    for (const state of [bodyWith('ctrl-o'), opened('owner')]) {
      const after = press(state, 'ctrl-o');
      expect(editor(after).levels).toHaveLength(1);
      expect(after.flash?.level).toBe('info');
    }
  });
});
