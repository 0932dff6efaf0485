import { expect, it } from 'vitest';
import type { State } from '../../../../src/console/state/model.ts';
import { lineText } from '../../../../src/terminal/line.ts';
import { aSnapshot, headOf } from '../../../support/snapshots.ts';
import { effectsOf, press, showing, told, type } from '../../states.ts';

const files = [
  aSnapshot({ name: 'one', head: headOf({ label: 'old' }) }),
  aSnapshot({ name: 'pinned', head: headOf({ pinned: true }) }),
  aSnapshot({ name: 'script' }),
];
const listed: State = told(press(showing([]), 'R'), { type: 'snapshots', files });

it('pins, and unpins what is pinned', () => {
  const note = (file: string, pinned: boolean) => [{ type: 'note-snapshot', file, pinned }];
  expect(effectsOf(listed, 'p')).toEqual(note('/s/one', true));
  expect(effectsOf(listed, 'j', 'p')).toEqual(note('/s/pinned', false));
});

it('begins a line with the label that is there, and labels by it', () => {
  const { overlay } = press(listed, 'e');
  expect(overlay?.kind === 'palette' && lineText(overlay.line)).toBe('label old');
  expect(effectsOf(listed, 'e', ...type('er one'), 'enter')).toEqual([
    { type: 'note-snapshot', file: '/s/one', label: 'older one' },
  ]);
  expect(effectsOf(listed, ':', ...type('label'), 'enter')).toEqual([
    { type: 'note-snapshot', file: '/s/one', label: null },
  ]);
  expect(press(listed, ':', ...type(`label ${'x'.repeat(65)}`), 'enter').flash?.text).toContain(
    '64 characters at most',
  );
});

it('says why nothing can be noted of a file without a manifest', () => {
  const script = press(listed, 'j', 'j');
  for (const key of ['p', 'e']) {
    expect(effectsOf(script, key)).toEqual([]);
    expect(press(script, key).flash?.text).toContain('it has no manifest');
  }
});
