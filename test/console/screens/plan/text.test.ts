import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPlanTexts } from '../../../../src/console/effects/plan-texts.ts';
import { pushPlan } from '../../../../src/console/state/changes.ts';
import type { Message, PlanScreen, State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import type { Dkron } from '../../../../src/dkron/client.ts';
import type { Job } from '../../../../src/job/job.ts';
import { checkPlan } from '../../../../src/plan/check.ts';
import { planEdits } from '../../../../src/plan/edits.ts';
import { renewPlan } from '../../../../src/plan/renew.ts';
import { instantFromMillis } from '../../../../src/schedule/index.ts';
import { aJob, textOf } from '../../../support/jobs.ts';
import { effectsOf, linesOf, now, press, showing, told, type } from '../../states.ts';

const base = aJob({ name: 'a', retries: 1, metadata: { token: 'f1rst' } });
const wanted = { ...base, retries: 2 };
const theirs = { ...base, owner: 'ops', metadata: { token: 's3cond' } };
const other = aJob({ name: 'b' });

const around = { version: '4.1.2', serverZone: 'UTC', now: instantFromMillis(now), all: true };
const planOn = (...jobs: Job[]) =>
  planEdits([wanted, { ...other, retries: 3 }], { jobs, unreadable: [] });
const planned = checkPlan(planOn(base, other), [base, other], around);
const renewed = checkPlan(
  renewPlan(planned, new Set(['a', 'b']), { jobs: [theirs, other], unreadable: [] }),
  [theirs, other],
  around,
);

const screen = (state: State): PlanScreen => topScreen(state) as PlanScreen;
const opened = (plan = renewed, marks = ['b']): State => {
  const state = pushPlan(showing([theirs, other]), {
    id: 'PLAN',
    title: 'Plan  PLAN',
    plan,
    marks,
  });
  return press(state, '/', 'a', 'enter', 'esc');
};
const conflict = told(opened(planned, ['a']), {
  type: 'progress',
  total: 1,
  results: [{ name: 'a', outcome: 'changed', message: 'not written: it was changed', now: theirs }],
});

describe.each([
  ['when its plan was opened', opened()],
  ['when it was to be written', conflict],
])('a job that was found changed %s', (_when, state) => {
  it.each([
    [80, 24],
    [200, 50],
  ])('shows what it was, is to be and is now, at %i×%i', (columns, rows) => {
    const text = linesOf(state, { columns, rows }).join('\n');
    expect(text).toMatch(/when planned {2}none\n.*the plan {6}none\n.*now {11}ops/);
    const whole = linesOf(press(state, 'd'), { columns, rows: 50 }).join('\n');
    expect(whole).toMatch(/retries +when planned +1\n +the plan +2\n +now +1/);
    expect(whole).toContain('•••• (changed)');
    expect(whole).not.toMatch(/f1rst|s3cond/);
  });

  it('is planned anew by one key, over what it is now, and marked', () => {
    const anew = press(state, 'n');
    const item = screen(anew).plan?.items.find(({ name }) => name === 'a');
    expect(item).toMatchObject({ kind: 'change', seen: theirs, job: wanted });
    expect(item?.moved).toBeUndefined();
    expect(screen(anew).marks).toContain('a');
    expect(screen(anew).results.has('a')).toBe(false);
    expect(screen(anew).cursor.key).toBe('a');
  });
});

it('a job that nobody changed cannot be planned anew, and says so', () => {
  expect(press(opened(planned), 'n').flash?.text).toBe(
    'plan anew: nobody changed it since it was planned',
  );
});

describe('plans as texts', () => {
  it('are kept with what is marked', () => {
    const state = opened(planned, ['a']);
    const keys = [':', ...type('plan-out /tmp/PLAN'), 'enter'];
    expect(effectsOf(state, ...keys)).toEqual([
      {
        type: 'keep-plan',
        file: '/tmp/PLAN',
        source: 'Plan  PLAN',
        plan: planned,
        names: ['a'],
        secrets: false,
      },
    ]);
  });

  it('are opened on the plan screen, and want a name', () => {
    const state = showing([base]);
    const keys = [':', ...type('apply-plan /tmp/PLAN'), 'enter'];
    expect(effectsOf(state, ...keys)).toEqual([{ type: 'open-plan', file: '/tmp/PLAN' }]);
    expect(screen(press(state, ...keys))).toMatchObject({ kind: 'plan', id: '/tmp/PLAN' });
    expect(press(state, ':', ...type('apply-plan'), 'enter').flash?.text).toContain('name a plan');
  });

  it('come back as they were kept, each job compared with the server as it is now', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plan-texts-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'PLAN');
    const messages: Message[] = [];
    const live = [theirs, other];
    const client: Partial<Dkron> = {
      url: 'http://localhost:8080',
      members: async () => ({ value: [], whom: null }),
      server: async () =>
        ({ value: { version: '4.1.2', name: 'n', tags: {} }, whom: null }) as never,
      async *jobs() {
        yield* live.map(textOf);
      },
    };
    let cluster = { id: 'c1', name: 'staging' };
    const texts = createPlanTexts({
      client: client as Dkron,
      cluster: () => cluster,
      serverZone: 'UTC',
      now: () => now,
      dispatch: (message) => messages.push(message),
    });
    const what = { file, source: 'Disable', plan: planned, names: ['a', 'b'], secrets: false };
    await texts.keep({ type: 'keep-plan', ...what });
    expect(await readFile(file, 'utf8')).toContain('\noverwrite a  # retries 1 → 2\n');
    await texts.open(file);
    const [, message] = messages;
    expect(message).toMatchObject({ type: 'plan', id: file, marks: ['a', 'b'] });
    const state = told(pushPlan(showing(live), { id: file, title: '', plan: null }), message!);
    expect(screen(state).plan?.items.map(({ name, kind }) => [name, kind])).toEqual([
      ['b', 'change'],
      ['a', 'blocked'],
    ]);
    expect([...screen(state).marks]).toEqual(['b']);
    await writeFile(file, (await readFile(file, 'utf8')).replace('overwrite b', 'ask b'));
    await texts.open(file);
    expect(messages.slice(2)).toMatchObject([
      { type: 'plan', marks: ['a'] },
      { type: 'flash', flash: { text: '1 job to be asked about: not marked, space marks one' } },
    ]);
    cluster = { id: 'c2', name: 'prod' };
    await expect(texts.open(file)).rejects.toThrow('this plan was made for staging');
  });
});
