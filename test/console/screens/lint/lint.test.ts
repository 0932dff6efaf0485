import { describe, expect, it } from 'vitest';
import { lintInSlices } from '../../../../src/console/effects/lint.ts';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { Message, State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { update } from '../../../../src/console/update/update.ts';
import { readTable } from '../../../../src/job/ttl/table.ts';
import { lineText } from '../../../../src/view/line.ts';
import { fakeClock } from '../../../support/clock.ts';
import { aJob } from '../../../support/jobs.ts';
import { effectsOf, now, press, pressing, refreshed, showing, told, type } from '../../states.ts';

const tokyo = { schedule: '@daily', timezone: 'Asia/Tokyo' };
const jobs = [
  aJob({ name: 'alpha', ...tokyo }),
  aJob({ name: 'bravo', schedule: '0 0 12 30 2 *' }),
  aJob({ name: 'charlie', ...tokyo }),
  aJob({ name: 'delta', executor: 'http', executor_config: { method: 'GET', url: 'http://a/' } }),
];

const asked = [':', ...type('lint'), 'enter'];

const screen = (state: State) => {
  const top = topScreen(state);
  if (top.kind !== 'lint') throw new Error(`on top is ${top.kind}`);
  return top;
};

/** What the effect brings while the console stands so, each slice with a clock that goes on by `tick`. */
function answers(state: State, names: readonly string[], tick = 0): readonly Message[] {
  const clock = fakeClock(now);
  const messages: Message[] = [];
  const slow = {
    ...clock,
    now: () => {
      clock.set(clock.now() + tick);
      return clock.now();
    },
  };
  const { from } = screen(state);
  lintInSlices(
    { clock: slow, dispatch: (message) => messages.push(message), state: () => state },
    { type: 'lint', names, from },
  );
  clock.advance(10_000);
  return messages;
}

function linted(state = showing(jobs)): State {
  const at = press(state, ...asked);
  return told(at, ...answers(at, screen(at).names));
}

const text = (state: State): string => frameOf(state).lines.map(lineText).join('\n');
const rows = (state: State) =>
  screen(state).found?.map(({ job, finding }) => `${finding.rule} ${job}`);

describe('the list of findings', () => {
  it.each([
    ['of all jobs', [], '4 jobs', ['alpha', 'bravo', 'charlie', 'delta']],
    ['of those that are shown', ['/', ...type('br'), 'enter'], '1 job of /br', ['bravo']],
    ['of the marked ones', ['space', 'space'], '2 marked jobs', ['alpha', 'bravo']],
  ])('is %s', (_, keys, what, names) => {
    const [state, effects] = pressing(press(showing(jobs), ...keys), asked);
    expect(screen(state)).toMatchObject({ what, names, found: null });
    expect(effects).toEqual([{ type: 'lint', names, from: now }]);
  });

  it('has a row for each, the worst first, and counts them', () => {
    const state = linted();
    expect(rows(state)).toEqual([
      'http-any-status delta',
      'never bravo',
      'zone-ignored alpha',
      'zone-ignored charlie',
    ]);
    expect(text(state)).toContain('0 errors, 4 warnings, 0 notes in 4 jobs');
    expect(text(press(state, 'j'))).toContain('schedule: it never runs: no day within');
  });

  it('says that nothing is wrong', () => {
    expect(text(linted(showing([aJob()])))).toContain('Nothing is wrong with these jobs.');
  });

  it('opens the job under the cursor', () => {
    expect(topScreen(press(linted(), 'j', 'enter'))).toMatchObject({ kind: 'job', job: 'bravo' });
  });

  it('makes a plan of the fix under the cursor, or of those that are marked', () => {
    const plan = (...keys: string[]) => {
      const top = topScreen(press(linted(), ...keys));
      return top.kind === 'plan'
        ? top.plan?.items.map(({ name, job }) => [name, job.schedule])
        : null;
    };
    const mended = '0 0 0 * * *';
    expect(plan('j', 'j', 'f')).toEqual([['alpha', mended]]);
    expect(plan('a', 'f')).toEqual([
      ['alpha', mended],
      ['charlie', mended],
    ]);
    expect(plan('f')).toBeNull();
    // What has no fix cannot be marked.
    expect(screen(press(linted(), 'space')).marks.size).toBe(0);
  });

  it('takes no answer to another look, and looks again at what changed', () => {
    const state = linted();
    const none = { names: ['alpha'], found: [], ignored: 0 } as const;
    const late = { type: 'linted', from: 1, looked: 1, ...none } as const;
    expect(screen(told(state, late))).toBe(screen(state));
    expect(effectsOf(state, 'r')).toMatchObject([{ type: 'lint', names: screen(state).names }]);
    const [next, effects] = update(
      press(state, 'j', 'j'),
      refreshed(jobs.map((job) => (job.name === 'alpha' ? { ...job, timezone: '' } : job))),
    );
    const again = effects.find((effect) => effect.type === 'lint');
    expect(again?.names).toContain('alpha');
    // Also while the plan that mends it lies over the list.
    const [, under] = update(press(state, 'j', 'j', 'enter'), refreshed(jobs.slice(1)));
    expect(under.some(({ type }) => type === 'lint')).toBe(true);
    const mended = told(next, ...answers(next, ['alpha']));
    expect(rows(mended)).toEqual(['http-any-status delta', 'never bravo', 'zone-ignored charlie']);
    expect(screen(mended).cursor.key).toContain('charlie');
  });
});

describe('a look at many jobs', () => {
  const many = Array.from({ length: 40 }, (_, at) => aJob({ name: `job-${at}`, ...tokyo }));
  const state = press(showing(many), ...asked);
  const { names } = screen(state);

  it('stops for keys, tells how far it is, and finds the same', () => {
    const slow = answers(state, names, 10);
    expect(slow.length).toBeGreaterThan(2);
    expect(slow.slice(0, -1).every((one) => one.type === 'linted' && one.names === null)).toBe(
      true,
    );
    expect(slow.at(-1)).toEqual(answers(state, names).at(-1));
    expect(text(told(state, slow[0]!))).toMatch(/checking \d+ of 40…/);
  });

  it('is left when its screen is', () => {
    const clock = fakeClock(now);
    const messages: Message[] = [];
    let at = state;
    lintInSlices(
      { clock, dispatch: (message) => messages.push(message), state: () => at },
      { type: 'lint', names, from: now },
    );
    at = press(state, 'esc');
    clock.advance(1_000);
    expect(messages).toEqual([]);
  });
});

describe('a table of TTLs', () => {
  const columns = { match: { job: 'name' }, soft: 'soft', hard: null, unit: 's' } as const;
  const table = readTable('job,soft\nalpha,600\n', columns);
  if ('problem' in table) throw new Error(table.problem);
  const every5 = [aJob({ name: 'alpha', schedule: '0 */15 * * * *' })];
  const state = showing(every5, [], { lint: { ttl: true, ignore: [{ rule: 'phase' }] } });

  it('is read before the jobs are checked, and not again at once', () => {
    const [waiting, effects] = pressing(state, asked);
    expect(effects).toEqual([{ type: 'read-ttls' }]);
    const [read, then] = update(waiting, { type: 'ttls', table });
    expect(then).toEqual([{ type: 'lint', names: ['alpha'], from: now }]);
    const found = told(read, ...answers(read, ['alpha']));
    expect(rows(found)).toEqual(['ttl-soft alpha']);
    const again = press(found, 'esc');
    expect(pressing(again, asked)[1]).toMatchObject([{ type: 'lint' }]);
    // Who asks for it again means the table, too.
    expect(effectsOf(found, 'r')).toEqual([{ type: 'read-ttls' }]);
  });

  it('that cannot be read keeps nobody from the other checks', () => {
    const [waiting] = pressing(state, asked);
    expect(update(waiting, { type: 'ttls', table: null })[1]).toMatchObject([{ type: 'lint' }]);
  });

  it('is told of while a schedule is typed', () => {
    const [editing, effects] = pressing(state, ['i']);
    expect(effects).toContainEqual({ type: 'read-ttls' });
    const read = { ...told(editing, { type: 'ttls', table }), columns: 160 };
    expect(text(read)).toContain(
      'it runs every 15m, and the soft TTL is 10m: it should run every 5m',
    );
    const typed = press(read, 'ctrl-u', ...type('0 */5 * * * *'));
    expect(text(typed)).not.toContain('soft TTL');
  });

  it('leaves out what the context says, and counts it', () => {
    const phased = showing([aJob({ name: 'alpha', schedule: '@every 90s' })], [], {
      lint: { ttl: false, ignore: [{ rule: 'phase' }] },
    });
    expect(text(linted(phased))).toContain('in 1 job, 1 ignored');
  });
});
