import fc from 'fast-check';
import { expect, it } from 'vitest';
import { news, spokenOf } from '../../../src/console/frame/spoken.ts';
import { clean } from '../../../src/terminal/cell.ts';
import { aJob, anExecution } from '../../support/jobs.ts';
import { hostileJobs, hostileRuns, hostileText } from '../hostile.ts';
import { press, showing } from '../states.ts';
import { everyWay, type World } from '../ways.ts';

const anyWorld: fc.Arbitrary<World> = fc.record({
  jobs: hostileJobs,
  runs: hostileRuns,
  text: hostileText,
});

const tame: World = {
  jobs: [
    aJob({ name: 'a', executor: 'http', executor_config: { url: 'http://x', body: '{}' } }),
    aJob({ name: 'b' }),
  ],
  runs: [anExecution()],
  text: 'told',
};

it('is harmless lines, each told once, whatever a server sends', () => {
  fc.assert(
    fc.property(fc.constantFrom(...everyWay), anyWorld, ({ reach }, world) => {
      const state = { ...reach(world), columns: 100, rows: 40 };
      const spoken = spokenOf(state);
      const lines = [spoken.status, ...spoken.lines, spoken.standing?.text ?? ''];
      expect(lines.filter((text) => clean(text) !== text)).toEqual([]);
      expect(news(spoken, spokenOf(state), true)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

const over = everyWay.filter(({ overlay }) => overlay !== null && overlay !== 'help');

it.each(over)('the cursor is on what is asked, typed or chosen: $name', ({ reach }) => {
  const { standing } = spokenOf({ ...reach(tame), columns: 100, rows: 40 });
  expect(standing?.text).toMatch(/\S/);
});

it('help tells the keys', () => {
  const spoken = spokenOf({ ...press(showing([{ name: 'a' }]), '?'), columns: 100, rows: 40 });
  const before = spokenOf({ ...showing([{ name: 'a' }]), columns: 100, rows: 40 });
  const told = news(before, spoken, true);
  expect(told).toContainEqual(expect.stringMatching(/^i, schedule, Edits schedule/));
  expect(told.length).toBeGreaterThan(20);
});
