import { describe, expect, it } from 'vitest';
import { draftKey } from '../../../src/console/drafts.ts';
import type { State, ValueOverlay } from '../../../src/console/model.ts';
import { levelOf } from '../../../src/console/overlays/levels.ts';
import { contentOf } from '../../../src/terminal/text.ts';
import { press, showing, type } from '../states.ts';

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
    expect(dropped.flash?.text).toContain('ctrl-z brings back');
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
      'nothing to drop: this is what the job has',
    ]);
  });
});
