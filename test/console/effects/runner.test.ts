import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { NotFound, Unreachable } from '../../../src/base/errors.ts';
import { operatorError } from '../../../src/config/defects.ts';
import { openEditorFiles } from '../../../src/config/editor-files.ts';
import type { Home } from '../../../src/console/effects/home.ts';
import { createRunner, type RunnerOptions } from '../../../src/console/effects/runner.ts';
import type { Terminal } from '../../../src/console/effects/terminal.ts';
import { yamlKey } from '../../../src/console/state/drafts.ts';
import type { Effect, Message } from '../../../src/console/state/model.ts';
import type { Dkron } from '../../../src/dkron/client.ts';
import type { Execution } from '../../../src/dkron/shapes.ts';
import { fakeClock } from '../../support/clock.ts';
import { atHome } from '../../support/home.ts';
import { aJob, anExecution } from '../../support/jobs.ts';
import { press, showing } from '../states.ts';

const around = await mkdtemp(join(tmpdir(), 'dkron-tui-runner-'));
const folder = join(around, 'folder');
await mkdir(folder);
afterAll(() => rm(around, { recursive: true }));

/** What a test does not hand in is not asked for. */
const absent = <T extends object>(): T =>
  new Proxy({} as T, {
    get: (_, name) => () => Promise.reject(new Error(`${String(name)} was not expected`)),
  });

function running({
  home = {},
  ...parts
}: Partial<Omit<RunnerOptions, 'home'>> & { home?: Partial<Home> } = {}) {
  const messages: Message[] = [];
  const clock = fakeClock();
  const run = createRunner({
    client: absent<Dkron>(),
    clock,
    poller: { refresh: vi.fn(), pace: vi.fn(), busy: async () => null },
    terminal: () => null,
    home: atHome({
      jobEffects: absent(),
      whose: absent(),
      planEffects: absent(),
      planTexts: absent(),
      roster: absent(),
      archiveEffects: absent(),
      journalEffects: absent(),
      unfinishedEffects: absent(),
      maintenanceEffects: absent(),
      historyEffects: absent(),
      planFrom: absent(),
      compare: absent(),
      drafts: absent(),
      againEffects: absent(),
      stop: () => {},
      files: absent(),
      missed: absent(),
      times: absent(),
      ...home,
    }),
    state: () => showing([]),
    dispatch: (message) => messages.push(message),
    folder,
    heard: () => {},
    goTo: () => {},
    look: async () => {},
    settle: async () => {},
    known: (error) => operatorError(error, join(folder, 'defects')),
    ...parts,
  });
  const settled = (count: number) => vi.waitFor(() => expect(messages).toHaveLength(count));
  return { run, messages, clock, settled };
}

/** A server with these runs; remembers what it was asked. */
function serverOf(runs: readonly Execution[]) {
  const asked: string[] = [];
  const client: Partial<Dkron> = {
    executions: async (name, { outputLimit } = {}) => {
      asked.push(`${name} ${outputLimit}`);
      return { value: [...runs], whom: null };
    },
    execution: async (name, id) => {
      asked.push(`${name} ${id}`);
      return { value: anExecution({ id, output: 'all of it' }), whom: null };
    },
  };
  return { asked, client: client as Dkron };
}

describe('the runs of a job', () => {
  it('are asked for where the cursor rests, not where it passed', async () => {
    const { asked, client } = serverOf([anExecution()]);
    const { run, clock, messages, settled } = running({ client });
    for (const name of ['a', 'b', 'c']) {
      run({ type: 'load-runs', name, soon: true });
      clock.advance(100);
    }
    expect(asked).toEqual([]);
    clock.advance(150);
    await settled(1);
    expect(asked).toEqual(['c 2000']);
    expect(messages).toMatchObject([
      { type: 'runs', name: 'c', runs: { list: [{ job_name: 'refresh' }] } },
    ]);
  });

  it('that cannot be had say so where they would stand', async () => {
    const executions = () => Promise.reject(new Unreachable('nothing answers'));
    const { run, messages, settled } = running({ client: { ...absent<Dkron>(), executions } });
    run({ type: 'load-runs', name: 'a' });
    await settled(1);
    expect(messages).toMatchObject([
      { type: 'runs', name: 'a', runs: { list: [], error: 'nothing answers' } },
    ]);
  });
});

describe('an output', () => {
  const run1 = anExecution({ id: '1', output: 'the end', output_truncated: true });
  const load = (whole: boolean): Effect => ({
    type: 'load-output',
    name: 'a',
    execution: '1',
    whole,
  });

  it('is loaded by its end first, whole when asked for', async () => {
    const { asked, client } = serverOf([run1]);
    const { run, messages, settled } = running({ client });
    run(load(false));
    await settled(1);
    run(load(true));
    await settled(2);
    expect(asked).toEqual(['a 20000', 'a 1']);
    expect(messages).toEqual([
      { type: 'output', execution: '1', text: 'the end', truncated: true },
      { type: 'output', execution: '1', text: 'all of it', truncated: false },
    ]);
  });

  it('of a run that Dkron forgot says so', async () => {
    const { client } = serverOf([]);
    const { run, messages, settled } = running({ client });
    run(load(false));
    await settled(1);
    expect(messages).toMatchObject([
      {
        type: 'flash',
        flash: { level: 'error', text: 'a: Dkron does not keep this run any more' },
      },
    ]);
  });
});

describe('saving a text', () => {
  const save = async (name: string, text = 'text') => {
    const { run, messages, settled } = running();
    run({ type: 'save-text', name, text });
    await settled(1);
    return messages[0];
  };

  it('writes it as it is, for its owner only, and never over another file', async () => {
    const path = join(folder, 'a-output.txt');
    expect(await save('a-output', '\x1b[31mred\x1b[0m\n')).toMatchObject({
      flash: { level: 'ok', text: `saved to ${path}` },
    });
    expect(await readFile(path, 'utf8')).toBe('\x1b[31mred\x1b[0m\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await save('a-output', 'other')).toMatchObject({
      flash: {
        level: 'error',
        text: expect.stringContaining(`${path} cannot be written: it already exists`),
      },
    });
    expect(await readFile(path, 'utf8')).not.toBe('other');
  });

  it('goes to the context that was chosen', () => {
    const goTo = vi.fn();
    running({ goTo }).run({ type: 'open-context', name: 'prod' });
    expect(goTo).toHaveBeenCalledExactlyOnceWith('prod');
  });

  it('stays in the folder, whatever a server calls its jobs', async () => {
    for (const name of ['../escaped-output', '/escaped-output', 'a\\..\\b\n\0-output'])
      expect(await save(name)).toMatchObject({ flash: { level: 'ok' } });
    expect(await readdir(around)).toEqual(['folder']);
    expect(await readdir(folder)).toContainEqual(
      expect.stringMatching(/^-escaped-output~[0-9a-f]{16}\.txt$/),
    );
  });
});

describe('what goes wrong', () => {
  it.each<Effect>([
    { type: 'snapshot' },
    { type: 'list-snapshots' },
    { type: 'keep-draft', key: 'a:schedule', draft: null },
    { type: 'run', names: ['a'] },
    { type: 'undo' },
  ])('in $type is told, never thrown', async (effect) => {
    const { run, messages, settled } = running();
    run(effect);
    await settled(1);
    expect(messages).toMatchObject([{ type: 'flash', flash: { level: 'error' } }]);
  });

  it('in the runs by a defect of ours says where its details are', async () => {
    const executions = () => Promise.reject(new TypeError('x is not a function'));
    const { run, messages, settled } = running({ client: { ...absent<Dkron>(), executions } });
    run({ type: 'load-runs', name: 'a' });
    await settled(2);
    expect(messages).toMatchObject([
      { type: 'runs', runs: { error: 'dkron-tui failed because of a defect of its own' } },
      { type: 'flash', flash: { level: 'error', text: expect.stringContaining(folder) } },
    ]);
  });

  it('with a plan takes the empty plan away first', async () => {
    const error = new NotFound('no file /tmp/x', { next: 'Look for it.' });
    const { run, messages, settled } = running({
      home: {
        planEffects: { ...absent<Home['planEffects']>(), plan: () => Promise.reject(error) },
      },
    });
    run({ type: 'plan-restore', file: '/tmp/x' });
    await settled(2);
    expect(messages).toEqual([
      { type: 'no-plan', id: '/tmp/x' },
      { type: 'flash', flash: { level: 'error', text: 'no file /tmp/x · Look for it.' } },
    ]);
  });
});

it('the terminal does what is its own, and nothing before it is there', () => {
  const terminal: Terminal = {
    copy: (text) => ({ level: 'ok', text: `sent ${text}` }),
    redraw: vi.fn(),
    notify: vi.fn(),
    handOver: vi.fn(async (work) => work()),
    suspend: vi.fn(async () => {}),
    quit: vi.fn(),
  };
  const { run, messages } = running({ terminal: () => terminal });
  for (const type of ['redraw', 'suspend', 'quit'] as const) run({ type });
  run({ type: 'copy', text: 'a' });
  for (const act of [terminal.redraw, terminal.suspend, terminal.quit])
    expect(act).toHaveBeenCalledTimes(1);
  expect(messages).toContainEqual({ type: 'flash', flash: { level: 'ok', text: 'sent a' } });
  const early = running();
  for (const type of ['redraw', 'suspend', 'quit'] as const)
    expect(() => early.run({ type })).not.toThrow();
});

describe('what waits for a moment', () => {
  it('a text is checked once one pauses, as it is then', () => {
    const { run, clock, messages } = running();
    const lines = ['b'];
    run({ type: 'check-later', lines: ['a'] });
    clock.advance(299);
    run({ type: 'check-later', lines });
    clock.advance(299);
    expect(messages).toEqual([]);
    clock.advance(1);
    expect(messages).toEqual([{ type: 'check', lines }]);
    expect((messages[0] as { lines: unknown }).lines).toBe(lines);
    clock.advance(10_000);
    expect(messages).toHaveLength(1);
  });

  it('the cursor rests once no key moved it for a moment', () => {
    const { run, clock, messages } = running();
    run({ type: 'rest-later' });
    clock.advance(99);
    run({ type: 'rest-later' });
    clock.advance(99);
    expect(messages).toEqual([]);
    clock.advance(10_000);
    expect(messages).toEqual([{ type: 'rested' }]);
  });

  it('words about a key go after three seconds, each for itself', () => {
    const { run, clock, messages } = running();
    const [one, two] = ['one', 'two'].map((text) => ({ level: 'info', text }) as const);
    run({ type: 'forget-later', flash: one! });
    clock.advance(1_000);
    run({ type: 'forget-later', flash: two! });
    clock.advance(1_999);
    expect(messages).toEqual([]);
    clock.advance(1);
    expect(messages).toEqual([{ type: 'forget', flash: one }]);
    clock.advance(1_000);
    expect(messages).toHaveLength(2);
  });

  it('the agenda is of the jobs that are there, by what this version makes of a schedule', () => {
    const jobs = [
      { name: 'a', schedule: '0 0 * * * *' },
      { name: 'b', schedule: '~ 0 * * * *' },
    ];
    // Who has left the screen waits for none.
    const state = press(showing(jobs), 'A');
    const effect = { type: 'agenda', names: ['a', 'gone'], from: state.now, hours: 6 } as const;
    const { run, clock, messages } = running({ state: () => state });
    run(effect);
    expect(messages).toEqual([]);
    clock.advance(20);
    expect(messages).toMatchObject([{ type: 'agenda', hours: 6, agenda: { total: 6 } }]);
    const total = (version: string | null): number => {
      const server = version === null ? null : { name: 'n1', version, tags: {} };
      const at = running({ state: () => ({ ...state, server }) });
      at.run({ ...effect, names: ['b'] });
      at.clock.advance(20);
      const [message] = at.messages;
      return message?.type === 'agenda' ? message.agenda.total : Number.NaN;
    };
    expect([total('4.1.2'), total('3.2.7'), total(null)]).toEqual([6, 0, 6]);
  });
});

it('without a terminal nothing is copied, which is said, and no editor opens', () => {
  const { run, messages } = running();
  run({ type: 'copy', text: 'a' });
  expect(messages).toMatchObject([{ type: 'flash', flash: { level: 'error' } }]);
  run({ type: 'edit-outside', seen: aJob() });
  expect(messages).toHaveLength(1);
});

it('the screen is drawn afresh by the terminal, and by the time', () => {
  const { run, clock, messages } = running();
  run({ type: 'redraw' });
  expect(messages).toEqual([{ type: 'clock', now: clock.now() }]);
});

it.each([true, false])('what came of an editor says whether the job is new: %s', async (isNew) => {
  const seen = aJob();
  const kept: string[] = [];
  const { run, messages, settled } = running({
    terminal: () => ({ handOver: async () => {} }) as unknown as Terminal,
    home: {
      files: openEditorFiles(join(folder, 'editor')),
      drafts: { ...absent<Home['drafts']>(), keep: async (key) => void kept.push(key) },
    },
  });
  run({ type: 'edit-outside', seen, ...(isNew ? { isNew } : {}) });
  await settled(1);
  expect(messages).toMatchObject([{ type: 'edited', seen, isNew, wanted: null }]);
  expect(kept).toEqual([yamlKey(seen.name)]);
});
