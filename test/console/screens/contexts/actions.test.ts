import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { update } from '../../../../src/console/update/update.ts';
import { lineText } from '../../../../src/view/line.ts';
import { keyOf } from '../../../terminal/press.ts';
import { press, showing, type } from '../../states.ts';

const choice = { label: '', where: 'http://dkron:8080', readOnly: false, isProtected: false };
const there: State = (() => {
  const state = showing([{ name: 'a' }]);
  const contexts = [
    { ...choice, name: 'local' },
    { ...choice, name: 'prod', label: 'PROD', isProtected: true },
  ];
  return { ...state, setting: { ...state.setting, context: 'local', contexts } };
})();
const command = (state: State, words: string) => press(state, ':', ...type(words));
const entered = (state: State) => update(state, { type: 'key', key: keyOf('enter'), at: 1e12 });

describe(':ctx', () => {
  it('goes to a context by its name', () => {
    const [state, effects] = entered(command(there, 'ctx prod'));
    expect(effects).toEqual([{ type: 'open-context', name: 'prod' }]);
    expect(state.waiting).toBe('going to prod');
  });

  it('lists them without a name, the cursor on the one that is shown', () => {
    const listed = press(command(there, 'ctx'), 'enter');
    const lines = frameOf(listed).lines.map(lineText);
    expect(lines.some((line) => /local +shown · http:\/\/dkron:8080/.test(line))).toBe(true);
    expect(lines.some((line) => /prod +PROD +protected +http:\/\/dkron:8080/.test(line))).toBe(
      true,
    );
    expect(entered(press(listed, 'j'))[1]).toEqual([{ type: 'open-context', name: 'prod' }]);
  });

  it('says so where it is already, and where there is none of that name', () => {
    expect(press(command(there, 'ctx local'), 'enter').flash?.text).toBe('local is shown already');
    expect(press(command(there, 'ctx dev'), 'enter').flash?.text).toBe(
      'there is no context dev; there is local, prod',
    );
  });
});
