/** A secret in every place that a secret can be: none of them may come into the log. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { OperatorError } from '../../../src/base/errors.ts';
import { createLogFile } from '../../../src/config/log-file.ts';
import { createRecorder } from '../../../src/console/log/recorder.ts';
import type { Effect, Message, State } from '../../../src/console/state/model.ts';
import { update } from '../../../src/console/update/update.ts';
import { readCredentials } from '../../../src/dkron/secrets.ts';
import type { Job } from '../../../src/job/job.ts';
import type { PastChange } from '../../../src/journal/lines.ts';
import { operationOf } from '../../../src/journal/operation.ts';
import { checkPlan } from '../../../src/plan/check.ts';
import { planDisabled } from '../../../src/plan/edits.ts';
import type { CheckedPlan } from '../../../src/plan/model.ts';
import { plainPolicy } from '../../../src/plan/policy/policy.ts';
import { instantFromMillis } from '../../../src/schedule/index.ts';
import { damage } from '../../../src/snapshot/verify/damage.ts';
import { aJob, anExecution, textOf } from '../../support/jobs.ts';
import { keyOf } from '../../terminal/press.ts';
import { now, refreshed, started, type } from '../states.ts';

const secret = 'Pl4nted.s3cret';
const inside = `{"token":"${secret}","list":["${secret}",1]}`;

/** Every value of a job in which somebody may keep one. */
const jobs: readonly Job[] = [
  aJob({
    name: 'http',
    executor: 'http',
    executor_config: {
      method: 'POST',
      url: `https://user:${secret}@host:8443/${secret}?key=${secret}`,
      headers: JSON.stringify([`Authorization: Bearer ${secret}`, secret]),
      body: inside,
      expectBody: secret,
      timeout: secret,
      debug: secret,
      tlsCertificateKeyFile: `/${secret}`,
    },
    metadata: { token: secret },
    processors: { log: { key: secret } },
    owner_email: `${secret}@example.org`,
  }),
  aJob({
    name: 'shell',
    executor_config: {
      command: `curl -H 'X-Key: ${secret}' https://x | sh`,
      env: `A=b,TOKEN=${secret}`,
      payload: secret,
      su: secret,
    },
  }),
  aJob({ name: 'other', executor: 'own-plugin', executor_config: { whatever: secret } }),
  aJob({
    name: 'newer',
    newest_field: secret,
    nested_field: { deep: [{ key: secret }], body: inside },
  } as Partial<Job>),
  aJob({
    name: 'kafka',
    executor: 'kafka',
    executor_config: { saslPassword: secret, message: JSON.stringify(inside) },
  }),
];
const [first] = jobs as [Job];

const past = (job: Job): PastChange => ({
  id: job.name,
  at: '2026-11-21T14:00:00Z',
  server: 'http://d',
  job: job.name,
  action: 'write',
  before: JSON.stringify(job),
  sent: JSON.stringify(job),
  result: { id: job.name, at: '', outcome: 'refused', after: JSON.stringify(job), error: secret },
});

const quoting = `Dkron refused "${secret}": why`;
const change = {
  keys: ['metadata', 'token'],
  path: 'metadata.token',
  before: secret,
  after: secret,
};
const draft = { text: secret, base: secret, at: 0 };
const run = anExecution({ job_name: 'http', output: `line\n${secret}\n`, [`x`]: secret });
const flash = { level: 'error', text: quoting } as const;

const aPlan: CheckedPlan = {
  unreadable: [{ name: 'x', why: quoting }],
  policy: { ...plainPolicy, replacements: [{ pattern: secret, text: `https://u:${secret}@h` }] },
  items: jobs.map((job) => ({
    name: job.name,
    kind: 'change',
    why: `metadata.token ${secret} → ${secret}`,
    changes: [change],
    job,
    seen: job,
    moved: { kind: 'change', base: job },
    children: [],
    findings: [{ rule: 'shape', level: 'error', path: 'x', text: quoting, fix: secret }],
  })),
};

/** One of every kind that brings a text of somebody else's: the compiler asks for all of them. */
const messages: { readonly [Type in Message['type']]: Extract<Message, { type: Type }> | null } = {
  refreshed: {
    ...refreshed(jobs),
    jobs: new Map(jobs.map((job) => [job.name, textOf(job)])),
    unreadable: [{ name: 'x', why: quoting }],
    busy: [run],
  },
  recognised: {
    type: 'recognised',
    cluster: { kind: 'another', name: 'f1', instead: 'demo', why: quoting },
  },
  again: {
    type: 'again',
    run: {
      items: [],
      states: new Map([['http', { name: 'http', state: 'failed', text: secret, run: null }]]),
      stage: 'going',
    },
  },
  'again-states': {
    type: 'again-states',
    states: [{ name: 'http', state: 'running', text: secret, run: null }],
  },
  overseen: null,
  timed: null,
  roster: null,
  arriving: { type: 'arriving', jobs: jobs.map(textOf) },
  lost: {
    type: 'lost',
    trouble: 'unreachable',
    reason: `http://user:${secret}@d: ${quoting} Addr3ss.pass`,
    now: 0,
    retryAt: 0,
  },
  overview: { type: 'overview', overview: null, at: 0, problem: quoting },
  due: null,
  focus: null,
  forward: null,
  runs: { type: 'runs', name: 'http', runs: { list: [run], at: 0, error: quoting } },
  followed: {
    ...{ type: 'followed', name: 'http', execution: run.id, now: 0 },
    sight: { kind: 'runs', run },
  },
  output: { type: 'output', execution: run.id, text: `${secret}\n`, truncated: false },
  crowd: null,
  calm: null,
  ttls: {
    type: 'ttls',
    table: {
      columns: { match: { kind: 'body.kind' }, soft: 's', hard: null, unit: 's' },
      rows: new Map([[secret, { soft: 1, hard: null }]]),
      doubled: 0,
      unread: 0,
    },
  },
  linted: {
    type: 'linted',
    from: 0,
    looked: 1,
    names: ['http'],
    ignored: 0,
    found: [
      {
        job: 'http',
        finding: { rule: 'shape', level: 'error', path: 'x', text: quoting, fix: secret },
      },
    ],
  },
  'schedule-saved': { type: 'schedule-saved', name: 'http', text: quoting },
  'schedule-refused': { type: 'schedule-refused', name: 'http', lines: [quoting], now: first },
  snapshots: { type: 'snapshots', files: [], problem: quoting },
  verified: {
    type: 'verified',
    verdicts: [
      {
        file: 'f',
        verdict: 'damaged',
        jobs: 0,
        why: quoting,
        damages: [damage('edited', quoting)],
      },
    ],
  },
  plan: { type: 'plan', id: 'f', plan: aPlan },
  unfinished: null,
  maintenance: null,
  rest: { type: 'rest', operation: 'op', plan: aPlan },
  'prune-plan': null,
  'left-snapshot': null,
  'no-plan': null,
  progress: {
    type: 'progress',
    total: 1,
    results: [
      {
        name: 'http',
        outcome: 'refused',
        message: quoting,
        error: new OperatorError(quoting),
        now: first,
      },
    ],
  },
  applied: { type: 'applied', text: quoting, ok: false },
  agenda: null,
  journal: {
    type: 'journal',
    operations: jobs.map((job) => operationOf(job.name, [past(job)])!),
    more: false,
    problem: quoting,
  },
  operation: { type: 'operation', key: 'http', changes: jobs.map(past) },
  history: {
    type: 'history',
    name: 'http',
    problem: quoting,
    history: {
      name: 'http',
      steps: jobs.map((job) => ({
        id: job.name,
        kind: 'changed',
        after: 0,
        by: 1,
        exact: false,
        who: null,
        certain: true,
        from: textOf(job),
        to: textOf(job),
        changes: [change],
        source: { kind: 'snapshot', id: 's' },
        snapshot: 's',
      })),
      snapshots: 1,
      changes: 0,
      passedOver: [{ snapshot: 's', why: quoting }],
      unreadable: [quoting],
    },
  },
  why: {
    type: 'why',
    job: 'http',
    none: { text: quoting, failed: true },
    why: {
      job: 'http',
      incident: { since: 0, exact: true, lastGood: null, failures: 1, until: null },
      before: jobs.map((job) => ({
        kind: 'edit',
        id: job.name,
        at: 1,
        job: job.name,
        relation: 'itself',
        changes: [change],
        step: {
          id: job.name,
          kind: 'changed',
          after: 0,
          by: 1,
          exact: false,
          who: null,
          certain: true,
          from: textOf(job),
          to: textOf(job),
          changes: [change],
          source: { kind: 'snapshot', id: 's' },
          snapshot: 's',
        },
      })),
      after: [],
      more: 0,
      sameHost: 0,
      snapshots: 1,
      gaps: [quoting],
    },
  },
  'runs-read': {
    type: 'runs-read',
    ...{ job: 'http', older: 'a', newer: 'b' },
    problem: quoting,
    runs: { older: run, newer: run, history: { why: quoting } },
  },
  compared: {
    type: 'compared',
    from: '/s/a',
    to: null,
    problem: quoting,
    comparison: {
      from: { name: 'a', file: '/s/a', at: 0, what: 'taken', jobs: 1 },
      to: { name: 'live', file: null, at: 1, what: 'read', jobs: 1 },
      same: 0,
      differences: jobs.map((job) => ({
        name: job.name,
        kind: 'changed',
        changes: [change],
        before: job,
        after: job,
        why: quoting,
      })),
    },
  },
  return: {
    type: 'return',
    operations: [jobs.map(past)],
    reversals: jobs.map((job) => ({
      name: job.name,
      before: job,
      after: job,
      instead: job,
      disturbed: false,
    })),
    undoes: ['operation'],
  },
  drafts: {
    type: 'drafts',
    drafts: new Map([
      ['http:executor_config.body', draft],
      ['http:executor_config.headers', draft],
      ['http:metadata', draft],
      ['http:yaml', draft],
      ['gone:executor_config.command', draft],
    ]),
  },
  edited: { type: 'edited', seen: first, draft, wanted: first, said: flash },
  waiting: { type: 'waiting', text: quoting },
  flash: { type: 'flash', flash },
  forget: { type: 'forget', flash },
  check: { type: 'check', lines: [secret] },
  paste: { type: 'paste', text: secret },
  key: null,
  painted: null,
  resized: null,
  clock: null,
  rested: null,
  'worked-out': null,
};

const live = { jobs, unreadable: [] };
const plan = checkPlan(planDisabled(jobs, true, live), jobs, { now: instantFromMillis(now) });

/** One of every kind that carries a text. */
const effects: readonly Effect[] = [
  { type: 'save-schedule', plan, over: false },
  { type: 'set-disabled', plan },
  { type: 'delete', plan },
  { type: 'undo', what: { change: past(first) } },
  { type: 'keep-draft', key: 'http:executor_config.body', draft },
  { type: 'save-text', name: 'http-output', text: secret },
  { type: 'edit-outside', seen: first },
  { type: 'copy', text: secret },
  { type: 'check-later', lines: [secret] },
  { type: 'forget-later', flash },
];

async function logged(play: (tell: (message: Message) => State) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dkron-tui-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const log = createLogFile();
  log.open(join(folder, 'log'));
  let state = started();
  const recorder = createRecorder(log, state, () => readCredentials('user:Addr3ss.pass').secrets)!;
  play((message) => {
    recorder.message(state, message);
    [state] = update(state, message);
    return state;
  });
  for (const effect of effects) recorder.effect(effect);
  log.close();
  return readFile(join(folder, 'log'), 'utf8');
}

const keys = (...names: readonly string[]): Message[] =>
  names.map((name) => ({ type: 'key', key: keyOf(name), at: 0 }));

/** The words of it: where one stands the secret is not gone. */
const pieces = /pl4nted|s3cret|addr3ss/i;

it('no message and no effect brings a secret into the log', async () => {
  const text = await logged((tell) => {
    for (const message of Object.values(messages)) if (message !== null) tell(message);
  });
  expect(text).not.toContain('"unlogged"');
  expect(text.split('\n').filter((line) => pieces.test(line))).toEqual([]);
  expect(text).toContain('"name":"http"'.replaceAll('"', '\\"'));
});

it.each([
  ['a body', 'b', []],
  ['a search in a body', 'b', ['ctrl-g']],
  ['a search in an output', 'y', ['/']],
])('what is typed into %s is not in the log', async (_, open, then) => {
  const text = await logged((tell) => {
    tell(messages.refreshed!);
    for (const message of keys(open, ...then, ...type(secret))) tell(message);
    tell({ type: 'paste', text: secret });
  });
  const typed = [...text.matchAll(/"key":\{"name":"(.)"/g)].map(([, name]) => name).join('');
  expect(typed).not.toContain('Pl4n');
  expect(text).not.toMatch(pieces);
});

it('what is typed into a filter or a schedule is, for whoever looks for the mistake', async () => {
  const text = await logged((tell) => {
    tell(messages.refreshed!);
    for (const message of keys('/', ...type('abc'))) tell(message);
  });
  expect([...text.matchAll(/"key":\{"name":"(.)"/g)].map(([, name]) => name).join('')).toBe('/abc');
});
