/** Ways to every kind of screen and overlay, in any world that a server may send. */
import type {
  AgainRun,
  Message,
  MessageOf,
  Overlay,
  Screen,
  State,
} from '../../src/console/state/model.ts';
import type { Execution } from '../../src/dkron/shapes.ts';
import type { Job } from '../../src/job/job.ts';
import { warning } from '../../src/job/lint/finding.ts';
import type { PastChange } from '../../src/journal/file.ts';
import { stepsOf } from '../../src/journal/history/steps.ts';
import { type Operation, operationOf } from '../../src/journal/operation.ts';
import { stateOf } from '../../src/plan/again/state.ts';
import type { CheckedPlan } from '../../src/plan/model.ts';
import type { ReadRuns } from '../../src/runs/compare.ts';
import { agenda, instantFromMillis } from '../../src/schedule/index.ts';
import { aNode, anAgent, anOverview, status } from '../dkron/overview/worlds.ts';
import { aJob, anExecution } from '../support/jobs.ts';
import { aSnapshot, headOf } from '../support/snapshots.ts';
import { inside, now, press, showing, told, type } from './states.ts';

export interface World {
  readonly jobs: readonly Job[];
  readonly runs: readonly Execution[];
  readonly text: string;
}

/** The first job of the world is opened, has its runs, and runs now. */
function opened({ jobs, runs }: World): State {
  const name = jobs[0]!.name;
  const own = runs.map((run) => ({ ...run, job_name: name }));
  const state = showing(jobs, own.slice(0, 1));
  const cursor = { key: name, row: 0 };
  const at: State = { ...state, screens: [{ ...state.screens[0], cursor }] };
  return told(at, { type: 'runs', name, runs: { list: own, at: state.now } });
}

const failingKeys = { older: 'good', newer: 'bad' } as const;

/** A good run, then one that failed. */
function failing(world: World): State {
  const runs = (['bad', 'good'] as const).map((id, at) =>
    anExecution({
      ...{ id, success: id === 'good', node_name: world.text, output: world.text },
      started_at: new Date(now - (at + 1) * 60_000).toISOString(),
      finished_at: new Date(now - (at + 1) * 50_000).toISOString(),
    }),
  );
  return opened({ ...world, runs });
}

/** A long output and another of it, with a job that was changed in between. */
function runsCompared(world: World, by: string): State {
  const asked = press(failing(world), 'x', 'D');
  const [job] = world.jobs;
  const name = job!.name;
  const lines = Array.from({ length: 60 }, (_, at) => `${at} ${world.text}`);
  const { list } = asked.runs.get(name)!;
  const run = (id: string, output: readonly string[]) => ({
    ...list.find((one) => one.id === id)!,
    output: output.join('\n'),
  });
  const seen = (at: number, schedule: string) => ({
    at,
    state: { text: '', job: { ...job!, schedule, owner: world.text.repeat(at % 7) } },
    source: { kind: 'snapshot', id: `${world.text} ${at}` } as const,
  });
  const steps = stepsOf([seen(now - 900_000, '@every 1h'), seen(now - 90_000, world.text)], []);
  const runs: ReadRuns = {
    older: run('good', lines),
    newer: run('bad', [
      ...lines.slice(0, 30),
      `${by} ${world.text} `.repeat(40),
      ...lines.slice(33),
    ]),
    history:
      by === '+'
        ? { name, steps, snapshots: 2, changes: 0, passedOver: [], unreadable: [] }
        : { why: world.text },
  };
  return told(asked, { type: 'runs-read', job: name, ...failingKeys, runs });
}

const planOf = ({ jobs, text }: World): CheckedPlan => ({
  items: jobs.map((job, at) => ({
    name: job.name,
    kind: (['new', 'change', 'same', 'blocked', 'only-here'] as const)[at % 5]!,
    why: text,
    changes: [{ keys: [text], path: text, before: job.schedule, after: text }],
    job,
    seen: null,
    children: [],
    findings: [warning('never', text, text)],
  })),
});

const planning = (world: World): State => {
  const asked = told(press(opened(world), 'R'), {
    type: 'snapshots',
    files: [aSnapshot({ name: world.text, jobs: null })],
  });
  const plan: Message = { type: 'plan', id: `/s/${world.text}`, plan: planOf(world) };
  return told(press(asked, 'R'), plan);
};

/** Of three snapshots; the reasons why the first stays, or null while nothing is known. */
function pruneOf(world: World, reasons: readonly string[] | null): State {
  const files = ['a', world.text, 'c'].map((name) =>
    aSnapshot({ name, head: headOf({ label: world.text }), taken: now }),
  );
  const listed = told(press(opened(world), 'R'), { type: 'snapshots', files });
  const asked = press(listed, ':', ...type('prune keep-last=1'), 'enter');
  if (reasons === null) return asked;
  const decisions = files.map((file, at) => ({ file, reasons: at === 0 ? reasons : [] }));
  return told(asked, { type: 'prune-plan', groups: [{ title: world.text, decisions }] });
}

function agendaOf(world: World): State {
  const hours = 24;
  const from = instantFromMillis(now);
  const to = instantFromMillis(now + hours * 3_600_000);
  const jobs = [...world.jobs, aJob({ name: world.text, schedule: '0 */2 * * * *' })];
  const message: Message = { type: 'agenda', hours, agenda: agenda(jobs, { from, to }) };
  return told(press(opened(world), 'A', '+', '+'), message);
}

/** Findings of each level, with a fix and without. */
/** One of each state, and one that is over. */
function missedOf(world: World): State {
  const states = ['stuck', 'nowhere', 'late', 'overdue', 'missed'] as const;
  const causes = [
    { kind: 'orphan', since: now - 9_000_000, node: world.text },
    { kind: 'tags', tags: [world.text] },
    { kind: 'leader', from: world.text, to: null, at: now },
    { kind: 'standstill', others: 3 },
    { kind: 'unknown' },
  ] as const;
  const named = [...world.jobs.map(({ name }) => name), world.text];
  const troubles = named.map((name, at) => {
    const cause = causes[at % 5]!;
    return [name, { state: states[at % 5]!, at: now - at * 600_000, cause }] as const;
  });
  const at = now - 7_200_000;
  const missed = [
    { job: world.text, at, until: at, count: 1, endedAt: now, cause: causes[at % 5] ?? causes[0] },
  ];
  return told(opened(world), { type: 'overseen', troubles: new Map(troubles), missed });
}

function linted(world: World): State {
  const asked = press(opened(world), ':', ...type('lint'), 'enter');
  const found = world.jobs.map(({ name }, at) => ({
    job: name,
    finding: {
      rule: 'never' as const,
      level: (['error', 'warning', 'note'] as const)[at % 3]!,
      path: at % 2 === 0 ? 'schedule' : world.text,
      text: world.text,
      ...(at % 2 === 0 && { fix: world.text }),
    },
  }));
  const names = world.jobs.map(({ name }) => name);
  return told(asked, { type: 'linted', from: now, looked: names.length, names, found, ignored: 2 });
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

const operationsOf = (world: World): Operation[] =>
  pastOf(world).map((change, at) => ({
    ...operationOf(`${world.text} ${at}`, [change])!,
    what: world.text,
    source: world.text,
    safety: world.text,
  }));

const journalOf = (world: World): State =>
  told(press(opened(world), 'H'), {
    type: 'journal',
    operations: operationsOf(world),
    more: true,
  });

const historyIn = ({ jobs, text }: World): MessageOf<'history'> => {
  const sightings = jobs.map((job, at) => ({
    at: now - at * 86_400_000,
    state: at % 5 === 4 ? null : { text, job: { ...job, name: jobs[0]!.name } },
    source: { kind: 'snapshot', id: `${text} ${at}` } as const,
  }));
  const history = {
    name: jobs[0]!.name,
    steps: stepsOf(sightings, []),
    snapshots: jobs.length,
    changes: 1,
    passedOver: [{ snapshot: text, why: text }],
    unreadable: [text],
  };
  return { type: 'history', name: jobs[0]!.name, history };
};

const comparisonOf = ({ jobs, text }: World): MessageOf<'compared'> => ({
  type: 'compared',
  from: `/s/${text}`,
  to: null,
  comparison: {
    from: { name: text, file: `/s/${text}`, at: now, what: 'taken', jobs: jobs.length },
    to: { name: text, file: null, at: null, what: 'read', jobs: 0 },
    same: 1,
    differences: jobs.map((job, at) => ({
      name: job.name,
      kind: (['changed', 'added', 'removed', 'unreadable'] as const)[at % 4]!,
      changes: [
        { keys: [text], path: text, before: job.schedule, after: text },
        { keys: ['metadata', text], path: text, before: text, after: `token=${text}` },
      ],
      before: job,
      after: job,
      why: at % 4 === 3 ? text : '',
    })),
  },
});

const comparing = (world: World): State =>
  press(
    told(press(opened(world), 'R'), {
      type: 'snapshots',
      files: [aSnapshot({ name: world.text, jobs: null })],
    }),
    'd',
  );

const output = (world: World): State =>
  told(press(opened(world), 'enter', 'enter'), {
    type: 'output',
    execution: world.runs[0]?.id ?? '',
    text: `${world.text}\n`.repeat(12),
    truncated: true,
  });

/** Everything that its nodes may send is the text of the world. */
const clusterOf = (world: World): State => {
  const { text, runs } = world;
  const tags = { server: 'true', version: text, [text]: text };
  const members = [
    aNode(text, { Addr: text, Tags: tags }),
    anAgent(`${text} 2`, { Status: status.failed }),
    ...Array.from({ length: 9 }, (_, at) => aNode(`n${at}`)),
    ...runs.slice(0, 1).map((run) => anAgent(run.node_name)),
  ];
  const day = { date: '2026-11-21T00:00:00Z', success_count: 18_211, failed_count: 71 };
  const days = Array.from({ length: 30 }, () => day);
  return told(press(opened(world), 'C'), {
    type: 'overview',
    at: now,
    overview: anOverview({
      server: { name: text, version: '4.1.2', tags: {} },
      members: { value: members },
      leader: { value: members[0]! },
      health: { value: { status: `${text} ill`, issues: [text] } },
      paused: { value: true },
      figures: { value: { health_score: text } },
      days: { value: [...days, { ...day, date: text }] },
    }),
  });
};

/** Every state that a job of the list may be in. */
function ranAgain({ jobs, text }: World, stage: AgainRun['stage']): Message {
  const words = [
    'waiting',
    'started',
    'running',
    'succeeded',
    'failed',
    'unknown',
    'left',
  ] as const;
  const items = jobs.map(({ name }) => ({ name, how: 'ask', after: '', why: text }) as const);
  const states = jobs.map(({ name }, at) => stateOf(name, words[at % words.length]!, text));
  const run = { items, states: new Map(states.map((one) => [one.name, one])), stage };
  return { type: 'again', run };
}

/** Links of every kind that a server may have. */
const familiesOf = (world: World): State => {
  const [first] = world.jobs;
  const kin = [
    aJob({ name: 'mother', dependent_jobs: [world.text, 'child', 'child', first!.name] }),
    aJob({ name: 'child', parent_job: 'mother' }),
    aJob({ name: 'orphan', parent_job: world.text }),
    aJob({ name: 'one', parent_job: 'other', dependent_jobs: ['other'] }),
    aJob({ name: 'other', parent_job: 'one', dependent_jobs: ['one'] }),
  ];
  return press(opened({ ...world, jobs: [...world.jobs, ...kin] }), 'T', 'a', 'a');
};

const contextsOf = ({ text }: World): State => {
  const state = opened({ jobs: [aJob({ name: 'a' })], runs: [], text });
  const choice = { label: text, where: text, readOnly: false, isProtected: true };
  const contexts = [
    { ...choice, name: text },
    { ...choice, name: 'prod', readOnly: true },
  ];
  const there = { ...state, setting: { ...state.setting, context: 'prod', contexts } };
  return press(there, ':', ...type('ctx'), 'enter');
};

const askingWhy = (world: World): State => press(opened(world), ':', ...type('why'), 'enter');

/** An edit of each kind, a change of the leader, and others that fail too. */
function whyIn(world: World): MessageOf<'why'> {
  const [job] = world.jobs as [Job];
  const { steps } = historyIn(world).history!;
  return {
    type: 'why',
    job: job.name,
    why: {
      job: job.name,
      incident: { since: now, exact: false, lastGood: now - 60_000, failures: 2, until: null },
      before: [
        ...steps.map((step, at) => ({
          kind: 'edit' as const,
          id: `${world.text}\n${step.id}`,
          at: step.by,
          job: world.text,
          relation: (['itself', 'parent', 'host'] as const)[at % 3]!,
          step,
          changes: step.changes,
        })),
        {
          kind: 'nodes',
          id: 'nodes',
          at: now - 90_000,
          change: {
            ...{ kind: 'node', node: world.text, from: 'alive', to: null },
            ...{ after: now - 95_000, by: now - 90_000 },
          },
        },
      ],
      after: [
        { kind: 'failing', id: 'f1', at: now + 1, job: job.name, relation: 'host', lastGood: null },
        {
          kind: 'failing',
          id: 'f2',
          at: now + 9_000,
          job: world.text,
          relation: null,
          lastGood: now,
        },
      ],
      more: 3,
      sameHost: 1,
      snapshots: 2,
      gaps: [world.text],
    },
  };
}

type Reach = (world: World) => State;
type Ways = Readonly<Record<string, Reach>>;

/** Ways to be at each kind of screen with nothing over it: the compiler demands every kind. */
const screens: Readonly<Record<Screen['kind'], Ways>> = {
  jobs: {
    'the jobs': opened,
    'the jobs, marked and sorted': (world) => press(opened(world), 'space', '>', '>', 'r'),
    'the jobs, none of them shown': (world) =>
      press(opened(world), '/', ...type('status:x'), 'enter'),
    'the jobs, sideways': (world) => press(opened(world), 'right', '$'),
    'the jobs beside their pane': (world) =>
      press({ ...opened(world), columns: 200 }, 'tab', 'j', 'G'),
    'no jobs': () => showing([]),
    'the jobs of a snapshot': (world) =>
      press(inside(world.jobs, { name: world.text, cluster: world.text, label: world.text }), 'j'),
    'the jobs of a file that is damaged': ({ jobs, text }) =>
      inside(jobs, {
        ...{ name: text, cluster: null, taken: null },
        verified: { verdict: 'damaged', text },
      }),
    'a lost server': (world) =>
      told(opened(world), {
        type: 'lost',
        trouble: 'unreachable',
        reason: world.text,
        now: Date.now(),
        retryAt: 0,
      }),
    'a result': (world) =>
      told(opened(world), { type: 'flash', flash: { level: 'error', text: world.text } }),
    'something under way': (world) => told(opened(world), { type: 'waiting', text: world.text }),
  },
  job: {
    'the details of a job': (world) => press(opened(world), 'd', 'tab', 'G', '$'),
    'a job': (world) => press(opened(world), 'enter'),
    'a job of a snapshot': (world) => press(inside(world.jobs), 'enter'),
    'a job, scrolled': (world) => press(opened(world), 'enter', 'J', 'J', 'j'),
    'a job that is gone': (world) => {
      const [, ...others] = world.jobs;
      return told(press(opened(world), 'enter'), {
        type: 'refreshed',
        jobs: new Map(others.map((job) => [job.name, { text: '', job }])),
        unreadable: [{ name: '', why: world.text }],
        busy: null,
        server: { name: world.text, version: world.text, tags: {} },
        leader: world.text,
        whom: null,
        node: { paused: true, behind: true },
        skew: 0,
        at: Date.now(),
        now: Date.now(),
        took: 9_000,
        nextAt: Date.now(),
      });
    },
  },
  plan: {
    'the difference in a plan': (world) => press(planning(world), 'tab', '$', 'G'),
    'a plan with what is the same': (world) => press(planning(world), 'o', 'G', '$'),
    'a plan': planning,
    'a plan, marked': (world) => press(planning(world), 'a', 'j'),
    'a plan, applied': (world) =>
      told(press(planning(world), 'a'), {
        type: 'progress',
        results: [{ name: world.jobs[0]!.name, outcome: 'refused', message: world.text }],
        total: 3,
      }),
  },
  again: {
    'jobs to run again': (world) => press(opened(world), '*', 't', 'space'),
    'jobs that are run again': (world) =>
      told(press(opened(world), '*', 't'), ranAgain(world, 'going')),
    'jobs that were run again, walked': (world) =>
      press(told(press(opened(world), '*', 't'), ranAgain(world, 'over')), 'G', 'k'),
    'jobs to run again, interrupted': (world) =>
      told(press(opened(world), '*', 't'), ranAgain(world, 'left')),
  },
  families: {
    'the families': familiesOf,
    'the families, one of them closed': (world) => press(familiesOf(world), 'o', 'j', 'G'),
    'no families': (world) => press(opened({ ...world, jobs: [aJob({ name: 'a' })] }), 'T'),
  },
  cluster: {
    'the cluster, looked for': (world) => press(opened(world), 'C'),
    'the cluster': (world) => press(clusterOf(world), 'j'),
    'what is told of the cluster': (world) => press(clusterOf(world), 'tab', 'G'),
    'a cluster that cannot be read': (world) =>
      told(press(opened(world), 'C'), {
        type: 'overview',
        at: now,
        overview: null,
        problem: world.text,
      }),
    'a cluster of which nothing is told': (world) => {
      const why = { why: world.text };
      return told(press(opened(world), 'C'), {
        type: 'overview',
        at: now - 60_000,
        overview: anOverview({
          ...{ members: why, leader: why, health: why, paused: why, figures: why, days: why },
        }),
      });
    },
  },
  contexts: {
    'the contexts': contextsOf,
    'no contexts': (world) => press(opened(world), ':', ...type('ctx'), 'enter'),
  },
  agenda: {
    'the hours of the agenda': (world) => press(agendaOf(world), 'tab', 'G', '$'),
    'the agenda, worked out': (world) => press(opened(world), 'A', '+'),
    'the agenda': agendaOf,
    'the agenda, walked': (world) => press(agendaOf(world), 'j', 'G'),
  },
  lint: {
    'the checks, asked': (world) => press(opened(world), ':', ...type('lint'), 'enter'),
    'the checks': (world) => press(linted(world), 'j', '$'),
    'the checks, marked': (world) => press(linted(world), 'a', 'space', 'G'),
    'the checks, filtered to nothing': (world) =>
      press(linted(world), '/', ...type('level:x'), 'enter'),
  },
  why: {
    'why, looked for': askingWhy,
    why: (world) => press(told(askingWhy(world), whyIn(world)), 'j'),
    'why, the pane': (world) => press(told(askingWhy(world), whyIn(world)), 'tab', 'G'),
    'why, nothing known': (world) =>
      told(askingWhy(world), {
        ...whyIn(world),
        why: { ...whyIn(world).why!, before: [], after: [] },
      }),
    'why, and it does not fail': (world) =>
      told(askingWhy(world), {
        ...whyIn(world),
        why: null,
        none: { text: world.text, failed: false },
      }),
  },
  missed: {
    'what was missed': (world) => press(missedOf(world), ':', ...type('missed'), 'enter'),
    'what was missed, walked': (world) =>
      press(missedOf(world), ':', ...type('missed'), 'enter', 'j', 'G'),
    'what was missed, filtered to nothing': (world) =>
      press(
        missedOf(world),
        ':',
        ...type('missed'),
        'enter',
        '/',
        ...type('owner:nobody-x'),
        'enter',
      ),
    'nothing was missed': (world) => press(opened(world), ':', ...type('missed'), 'enter'),
  },
  executions: {
    'the executions': (world) => press(opened(world), 'x'),
  },
  'run-comparison': {
    'two runs, being read': (world) => press(failing(world), 'x', 'D'),
    'two runs compared': (world) => runsCompared(world, '+'),
    'two runs compared, at the last difference': (world) =>
      press(runsCompared(world, '-'), 'N', '$'),
    'two runs that cannot be read': (world) =>
      told(press(failing(world), 'x', 'D'), {
        ...{ type: 'runs-read', job: world.jobs[0]!.name, ...failingKeys },
        ...{ runs: null, problem: world.text },
      }),
  },
  text: {
    'an output': output,
    'an output, unwrapped and searched': (world) =>
      press(output(world), 'w', 'l', '/', ...type('o'), 'enter', 'n', 'G'),
    'a job as JSON': (world) => press(opened(world), 'y', 'l'),
  },
  snapshots: {
    'the snapshots, looked for': (world) => press(opened(world), 'R'),
  },
  prune: {
    'what stays of the snapshots, looked for': (world) => pruneOf(world, null),
    'what stays of the snapshots': (world) => pruneOf(world, ['last snapshot', world.text]),
  },
  journal: {
    'the journal, looked for': (world) => press(opened(world), 'H'),
    'the journal': (world) => press(journalOf(world), 'j'),
    'the journal, with an operation that is being read': (world) =>
      press(journalOf(world), 'j', 'o'),
    'the journal, with an operation that is open': (world) => {
      const [first] = operationsOf(world);
      const opening = press(journalOf(world), 'o');
      return press(
        told(opening, { type: 'operation', key: first!.key, changes: pastOf(world) }),
        'j',
      );
    },
  },
  history: {
    'a history, looked for': (world) => press(opened(world), 'L'),
    'a history': (world) => press(told(press(opened(world), 'L'), historyIn(world)), 'j'),
    'the difference in a history': (world) =>
      press(told(press(opened(world), 'L'), historyIn(world)), 'tab', '$', 'G'),
    'a history that cannot be read': (world) =>
      told(press(opened(world), 'L'), { ...historyIn(world), history: null, problem: world.text }),
  },
  comparison: {
    'a comparison, looked for': comparing,
    'a comparison': (world) => press(told(comparing(world), comparisonOf(world)), 'j'),
    'the difference in a comparison': (world) =>
      press(told(comparing(world), comparisonOf(world)), 'x', 'tab', '$', 'G'),
    'a comparison, filtered to nothing': (world) =>
      press(told(comparing(world), comparisonOf(world)), '/', ...type('kind:x'), 'enter'),
    'a comparison that failed': (world) =>
      told(comparing(world), { ...comparisonOf(world), comparison: null, problem: world.text }),
  },
  fields: {
    'the fields of a job': (world) => press(opened(world), 'E'),
    'the fields of a job, walked': (world) => press(opened(world), 'E', 'j', 'G'),
    'the fields of a job with drafts': (world) => {
      const drafts = new Map([
        [`${world.jobs[0]!.name}:retries`, { text: world.text, base: '0', at: now }],
      ]);
      return told(press(opened(world), 'E'), { type: 'drafts', drafts });
    },
  },
};

/** The same of each kind of overlay, by the screen that it lies over. */
const overlays: Readonly<Record<Overlay['kind'], Partial<Record<Screen['kind'], Ways>>>> = {
  filter: {
    jobs: {
      'the jobs, filtered': (world) => press(opened(world), '/', ...type('!nothing')),
      'a pasted filter': (world) =>
        told(press(opened(world), '/'), { type: 'paste', text: world.text }),
    },
    text: {
      'an output, searched for what was pasted': (world) =>
        told(press(output(world), '/'), { type: 'paste', text: world.text }),
    },
  },
  confirm: {
    jobs: {
      'a question': (world) => press(opened(world), 's'),
    },
    plan: {
      'a plan, asked': (world) => press(planning(world), 'a', 'enter'),
    },
  },
  typed: {
    jobs: {
      'a question to be answered': (world) => press(opened(world), 'ctrl-d', ...type('a')),
      'a question answered wrongly': (world) =>
        press(opened(world), 'ctrl-d', ...type('b'), 'enter'),
    },
  },
  schedule: {
    jobs: {
      'a menu of schedules': (world) => press(opened(world), 'i', 'ctrl-o', 'down'),
      'the schedule editor': (world) => press(opened(world), 'i', ...type('1h')),
      'the schedule editor, refused': (world) =>
        told(press(opened(world), 'i', 'end', '1'), {
          type: 'schedule-refused',
          name: world.jobs[0]!.name,
          lines: [world.text],
        }),
      'the zone of a schedule': (world) =>
        told(press(opened(world), 'i', 'shift-tab'), { type: 'paste', text: world.text }),
    },
    job: {
      'the schedule editor in a job': (world) =>
        told(press(opened(world), 'enter', 'i'), { type: 'paste', text: world.text }),
    },
  },
  help: {
    jobs: {
      help: (world) => press(opened(world), '?'),
      'help, searched': (world) =>
        told(press(opened(world), '?'), { type: 'paste', text: world.text }),
    },
  },
  palette: {
    jobs: {
      'the palette': (world) => press(opened(world), ':'),
      'the palette with names': (world) => press(opened(world), ':', ...type('job ')),
    },
  },
  value: {
    jobs: {
      'a body': (world) => press(opened(world), 'b', 'down', 'end'),
      'a body, pasted into': (world) =>
        told(press(opened(world), 'b'), { type: 'paste', text: `${world.text}\n${world.text}` }),
      'a body, searched': (world) => press(opened(world), 'b', 'ctrl-g', ...type('o'), 'enter'),
    },
    fields: {
      'a value among the fields': (world) =>
        told(press(opened(world), 'E', 'G', 'enter'), { type: 'paste', text: world.text }),
    },
  },
  file: {
    snapshots: {
      'a file to open': (world) =>
        told(press(opened(world), 'R', 'o'), { type: 'paste', text: world.text }),
    },
  },
  pick: {
    jobs: {
      'a value to pick': (world) =>
        press(opened(world), ':', ...type('edit concurrency'), 'enter', 'down'),
    },
    fields: {
      'a value to pick among the fields': (world) =>
        press(opened(world), 'E', 'j', 'j', 'j', 'enter'),
    },
  },
};

export interface Way {
  readonly name: string;
  readonly screen: string;
  readonly overlay: string | null;
  readonly reach: Reach;
}

const waysOf = (screen: string, overlay: string | null, ways: Ways): Way[] =>
  Object.entries(ways).map(([name, reach]) => ({ name, screen, overlay, reach }));

/** The ways to each kind of screen and overlay. */
export const waysTo: readonly (readonly [kind: string, ways: readonly Way[]])[] = [
  ...Object.entries(screens).map(([screen, ways]) => [screen, waysOf(screen, null, ways)] as const),
  ...Object.entries(overlays).map(
    ([overlay, over]) =>
      [
        overlay,
        Object.entries(over).flatMap(([screen, ways]) => waysOf(screen, overlay, ways)),
      ] as const,
  ),
];

export const everyWay: readonly Way[] = waysTo.flatMap(([, ways]) => ways);
