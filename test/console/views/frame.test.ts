import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineText } from '../../../src/console/line.ts';
import type { Message, State } from '../../../src/console/model.ts';
import { topScreen } from '../../../src/console/screens.ts';
import { frameOf } from '../../../src/console/views/frame.ts';
import type { Execution } from '../../../src/dkron/shapes.ts';
import { warning } from '../../../src/job/finding.ts';
import type { Job } from '../../../src/job/job.ts';
import type { PastChange } from '../../../src/restore/journal.ts';
import type { CheckedPlan } from '../../../src/restore/model.ts';
import { agenda, instantFromMillis } from '../../../src/schedule/index.ts';
import { clean, width } from '../../../src/terminal/cell.ts';
import { aJob, anExecution } from '../../support/jobs.ts';
import { hostileJobs, hostileRuns, hostileText } from '../hostile.ts';
import { now, press, showing, started, told, type } from '../states.ts';

interface World {
  readonly jobs: readonly Job[];
  readonly runs: readonly Execution[];
  readonly text: string;
}

const anyWorld: fc.Arbitrary<World> = fc.record({
  jobs: hostileJobs,
  runs: hostileRuns,
  text: hostileText,
});

/** The first job of the world is opened, has its runs, and runs now. */
function opened({ jobs, runs }: World): State {
  const name = jobs[0]!.name;
  const own = runs.map((run) => ({ ...run, job_name: name }));
  const state = showing(jobs, own.slice(0, 1));
  const cursor = { key: name, row: 0 };
  const at: State = { ...state, screens: [{ ...state.screens[0], cursor }] };
  return told(at, { type: 'runs', name, runs: { list: own, at: state.now } });
}

const planOf = ({ jobs, text }: World): CheckedPlan => ({
  items: jobs.map((job, at) => ({
    name: job.name,
    kind: (['new', 'change', 'same', 'blocked', 'only-here'] as const)[at % 5]!,
    why: text,
    changes: [{ path: text, before: job.schedule, after: text }] as never,
    job,
    seen: null,
    children: [],
    findings: [warning('never', text, text)],
  })),
});

const planning = (world: World): State => {
  const asked = told(press(opened(world), 'R'), {
    type: 'snapshots',
    files: [{ name: world.text, path: `/s/${world.text}`, bytes: 4_000, modified: 0, jobs: null }],
  });
  const plan: Message = { type: 'plan', id: `/s/${world.text}`, plan: planOf(world) };
  return told(press(asked, 'enter'), plan);
};

function agendaOf(world: World): State {
  const hours = 24;
  const from = instantFromMillis(now);
  const to = instantFromMillis(now + hours * 3_600_000);
  const jobs = [...world.jobs, aJob({ name: world.text, schedule: '0 */2 * * * *' })];
  const message: Message = { type: 'agenda', hours, agenda: agenda(jobs, { from, to }) };
  return told(press(opened(world), 'A', '+', '+'), message);
}

const pastOf = ({ jobs, text }: World): PastChange[] =>
  jobs.map(({ name }, at) => ({
    id: `${text} ${at}`,
    at: '2026-11-21T14:00:00Z',
    server: text,
    job: name,
    action: at % 2 === 0 ? 'write' : 'delete',
    before: at % 3 === 0 ? null : text,
    sent: text,
    result: at % 3 === 0 ? null : { id: text, at: text, outcome: 'refused', error: text },
  }));

const output = (world: World): State =>
  told(press(opened(world), 'enter', 'enter'), {
    type: 'output',
    execution: world.runs[0]?.id ?? '',
    text: `${world.text}\n`.repeat(12),
    truncated: true,
  });

/** Each way to be at a screen: its kind and that of what lies over it, and the way. */
const screens: readonly (readonly [name: string, shows: string, reach: (world: World) => State])[] =
  [
    ['the jobs', 'jobs', opened],
    [
      'the jobs, marked and sorted',
      'jobs',
      (world) => press(opened(world), 'space', '>', '>', 'r'),
    ],
    [
      'the jobs, filtered',
      'jobs filter',
      (world) => press(opened(world), '/', ...type('!nothing')),
    ],
    [
      'the jobs, none of them shown',
      'jobs',
      (world) => press(opened(world), '/', ...type('status:x'), 'enter'),
    ],
    [
      'a pasted filter',
      'jobs filter',
      (world) => told(press(opened(world), '/'), { type: 'paste', text: world.text }),
    ],
    ['the jobs, sideways', 'jobs', (world) => press(opened(world), 'right', '$')],
    [
      'the jobs beside their pane',
      'jobs',
      (world) => press({ ...opened(world), columns: 200 }, 'tab', 'j', 'G'),
    ],
    ['the details of a job', 'job', (world) => press(opened(world), 'd', 'tab', 'G', '$')],
    ['the difference in a plan', 'plan', (world) => press(planning(world), 'tab', '$', 'G')],
    ['a plan with what is the same', 'plan', (world) => press(planning(world), 'o', 'G', '$')],
    ['the hours of the agenda', 'agenda', (world) => press(agendaOf(world), 'tab', 'G', '$')],
    ['no jobs', 'jobs', () => showing([])],
    [
      'a lost server',
      'jobs',
      (world) =>
        told(opened(world), { type: 'lost', reason: world.text, now: Date.now(), retryAt: 0 }),
    ],
    [
      'a result',
      'jobs',
      (world) =>
        told(opened(world), { type: 'flash', flash: { level: 'error', text: world.text } }),
    ],
    [
      'something under way',
      'jobs',
      (world) => told(opened(world), { type: 'waiting', text: world.text }),
    ],
    ['a question', 'jobs confirm', (world) => press(opened(world), 's')],
    [
      'a question to be answered',
      'jobs typed',
      (world) => press(opened(world), 'ctrl-d', ...type('a')),
    ],
    [
      'a question answered wrongly',
      'jobs typed',
      (world) => press(opened(world), 'ctrl-d', ...type('b'), 'enter'),
    ],
    [
      'a menu of schedules',
      'jobs schedule',
      (world) => press(opened(world), 'i', 'ctrl-o', 'down'),
    ],
    ['the schedule editor', 'jobs schedule', (world) => press(opened(world), 'i', ...type('1h'))],
    [
      'the schedule editor, refused',
      'jobs schedule',
      (world) =>
        told(press(opened(world), 'i', 'end', '1'), {
          type: 'schedule-refused',
          name: world.jobs[0]!.name,
          lines: [world.text],
        }),
    ],
    [
      'the schedule editor in a job',
      'job schedule',
      (world) => told(press(opened(world), 'enter', 'i'), { type: 'paste', text: world.text }),
    ],
    [
      'the zone of a schedule',
      'jobs schedule',
      (world) => told(press(opened(world), 'i', 'shift-tab'), { type: 'paste', text: world.text }),
    ],
    ['help', 'jobs help', (world) => press(opened(world), '?')],
    [
      'help, searched',
      'jobs help',
      (world) => told(press(opened(world), '?'), { type: 'paste', text: world.text }),
    ],
    ['the palette', 'jobs palette', (world) => press(opened(world), ':')],
    [
      'the palette with names',
      'jobs palette',
      (world) => press(opened(world), ':', ...type('job ')),
    ],
    ['a job', 'job', (world) => press(opened(world), 'enter')],
    ['a job, scrolled', 'job', (world) => press(opened(world), 'enter', 'J', 'J', 'j')],
    [
      'a job that is gone',
      'job',
      (world) => {
        const [, ...others] = world.jobs;
        return told(press(opened(world), 'enter'), {
          type: 'refreshed',
          jobs: new Map(others.map((job) => [job.name, { text: '', job }])),
          unreadable: [world.text],
          busy: null,
          server: { name: world.text, version: world.text, tags: {} },
          leader: world.text,
          whom: null,
          skew: 0,
          at: Date.now(),
          now: Date.now(),
          took: 9_000,
          nextAt: Date.now(),
        });
      },
    ],
    ['the executions', 'executions', (world) => press(opened(world), 'x')],
    ['an output', 'text', output],
    [
      'an output, unwrapped and searched',
      'text',
      (world) => press(output(world), 'w', 'l', '/', ...type('o'), 'enter', 'n', 'G'),
    ],
    [
      'an output, searched for what was pasted',
      'text filter',
      (world) => told(press(output(world), '/'), { type: 'paste', text: world.text }),
    ],
    ['a body', 'jobs value', (world) => press(opened(world), 'b', 'down', 'end')],
    [
      'a body, pasted into',
      'jobs value',
      (world) =>
        told(press(opened(world), 'b'), { type: 'paste', text: `${world.text}\n${world.text}` }),
    ],
    ['a job as JSON', 'text', (world) => press(opened(world), 'y', 'l')],
    ['the snapshots, looked for', 'snapshots', (world) => press(opened(world), 'R')],
    [
      'a file to open',
      'snapshots file',
      (world) => told(press(opened(world), 'R', 'o'), { type: 'paste', text: world.text }),
    ],
    ['the agenda, worked out', 'agenda', (world) => press(opened(world), 'A', '+')],
    ['the agenda', 'agenda', agendaOf],
    ['the agenda, walked', 'agenda', (world) => press(agendaOf(world), 'j', 'G')],
    ['the journal, looked for', 'journal', (world) => press(opened(world), 'H')],
    [
      'the journal',
      'journal',
      (world) =>
        press(told(press(opened(world), 'H'), { type: 'journal', changes: pastOf(world) }), 'j'),
    ],
    ['a plan', 'plan', planning],
    ['a plan, marked', 'plan', (world) => press(planning(world), 'a', 'j')],
    ['a plan, asked', 'plan confirm', (world) => press(planning(world), 'a', 'enter')],
    [
      'a plan, applied',
      'plan',
      (world) =>
        told(press(planning(world), 'a'), {
          type: 'progress',
          result: { name: world.jobs[0]!.name, outcome: 'refused', message: world.text },
          total: 3,
        }),
    ],
  ];

/** Nothing on a line may act on the terminal, or show otherwise than it was measured. */
const harmless = (line: string): boolean => clean(line) === line;

function checkFrame(state: State, columns: number, rows: number): void {
  const frame = frameOf({ ...state, columns, rows });
  expect(frame.lines).toHaveLength(rows);
  for (const line of frame.lines) {
    const cells = line.reduce((sum, span) => sum + width(span.text), 0);
    expect(cells, lineText(line)).toBe(columns);
    expect(line.every(({ text }) => harmless(text))).toBe(true);
  }
  if (frame.cursor) {
    expect(frame.cursor.x, 'cursor').toBeLessThan(columns);
    expect(frame.cursor.y, 'cursor').toBeLessThan(rows);
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

describe.each(screens)('%s', (_, shows, reach) => {
  it(`is ${shows}`, () => {
    const state = reach(tame);
    const over = state.overlay === null ? '' : ` ${state.overlay.kind}`;
    expect(topScreen(state).kind + over).toBe(shows);
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
