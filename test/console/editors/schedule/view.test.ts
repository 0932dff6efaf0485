import { expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { lineText } from '../../../../src/view/line.ts';
import { press, showing, type } from '../../states.ts';

const schedule = 'CRON_TZ=Europe/Paris 0 0 1 * * SUN';
const editing = press(showing([{ name: 'a', schedule }]), 'i');
const shown = (state: State): string =>
  frameOf(state)
    .lines.map((line) => lineText(line).trim())
    .join('\n');

it('shows a long schedule whole at 80 columns, with its zone', () => {
  expect(shown(editing)).toMatch(
    /schedule {2}CRON_TZ=Europe\/Paris 0 0 1 \* \* SUN +zone {2}server/,
  );
});

it('shows the runs of now and then side by side, each whole', () => {
  expect(shown(editing)).toMatch(/Sun 22 Nov 01:00 \+01:00 {2}in 9h 28m {2,}Sun 22 Nov 01:00/);
});

it('gives the zone room when it is typed', () => {
  const zone = press(editing, 'shift-tab', ...type('America/Buenos_Aires'));
  expect(shown(zone)).toContain('zone  America/Buenos_Aires');
});

it('says all of what may stand under the cursor', () => {
  const help = shown(editing).replaceAll('\n', ' ');
  expect(help).toMatch(/day of week: 0-6 or SUN-SAT.* with a day of month too, either is enough/);
});

it('names the keys of its menu while that is open', () => {
  const bottom = (state: State): string => shown(state).split('\n').at(-1) ?? '';
  expect(bottom(press(editing, 'ctrl-o'))).toBe('↑↓ choose  ↵ take  esc close');
  expect(bottom(press(editing, 'ctrl-o', 'esc'))).toMatch(/^↵ save/);
});
