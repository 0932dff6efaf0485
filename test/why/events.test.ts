import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { type Step, stepsOf } from '../../src/journal/history/steps.ts';
import type { RosterChange } from '../../src/oversight/roster.ts';
import { editsOf, failingOf, nodesOf, ordered } from '../../src/why/events.ts';
import type { Incident } from '../../src/why/incident.ts';
import { relativesOf } from '../../src/why/relatives.ts';
import { distance, eventWords, subject } from '../../src/why/words.ts';
import { aJob, jobsByName, textOf } from '../support/jobs.ts';

const minute = 60_000;
const since = Date.UTC(2026, 10, 21, 14);
const incident: Incident = {
  since,
  exact: true,
  lastGood: since - 5 * minute,
  failures: 2,
  until: null,
};
const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);

const version = (fields: Partial<Job>) => textOf(aJob({ name: 'a', ...fields }));
const seen = (at: number, retries: number, id: string) => ({
  at,
  state: version({ retries }),
  source: { kind: 'snapshot', id } as const,
});

const listed = (steps: readonly Step[], over: Incident = incident) =>
  ordered(editsOf(new Map([['a', steps]]), new Map([['a', 'itself']]), over)).before.map(
    (event) => `${distance(event, over)} ${subject(event)}: ${eventWords(event, over, clock)}`,
  );

describe('edits', () => {
  it('lie between two sightings, the nearest first', () => {
    const steps = stepsOf(
      [
        seen(since - 60 * minute, 0, 's1'),
        seen(since - 30 * minute, 1, 's2'),
        seen(since - 2 * minute, 2, 's3'),
      ],
      [],
    );
    expect(listed(steps)).toEqual([
      '2m – 30m a: changed: retries 1 → 2',
      '30m – 1h a: changed: retries 0 → 1, and it went well after that',
    ]);
  });

  it('may have come only after the first failure', () => {
    const steps = stepsOf([seen(since - 10 * minute, 0, 's1'), seen(since + minute, 1, 's2')], []);
    expect(listed(steps)).toEqual([
      '0s – 10m a: changed: retries 0 → 1, perhaps only after the first failure',
    ]);
  });

  it('are not excused by a run that began with them', () => {
    const steps = stepsOf(
      [seen(since - 60 * minute, 0, 's1'), seen(since - 5 * minute - 500, 1, 's2')],
      [],
    );
    expect(listed(steps)).toEqual(['5m – 1h a: changed: retries 0 → 1']);
  });

  it('that surely came after it, or more than a day before it, are no causes', () => {
    const steps = stepsOf(
      [
        seen(since - 3_000 * minute, 0, 's0'),
        seen(since - 2_000 * minute, 1, 's1'),
        seen(since + minute, 1, 's2'),
        seen(since + 2 * minute, 2, 's3'),
      ],
      [],
    );
    expect(listed(steps)).toEqual([]);
    // Where the last good run is as old, what came after that is one.
    expect(listed(steps, { ...incident, lastGood: since - 2_500 * minute })).toHaveLength(1);
  });

  it('show no credentials', () => {
    const [before, after] = ['Bearer old-geheim', 'Bearer new-geheim'].map((Authorization) =>
      version({
        executor: 'http',
        executor_config: { headers: JSON.stringify([`Authorization: ${Authorization}`]) },
      }),
    );
    const steps = stepsOf(
      [
        { at: since - 9 * minute, state: before!, source: { kind: 'snapshot', id: 's' } },
        { at: since - minute, state: after!, source: { kind: 'server', id: 'now' } },
      ],
      [],
    );
    const events = editsOf(new Map([['a', steps]]), new Map([['a', 'itself']]), incident);
    expect(events).toHaveLength(1);
    expect(
      JSON.stringify(events.map((event) => event.kind === 'edit' && event.changes)),
    ).not.toContain('geheim');
  });
});

it('only nodes and leaders that may have changed in the time before count', () => {
  const failed = (after: number, by: number): RosterChange => ({
    ...{ kind: 'node', node: 'n2', from: 'alive', to: 'failed' },
    ...{ after: since + after * minute, by: since + by * minute },
  });
  const changes = [failed(-2_010, -2_000), failed(-10, -10), failed(-1, 3), failed(1, 2)];
  expect(
    ordered(nodesOf(changes, incident)).before.map(
      (event) => `${distance(event, incident)} ${eventWords(event, incident, clock)}`,
    ),
  ).toEqual(['0s – 1m n2 failed, perhaps only after the first failure', '10m n2 failed']);
});

it('who fails since then went well before, those that are related first', async () => {
  const at = (minutes: number): string => new Date(since + minutes * minute).toISOString();
  const calls = (url: string) => ({ executor: 'http', executor_config: { url } });
  const jobs = jobsByName([
    { name: 'a', last_error: at(2), parent_job: 'p', ...calls('http://cache:8080/a') },
    { name: 'p', last_error: at(-60), last_success: at(3) },
    { name: 'stranger', last_error: at(1), last_success: at(-1) },
    { name: 'same', last_error: at(3), last_success: at(-1), ...calls('http://CACHE/b') },
    { name: 'once', last_error: at(1), last_success: at(2), ...calls('http://cache/c') },
    { name: 'earlier', last_error: at(-1), last_success: at(-2), ...calls('http://cache.other/c') },
  ]);
  const relatives = await relativesOf('a', jobs, async () => {});
  expect([...relatives]).toEqual([
    ['a', 'itself'],
    ['p', 'parent'],
    ['same', 'host'],
    ['once', 'host'],
  ]);
  const { after } = ordered(await failingOf('a', jobs, relatives, incident, async () => {}));
  expect(after.map((event) => `${distance(event, incident)} ${subject(event)}`)).toEqual([
    'since then same (same host)',
    'since then stranger',
  ]);
  // What failed only after the job went well again is another story.
  const over = { ...incident, until: since + 2 * minute };
  expect(await failingOf('a', jobs, relatives, over, async () => {})).toHaveLength(1);
});
