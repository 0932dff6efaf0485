import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../src/console/frame/frame.ts';
import type { State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import { clean, width } from '../../../src/terminal/cell.ts';
import { type Line, lineText, type Span } from '../../../src/view/line.ts';
import { aJob, anExecution } from '../../support/jobs.ts';
import { anyWorld } from '../hostile.ts';
import { press, showing, started, type } from '../states.ts';
import { everyWay, type World, waysTo } from '../ways.ts';

/** Nothing on a line may act on the terminal, or show otherwise than it was measured. */
const isHarmless = ({ text }: Span): boolean => clean(text) === text;
const cellsOf = (line: Line): number => line.reduce((sum, { text }) => sum + width(text), 0);

function checkFrame(state: State, columns: number, rows: number): void {
  const { lines, cursor } = frameOf({ ...state, columns, rows });
  expect(lines).toHaveLength(rows);
  const ill = lines.filter((line) => cellsOf(line) !== columns || !line.every(isHarmless));
  expect(ill.map(lineText)).toEqual([]);
  if (cursor) {
    expect(cursor.x, 'cursor').toBeLessThan(columns);
    expect(cursor.y, 'cursor').toBeLessThan(rows);
  }
}

const tame: World = {
  jobs: [
    aJob({ name: 'a', executor: 'http', executor_config: { url: 'http://x', body: '{}' } }),
    aJob({ name: 'b' }),
  ],
  runs: [anExecution()],
  text: 'text',
};

it('every kind of screen and overlay can be reached', () => {
  for (const [kind, ways] of waysTo) expect(ways.length, kind).toBeGreaterThan(0);
});

describe.each(everyWay)('$name', ({ screen, overlay, reach }) => {
  it(`is ${overlay ?? 'nothing'} over ${screen}`, () => {
    const state = reach(tame);
    expect([topScreen(state).kind, state.overlay?.kind ?? null]).toEqual([screen, overlay]);
  });

  it('never tells the chosen row by its look alone', () => {
    const state = reach(tame);
    // What is found in a text is inverse, too; how many that are stands above it.
    if (topScreen(state).kind === 'text') return;
    const body = frameOf(state).lines.slice(1, -1);
    for (const line of body.filter((spans) => spans.some(({ inverse }) => inverse)))
      expect(lineText(line)).toMatch(/▌|^ y /);
  });

  it('fills the screen exactly, at any size, whatever a server sends', () => {
    const columns = fc.integer({ min: 40, max: 250 });
    const rows = fc.integer({ min: 10, max: 80 });
    fc.assert(
      fc.property(anyWorld, columns, rows, (world, wide, high) => {
        checkFrame(reach(world), wide, high);
      }),
      { numRuns: 12 },
    );
  });
});

it('says that a terminal is too small, in what room there is', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 39 }),
      fc.integer({ min: 1, max: 80 }),
      (columns, rows) => {
        checkFrame(showing([{ name: 'a' }]), columns, rows);
      },
    ),
  );
  checkFrame(showing([{ name: 'a' }]), 200, 9);
});

describe('the text cursor', () => {
  /** What stands before it on its line. */
  const typedAt = (state: State, columns: number): string => {
    const { lines, cursor } = frameOf({ ...state, columns });
    return lineText(lines[cursor!.y]!).slice(0, cursor!.x);
  };
  const jobs = [{ name: 'a', schedule: '@every 1h' }, { name: 'b' }];

  it.each([40, 57, 80, 149, 150, 250])('stands behind what is typed, at %i columns', (columns) => {
    const state = showing(jobs);
    expect(typedAt(press(state, 'i', '5'), columns)).toMatch(/schedule {2}.*1h5$/);
    expect(typedAt(press(state, 'enter', 'i', '5'), columns)).toMatch(/schedule {2}.*1h5$/);
    const zone = press(state, 'i', 'shift-tab', ...type('UTC'));
    expect(typedAt(zone, columns)).toMatch(/zone {2}UTC$/);
    expect(typedAt(press(state, '/', ...type('ab')), columns)).toMatch(/\/ab$/);
    expect(typedAt(press(state, ':', ...type('ru')), columns)).toMatch(/:ru$/);
    expect(typedAt(press(state, '?', '/', ...type('ru')), columns)).toMatch(/ru$/);
    expect(typedAt(press(state, 'ctrl-d', ...type('na')), columns)).toMatch(/: na$/);
    expect(typedAt(press(state, 'R', 'o', ...type('/tmp')), columns)).toMatch(/\/tmp$/);
  });

  it('is nowhere while nothing is typed', () => {
    expect(frameOf(showing(jobs)).cursor).toBeUndefined();
    expect(frameOf(started()).cursor).toBeUndefined();
    expect(frameOf(press(showing(jobs), 's')).cursor).toBeUndefined();
  });
});
