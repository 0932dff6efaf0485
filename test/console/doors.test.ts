/** Every door of the console, tried with every rule of the checks: what is wrong is told there. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { editablePaths } from '../../src/console/editors/field-values.ts';
import { isAt } from '../../src/console/editors/judging.ts';
import { lintInSlices } from '../../src/console/effects/lint.ts';
import { createPlanEffects } from '../../src/console/effects/plans.ts';
import { frameOf } from '../../src/console/frame/frame.ts';
import { actions } from '../../src/console/registry.ts';
import { aroundOf } from '../../src/console/state/around.ts';
import type { Message, State } from '../../src/console/state/model.ts';
import { topScreen } from '../../src/console/state/stack.ts';
import { demoNode } from '../../src/demo/node.ts';
import { startDemo } from '../../src/demo/server.ts';
import { createClient } from '../../src/dkron/client.ts';
import { diffJobs } from '../../src/job/compare.ts';
import { pathOf } from '../../src/job/field-path.ts';
import type { Job } from '../../src/job/job.ts';
import { type Finding, findingWords, type Rule } from '../../src/job/lint/finding.ts';
import { checkJob } from '../../src/job/lint/lint.ts';
import { removePath, setPath } from '../../src/job/values/path.ts';
import { reversalsOf } from '../../src/journal/reversals.ts';
import { lineText } from '../../src/view/line.ts';
import { fakeClock } from '../support/clock.ts';
import { doorOf as writeDoor } from '../support/door.ts';
import { everyFlaw, type Flaw, flaws } from '../support/flaws.ts';
import { keepsNothing } from '../support/journal.ts';
import { known } from '../support/known.ts';
import { keepsNoPlan } from '../support/unfinished.ts';
import { now, press, pressing, refreshed, started, told, type } from './states.ts';

/** A console on a server with these jobs, the cursor on the first of that name. */
function on(flaw: Flaw, ...jobs: Job[]): State {
  const server = { name: 'n1', version: flaw.version ?? '4.1.2', tags: {} };
  const state = told(
    started(),
    refreshed([...jobs, ...flaw.others], { server, nodes: [demoNode().tags] }),
  );
  const [first] = jobs;
  return first === undefined ? state : press(state, '/', ...type(first.name), 'enter');
}

const command = (state: State, text: string): State => press(state, ':', ...type(text), 'enter');
const tall = (state: State): State => ({ ...state, rows: 70 });

interface Door {
  /** The state in which the door should tell it. */
  readonly open: (flaw: Flaw, found: Finding, rule: Rule) => State;
  /** The job that it makes, where that is another. */
  readonly makes?: (flaw: Flaw, rule: Rule) => Job;
  /** It was wrong before: it is told, and keeps nobody from another change. */
  readonly known?: true;
  /** Rules that cannot come through it, and why. */
  readonly not?: (rule: Rule, flaw: Flaw, found: Finding) => boolean;
}

const isSchedule = (found: Finding): boolean =>
  found.path === 'schedule' || found.path === 'timezone';
const rowOf = ({ job }: Flaw, found: Finding) =>
  editablePaths(job).find((keys) => isAt(pathOf(keys), found));

/** The text in the editor itself means no value, or no JSON, which is told with its place. */
const saidByText = new Set<Rule>(['header-control', 'setting-environment', 'setting-body']);

/** Where the flaw is one value that `:set` can name. */
function settingOf({ job, sound }: Flaw): string | undefined {
  const [change, another] = diffJobs(sound, job);
  if (change === undefined || another || change.after.includes('\ud800')) return undefined;
  const set =
    change.after === ''
      ? removePath(sound, change.path)
      : setPath(sound, change.path, change.after);
  return 'job' in set && diffJobs(set.job, job).length === 0
    ? `set ${change.path} ${change.after}`.trim()
    : undefined;
}

const change = (before: Job | null, after: Job | null) => ({
  id: '1',
  operation: 'one',
  at: new Date(now - 600_000).toISOString(),
  server: 'http://localhost:8080',
  job: (before ?? after)!.name,
  action: after === null ? ('delete' as const) : ('write' as const),
  before: before && JSON.stringify(before),
  sent: after && JSON.stringify(after),
  result: {
    id: '1',
    at: new Date(now - 600_000).toISOString(),
    outcome: 'written' as const,
    after: after && JSON.stringify(after),
  },
});

/** What the effect brings, the row of this finding under the cursor. */
function linted(before: State, wanted: Finding): State {
  const [asked, [effect]] = pressing(before, [':', ...type('lint'), 'enter']);
  if (effect?.type !== 'lint') throw new Error('nothing was asked');
  const [clock, messages] = [fakeClock(now), [] as Message[]];
  lintInSlices(
    { clock, dispatch: (message) => messages.push(message), state: () => asked },
    effect,
  );
  clock.advance(10);
  return press(told(asked, ...messages), '/', ...type(`rule:${wanted.rule}`), 'enter');
}

const doors = {
  'the schedule editor': {
    open: (flaw) => press(on(flaw, flaw.job), 'i'),
    // What has a parent has no schedule of its own to edit.
    not: (rule, _flaw, found) => !isSchedule(found) || rule === 'unused',
  },
  ':set': {
    open: (flaw) => command(on(flaw, flaw.sound), settingOf(flaw)!),
    not: (_rule, flaw) => settingOf(flaw) === undefined,
  },
  'the editor of a field, where it is so already': {
    open: (flaw, found) => command(on(flaw, flaw.job), `edit ${pathOf(rowOf(flaw, found)!)}`),
    not: (rule, flaw, found) =>
      isSchedule(found) || rowOf(flaw, found) === undefined || saidByText.has(rule),
  },
  'the fields screen': {
    open: (flaw) => tall(press(on(flaw, flaw.job), 'E')),
    not: (_rule, flaw, found) => rowOf(flaw, found) === undefined,
  },
  'the job screen': {
    open: (flaw) => tall(press(on(flaw, flaw.job), 'enter')),
    // It is about a job that is there: its parent was there when it was written.
    not: (rule) => /^parent-(missing|circle|disabled)$/.test(rule),
  },
  ':lint': {
    open: (flaw, found) => linted({ ...on(flaw, flaw.job), columns: 200 }, found),
    // It cannot be there with such a name or value.
    not: (rule) => ['name', 'shape', 'field-unknown'].includes(rule),
  },
  $EDITOR: {
    open: (flaw) =>
      told(on(flaw, flaw.sound), {
        type: 'edited',
        seen: flaw.sound,
        draft: null,
        wanted: flaw.job,
        said: null,
      }),
    // The file is refused with such a line, before it is a job.
    not: (rule) => rule === 'field-unknown',
  },
  ':create': {
    open: (flaw) =>
      told(on(flaw), {
        type: 'edited',
        seen: { ...flaw.sound, name: flaw.job.name },
        draft: null,
        wanted: flaw.job,
        said: null,
      }),
  },
  ':clone': {
    open: (flaw, _found, rule) =>
      rule === 'name'
        ? command(on(flaw, flaw.sound), 'clone Job')
        : command(on(flaw, flaw.job), 'clone copy'),
    makes: ({ job, sound }, rule) =>
      rule === 'name' ? { ...sound, name: 'Job' } : { ...job, name: 'copy' },
    // The copy is a job of its own below the same parent.
    not: (rule) => rule === 'parent-itself' || rule === 'parent-circle',
  },
  ':rename': {
    open: (flaw, _found, rule) =>
      rule === 'name'
        ? command(on(flaw, flaw.sound), 'rename Job')
        : command(on(flaw, flaw.job), 'rename copy'),
    makes: ({ job, sound }, rule) =>
      rule === 'name' ? { ...sound, name: 'Job' } : { ...job, name: 'copy' },
    not: (rule) => rule === 'parent-itself' || rule === 'parent-circle',
  },
  'undo of a deletion': {
    open: (flaw) => {
      const changes = [change(flaw.job, null)];
      const message: Message = {
        type: 'return',
        operations: [changes],
        reversals: reversalsOf(changes),
        undoes: ['one'],
      };
      return told(on(flaw), message);
    },
    // The journal has a text that went out, which is Unicode always.
    not: (rule) => rule === 'not-unicode',
  },
  ':enable': {
    open: (flaw) => command(on(flaw, { ...flaw.job, disabled: true }), 'enable'),
  },
  ':enable of several': {
    open: (flaw) => {
      const off = [flaw.job, { ...flaw.sound, name: 'zz' }].map((job) => ({
        ...job,
        disabled: true,
      }));
      const state = on(flaw, ...off);
      const marks = new Set(off.map(({ name }) => name));
      return command({ ...state, screens: [{ ...state.screens[0], marks }] }, 'enable');
    },
    known: true,
    // No such job can be there.
    not: (rule) => rule === 'name' || rule.startsWith('parent-'),
  },
} satisfies Record<string, Door>;

/** What a person reads, whatever lines it is broken into. */
const shown = (state: State): string =>
  frameOf(state)
    .lines.map((line) => lineText(line).trim())
    .join(' ')
    .replace(/[▌›│]/g, '')
    .replace(/\s+/g, ' ');

/** Dkron's standing prefix is left out right below the schedule. */
const wordsOf = (found: Finding): string =>
  findingWords(found)
    .replace("can't parse job schedule: ", '')
    .replace(/; write .*/, '');

describe.each(Object.entries<Door>(doors))('%s tells of', (_name, door) => {
  const { open, not, known, makes = ({ job }) => job } = door;
  const rules = everyFlaw.flatMap(([rule, flaw]) => {
    const made = makes(flaw, rule);
    const found = foundIn(rule, flaw, made);
    return found === undefined || not?.(rule, flaw, found) ? [] : [{ rule, flaw, found, made }];
  });

  it.each(rules)('$rule', ({ rule, flaw, found, made }) => {
    const state = open(flaw, found, rule);
    expect(shown(state)).toContain(wordsOf(found).replace(/\s+/g, ' '));
    const screen = topScreen(state);
    if (screen.kind !== 'plan') return;
    const item = screen.plan?.items.find(({ name }) => name === made.name);
    expect(item?.findings.map((each) => each.rule)).toContain(rule);
    expect(screen.marks.has(made.name)).toBe(known === true || found.level !== 'error');
  });
});

function foundIn(rule: Rule, flaw: Flaw, job: Job): Finding | undefined {
  return checkJob(job, aroundOf(on(flaw, job))).find((each) => each.rule === rule);
}

test('a rename whose copy is blocked disables nothing', () => {
  const { job } = flaws['setting-duration'];
  const screen = topScreen(command(on(flaws['setting-duration'], job), 'rename copy'));
  if (screen.kind !== 'plan') throw new Error('there is no plan');
  expect(screen.plan?.items.map(({ kind }) => kind)).toEqual(['blocked', 'change']);
  expect([...screen.marks]).toEqual([]);
});

test('a snapshot tells of all that is wrong, also with what is there already', async () => {
  const demo = await startDemo({ empty: true });
  const client = createClient({ url: demo.url });
  const folder = await mkdtemp(join(tmpdir(), 'console-doors-'));
  onTestFinished(async () => {
    await client.close();
    await demo.close();
    await rm(folder, { recursive: true });
  });
  const messages: Message[] = [];
  const planEffects = createPlanEffects({
    cluster: () => ({ id: 'c-1', name: 'c' }),
    client,
    door: writeDoor(client),
    keep: keepsNothing,
    unfinished: keepsNoPlan,
    folder,
    serverZone: 'UTC',
    now: Date.now,
    known,
    dispatch: (message) => messages.push(message),
  });
  // Those of one server, whose decoder takes them.
  const jobs = everyFlaw
    .filter(([rule, { version }]) => version === undefined && rule !== 'shape' && rule !== 'name')
    .map(([rule, { job }]) => ({ rule, job: { ...job, name: rule } }));
  const path = join(folder, 'jobs');
  await writeFile(path, jobs.map(({ job }) => `${JSON.stringify(job)}\n`).join(''));
  await planEffects.plan({ file: path });
  const [message] = messages;
  if (message?.type !== 'plan') throw new Error('there is no plan');
  for (const { rule } of jobs.filter(({ rule }) => !rule.startsWith('parent-'))) {
    const item = message.plan.items.find(({ name }) => name === rule);
    expect(
      item?.findings.map((found) => found.rule),
      rule,
    ).toContain(rule);
  }
});

test('every flaw is found by its rule, and the job without it is sound', () => {
  for (const [rule, flaw] of everyFlaw) {
    expect(foundIn(rule, flaw, flaw.job), rule).toBeDefined();
    expect(foundIn(rule, flaw, flaw.sound), rule).toBeUndefined();
  }
});

/** The door that each action which may write goes through; or why it writes no definition. */
const doorOf: Record<string, keyof typeof doors | 'a plan, checked when made' | 'no definition'> = {
  'again.start': 'no definition',
  'fields.edit': 'the editor of a field, where it is so already',
  'fields.edit-named': 'the editor of a field, where it is so already',
  'fields.next': ':set',
  'fields.set': ':set',
  'history.restore': 'a plan, checked when made',
  'job.allow': 'a plan, checked when made',
  'job.clear': 'no definition',
  'job.clone': ':clone',
  'job.create': ':create',
  'job.delete': 'no definition',
  'job.disable': 'no definition',
  'job.editor': '$EDITOR',
  'job.enable': ':enable',
  'job.forbid': 'a plan, checked when made',
  'job.rename': ':rename',
  'job.run': 'no definition',
  'job.schedule': 'the schedule editor',
  'job.switch': ':enable',
  'journal.undo': 'undo of a deletion',
  'lint.fix': 'a plan, checked when made',
  'maintenance.open': 'a plan, checked when made',
  'members.pause': 'no definition',
  'members.switch': 'no definition',
  'members.unpause': 'no definition',
  'plan.apply': 'a plan, checked when made',
};

test('no action writes a definition by another door', () => {
  const writing = actions.filter(({ dangerous }) => dangerous).map(({ id }) => id);
  expect(Object.keys(doorOf).sort()).toEqual(writing.sort());
});
