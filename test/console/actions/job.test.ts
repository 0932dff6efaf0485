import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import type { Job } from '../../../src/job/job.ts';
import { effectsOf, press, refreshed, showing, told, type } from '../states.ts';

const family: readonly Partial<Job>[] = [
  { name: 'a' },
  { name: 'child', parent_job: 'root' },
  { name: 'off', disabled: true },
  { name: 'root', dependent_jobs: ['child'] },
];
/** Rows: a, off, root, └ child. */
const state = showing(family);
const asked = (shown: State) => {
  const { overlay } = shown;
  if (overlay?.kind === 'confirm') return { question: overlay.question, effect: overlay.effect };
  if (overlay?.kind === 'typed')
    return { question: overlay.question.join(' '), effect: overlay.effect };
  return null;
};

describe('one job', () => {
  it('is run once the question is answered', () => {
    expect(asked(press(state, 't'))).toMatchObject({ question: 'Run a now on localhost:8080?' });
    expect(effectsOf(state, 't', 'y')).toEqual([{ type: 'run', names: ['a'] }]);
    expect(effectsOf(state, 't', 'n')).toEqual([]);
  });

  it('is written as enabled or disabled, never toggled', () => {
    expect(effectsOf(state, 's', 'y')).toMatchObject([
      { plan: { action: 'disable', items: [{ name: 'a' }] } },
    ]);
    expect(effectsOf(state, 'j', 's', 'y')).toMatchObject([
      { plan: { action: 'enable', items: [{ name: 'off' }] } },
    ]);
    const changed = told(press(state, 's'), refreshed([{ name: 'a', disabled: true }]));
    expect(effectsOf(changed, 'y')).toMatchObject([{ plan: { action: 'disable' } }]);
  });

  it('that is disabled does not run', () => {
    expect(press(state, 'j', 't').flash?.text).toBe('run: off is disabled: s enables it first');
  });

  it('is deleted once its name is typed', () => {
    const keys = ['ctrl-d', 'a', 'enter'];
    expect(effectsOf(state, ...keys)).toMatchObject([
      { type: 'delete', plan: { items: [{ name: 'a', kind: 'delete' }] } },
    ]);
    expect(effectsOf(state, 'ctrl-d', ...type('off'), 'enter')).toEqual([]);
    expect(press(state, 'ctrl-d', 'enter').overlay).toMatchObject({ kind: 'typed' });
    expect(press(state, 'ctrl-d', 'esc').flash?.text).toContain('cancelled');
  });

  it('is not deleted while it has children', () => {
    const after = press(state, 'j', 'j', 'ctrl-d');
    expect(after.overlay).toBeNull();
    expect(after.flash?.text).toBe('delete: Dkron keeps root while it has children: child');
  });

  it('whose name begins others says that their past goes too', () => {
    const begins = showing([{ name: 'etl' }, { name: 'etl-2' }, { name: 'zones' }]);
    expect(asked(press(begins, 'ctrl-d'))?.question).toContain(
      'those of etl-2, whose names begin the same.',
    );
    expect(asked(press(begins, 'G', 'ctrl-d'))?.question).not.toContain('begin');
  });
});

describe('marked jobs', () => {
  it('are what is done something to, wherever the cursor stands', () => {
    const marked = press(state, 'space');
    expect(asked(press(marked, 't'))).toMatchObject({ effect: { type: 'run', names: ['a'] } });
    const off = press(state, 'j', 'space', 'g');
    expect(press(off, 't').flash?.text).toContain('off is disabled');
  });

  it('are named in the question, also those that a filter hides', () => {
    const hidden = press(state, 'space', 'G', 'space', '/', ...type('child'), 'enter');
    const question = asked(press(hidden, 'ctrl-d'))?.question;
    expect(question).toContain('Delete the 2 marked jobs');
    expect(question).toContain('a, child');
    expect(effectsOf(hidden, 'ctrl-d', '2', 'enter')).toMatchObject([
      { type: 'delete', plan: { items: [{ name: 'child' }, { name: 'a' }] } },
    ]);
  });

  it('may be a parent with its children, and not without', () => {
    const both = press(state, 'j', 'j', 'space', 'space', 'ctrl-d');
    expect(asked(both)?.question).toContain('Delete the 2 marked jobs');
    const parent = press(state, 'space', 'j', 'space', 'ctrl-d');
    expect(parent.flash?.text).toContain('Dkron keeps root');
  });

  it('are enabled or disabled by a plan that shows each', () => {
    const plan = press(state, 'space', 'space', 's');
    expect(topScreen(plan)).toMatchObject({
      kind: 'plan',
      title: 'Disable 2 jobs',
      marks: new Set(['a']),
    });
  });

  it('that are many are counted where they cannot all be named', () => {
    const many = showing(Array.from({ length: 30 }, (_, at) => ({ name: `job-${at + 10}` })));
    expect(asked(press(many, '*', 'ctrl-d'))?.question).toMatch(/job-19 and 20 more$/);
  });
});

describe('what is read of a job', () => {
  const http = { method: 'POST', url: 'http://x/', body: '{"a":[1]}' };
  const job = { name: 'a', executor: 'http', executor_config: http };
  const text = (shown: State) => {
    const screen = topScreen(shown);
    if (screen.kind !== 'text') throw new Error(`on top is ${screen.kind}`);
    return screen;
  };

  it('is the whole job as it is stored, its lines whole', () => {
    const { what, title, wrap, text: shown } = text(press(showing([job]), 'y'));
    expect([what, wrap]).toEqual(['raw', false]);
    expect(title).toMatch(/^a {2}\S/);
    expect(JSON.parse(shown ?? '')).toMatchObject(job);
  });

  it('is the body laid out where nothing may be written, else its editor', () => {
    const { what, wrap, text: shown } = text(press(showing([job], [], { readOnly: true }), 'b'));
    expect([what, wrap, shown]).toEqual(['body', true, '{\n  "a": [\n    1\n  ]\n}']);
    expect(press(showing([job]), 'b').overlay?.kind).toBe('value');
  });

  it.each([
    ['has none', { ...job, executor_config: { method: 'GET', url: 'http://x/' } }],
    ['has an empty one', { ...job, executor_config: { ...http, body: '' } }],
    ['has no settings', { ...job, executor_config: null }],
  ])('is no body where the job %s', (_, other) => {
    const after = press(showing([other]), 'b');
    expect([after.overlay, after.flash?.text]).toEqual([null, 'body: this job has no body']);
  });
});

describe('clearing the runs', () => {
  const say = [':', ...type('clear'), 'enter'];
  const on = (version: string): State =>
    told(
      showing([{ name: 'a' }]),
      refreshed([{ name: 'a' }], { server: { name: 'n1', version, tags: {} } }),
    );

  it('is asked about from the version on that can', () => {
    expect(press(on('4.1.0'), ...say).overlay).toMatchObject({ kind: 'typed', expected: 'a' });
    const old = press(on('4.0.9'), ...say);
    expect([old.overlay, old.flash?.text]).toEqual([null, expect.stringContaining('4.1.0')]);
    const unknown: State = { ...on('4.1.0'), server: null };
    expect(press(unknown, ...say).overlay).toMatchObject({ kind: 'typed' });
  });
});
