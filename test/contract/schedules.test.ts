/** Our reading of schedules against every real Dkron at hand: what it refuses, and when it runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import {
  type Instant,
  instantFromMillis,
  millisFromInstant,
  rfc3339FromInstant,
} from '../../src/schedule/instant.ts';
import { neverMatches } from '../../src/schedule/never.ts';
import { apiNext, nextRuns } from '../../src/schedule/next.ts';
import { parseSchedule } from '../../src/schedule/parse.ts';
import { replaceTilde } from '../../src/schedule/tilde.ts';
import { scheduleLike, validSchedule, zone } from '../schedule/arbitrary.ts';
import { moment } from '../schedule/moment.ts';
import { publicVectors } from '../schedule/vectors.ts';
import { type RunningDkron, realDkrons, realDkronsLine } from '../support/dkron.ts';

// A Dkron takes its own zone from its environment.
process.env['TZ'] = 'UTC';
console.log(`schedules: ${realDkronsLine()}`);

interface Case {
  readonly name: string;
  readonly schedule: string;
  readonly timezone: string;
}

const specs = publicVectors.map(({ schedule }) => schedule);
const names = fc.constantFrom('job', 'test_job', 'été', '𝒶𝒷', 'nightly-report');
const zones = fc.oneof({ weight: 4, arbitrary: zone }, fc.constantFrom('utc', 'Nope', '../x'));

/** Nonsense, sound schedules and those of the vectors, each about a third. */
const cases: readonly Case[] = fc
  .sample(
    fc.record({
      name: names,
      schedule: fc.oneof(scheduleLike, validSchedule, fc.constantFrom(...specs)),
      timezone: zones,
    }),
    { numRuns: 450, seed: 4 },
  )
  .map((each, index) => ({ ...each, name: `${each.name}-${index}` }))
  .filter(isCheap);

/** Dkron walks through every second of five years to find that an empty list never fires. */
function isCheap({ schedule, ...context }: Case): boolean {
  const parsed = parseSchedule(schedule, context);
  if (!parsed.valid || parsed.schedule.kind !== 'fields') return true;
  return !neverMatches(parsed.schedule.fields);
}

const servers = [
  {
    label: 'the demo server',
    version: '4.1.2',
    start: async (): Promise<RunningDkron> => {
      const { url, close } = await startDemo({ empty: true });
      return { url, stop: close };
    },
  },
  ...realDkrons().map((real) => ({ ...real, label: `Dkron ${real.version}` })),
];

const running = new Map<string, RunningDkron>();
beforeAll(async () => {
  await Promise.all(servers.map(async ({ label, start }) => running.set(label, await start())));
});
afterAll(async () => {
  await Promise.all([...running.values()].map((server) => server.stop()));
});

async function save(server: string, job: Case, rest: object = {}) {
  const shell = { executor: 'shell', executor_config: { command: 'true' } };
  const body = JSON.stringify({ ...shell, ...job, ...rest });
  const headers = { 'content-type': 'application/json' };
  const url = `${running.get(server)?.url}/v1/jobs`;
  const answer = await fetch(url, { method: 'POST', body, headers });
  return { status: answer.status, text: await answer.text() };
}

async function get<T>(server: string, path: string): Promise<T> {
  return (await (await fetch(`${running.get(server)?.url}/v1/jobs/${path}`)).json()) as T;
}

describe.each(servers)('$label', ({ label, version }) => {
  it('accepts and refuses the same schedules, with the same words and the same next', async () => {
    expect(cases.length).toBeGreaterThan(300);
    const different: unknown[] = [];
    for (const each of cases) {
      const ours = parseSchedule(each.schedule, { ...each, version });
      const before = instantFromMillis(Date.now());
      const { status, text } = await save(label, each, { disabled: true });
      const after = instantFromMillis(Date.now() + 1);
      const path = encodeURIComponent(each.name);
      const next = status === 201 ? (await get<{ next: string }>(label, path)).next : undefined;
      const same = ours.valid
        ? next !== undefined && isNext(next, nextOf(each, before), nextOf(each, after))
        : ours.panics
          ? status === 500 && text === ''
          : status === 400 && text.endsWith(`: ${ours.error}.`);
      if (!same) different.push({ ...each, ours, status, text, next });
    }
    expect(different).toEqual([]);
  });

  const nextOf = ({ schedule, ...context }: Case, now: Instant): Instant | null =>
    apiNext(schedule, now, { ...context, version });

  /** Whether the server stored what we find at the moment before the request or the one after. */
  function isNext(stored: string, first: Instant | null, last: Instant | null): boolean {
    const next = moment(stored);
    if (first === null || last === null) return next < 0n;
    return next >= first && next <= last;
  }
});

describe('every kind of schedule runs at the previewed seconds', () => {
  it.concurrent.for(servers)('$label', async ({ label, version }, { expect }) => {
    await beginningOfSecond();
    const from = instantFromMillis(Math.floor(Date.now() / 1000) * 1000);
    const jobs = kinds(from).filter(
      ({ schedule, ...job }) => parseSchedule(schedule, { ...job, version }).valid,
    );
    const saved = await Promise.all(jobs.map((job) => save(label, job)));
    expect(saved.map(({ status }) => status)).toEqual(jobs.map(() => 201));
    // A whole minute and a bit, so that @minutely is seen too; then what is late may come in.
    await sleep(64_000);
    const to = instantFromMillis(Date.now()) - 2n * second;
    const seen = await Promise.all(
      jobs.map(async ({ name }) => [name, await startsOf(label, name, to)]),
    );
    const previewed = jobs.map((job) => [job.name, preview(job, version, from, to)]);
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(previewed));
  });

  /** The seconds at which a job was started, up to a moment. */
  async function startsOf(server: string, job: string, to: Instant): Promise<string[]> {
    const executions = await get<{ started_at: string }[]>(server, `${job}/executions`);
    const starts = executions.map(({ started_at }) => moment(started_at));
    return starts
      .filter((start) => start <= to)
      .map(wholeSecond)
      .sort();
  }

  function preview({ schedule, ...context }: Case, version: string, from: Instant, to: Instant) {
    const parsed = parseSchedule(schedule, { ...context, version });
    const runs = parsed.valid ? nextRuns(parsed.schedule, from, 100) : [];
    return runs.filter((run) => run <= to).map(wholeSecond);
  }
});

const second = 1_000_000_000n;
const wholeSecond = (instant: Instant): string => rfc3339FromInstant(instant - (instant % second));

/** Away from the second's end, so that all jobs are saved within the one they are counted from. */
async function beginningOfSecond(): Promise<void> {
  while (Date.now() % 1000 > 200) await sleep(20);
}

/** One job of each kind that runs within the minute after `from`. */
function kinds(from: Instant): Case[] {
  const soon = new Date(millisFromInstant(from) + 7_000);
  const [hour, minute, at] = [soon.getUTCHours(), soon.getUTCMinutes(), soon.getUTCSeconds()];
  const time = rfc3339FromInstant(instantFromMillis(soon.getTime()));
  const inTokyo = `${at} ${minute} ${(hour + 9) % 24} * * *`;
  const job = (name: string, schedule: string, timezone = ''): Case => ({
    name,
    schedule,
    timezone,
  });
  return [
    job('fields', '*/7 * * * * *'),
    job(
      'either-day',
      `${at} ${minute} ${hour} ${soon.getUTCDate()} * ${(soon.getUTCDay() + 1) % 7}`,
    ),
    job('other-day', `${at} ${minute} ${hour} * * ${(soon.getUTCDay() + 1) % 7}`),
    job('zone-of-job', inTokyo, 'Asia/Tokyo'),
    job('zone-of-schedule', `TZ=Asia/Tokyo ${inTokyo}`),
    job('every', '@every 11s'),
    job('at', `@at ${time}`),
    job('after', `@after ${time} <PT1H`),
    job('minutely', '@minutely', 'Asia/Tokyo'),
    job('manually', '@manually'),
    job('never', '0 0 0 30 2 *'),
    job(nameFor(at), '~ * * * * *'),
  ];
}

/** A name of which `~` becomes that second. */
const nameFor = (wanted: number): string =>
  Array.from({ length: 60 }, (_, index) => `tilde-${'a'.repeat(index + 1)}`).find(
    (name) => replaceTilde('~', name) === String(wanted),
  )!;
