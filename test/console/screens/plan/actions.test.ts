import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import { listingOf } from '../../../../src/console/screens/table.ts';
import type { PlanScreen, State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import type { CheckedItem, RestoreKind } from '../../../../src/plan/model.ts';
import { lineText } from '../../../../src/view/line.ts';
import { aJob } from '../../../support/jobs.ts';
import { aSnapshot } from '../../../support/snapshots.ts';
import { effectsOf, press, pressing, refreshed, showing, told, type } from '../../states.ts';

const item = (name: string, kind: RestoreKind, parent = ''): CheckedItem => ({
  name,
  kind,
  why: '',
  changes: [],
  job: aJob({ name, parent_job: parent }),
  seen: null,
  children: [],
  findings: [],
});
const items = [
  item('root', 'new'),
  item('child', 'new', 'root'),
  item('same', 'same'),
  item('changed', 'change'),
  item('lost', 'blocked'),
  item('here', 'only-here'),
];
const files = ['one', 'two'].map((name) => aSnapshot({ name, jobs: 6 }));
const listed = told(press(showing([{ name: 'here' }]), 'R'), { type: 'snapshots', files });
const comparing = press(listed, 'R');
const plan = { type: 'plan', id: '/s/one', plan: { items } } as const;
const planned = told(comparing, plan);

/** The plan, wherever it stands in the stack. */
const screen = (state: State): PlanScreen => {
  const found = state.screens.findLast((candidate) => candidate.kind === 'plan');
  if (!found) throw new Error('there is no plan');
  return found;
};
const marks = (state: State): string[] => [...screen(state).marks];
const progress = (name: string) =>
  ({
    type: 'progress',
    results: [{ name, outcome: 'written', message: '' }],
    total: 3,
  }) as const;

describe('the snapshots', () => {
  it('have a cursor as soon as they are there, and keep it when another is taken', () => {
    expect(topScreen(listed)).toMatchObject({ cursor: { key: '/s/one' } });
    const second = press(listed, 'j');
    const newer = [{ ...files[0]!, path: '/s/three' }, ...files];
    expect(topScreen(told(second, { type: 'snapshots', files: newer }))).toMatchObject({
      cursor: { key: '/s/two' },
    });
  });

  it('are asked for by path, and looked into as those of the list', () => {
    const keys = ['o', ...type('/tmp/x y'), 'enter'];
    expect(effectsOf(listed, ...keys)).toEqual([{ type: 'look-inside', file: '/tmp/x y' }]);
    expect(press(listed, 'o', 'enter').overlay).toMatchObject({ kind: 'file' });
    expect(press(listed, 'o', 'esc').overlay).toBeNull();
  });
});

describe('what is the same', () => {
  const many = [
    item('one', 'same'),
    item('two', 'same'),
    item('new', 'new'),
    item('here', 'only-here'),
    item('three', 'same'),
  ];
  const folded = told(comparing, { ...plan, plan: { items: many } });
  const rows = (state: State) =>
    Array.from(listingOf(state)!.list.keys, (key) => key.replace('\0', '+'));
  const shown = (state: State) =>
    frameOf(state)
      .lines.slice(3, 10)
      .map((line) => lineText(line).trim());

  it('is one line below all else, which says how many that are', () => {
    expect(rows(folded)).toEqual(['new', 'here', '+same']);
    expect(shown(folded)[2]).toMatch(/^▸ 3 unchanged +same +o shows them$/);
  });

  it.each(['space', 'enter', 'o'])('opens and closes with %s, the cursor in its place', (key) => {
    const at = press(folded, 'G');
    const open = press(at, key);
    expect(rows(open)).toEqual(['new', 'here', '+same', 'one', 'two', 'three']);
    expect(shown(open)[2]).toMatch(/^▌ +▾ 3 unchanged +same +o hides them$/);
    expect(rows(press(open, key))).toEqual(rows(folded));
    expect(screen(press(open, key)).cursor.key).toBe(screen(at).cursor.key);
  });

  it('leaves the cursor on its line when it is closed from within', () => {
    const within = press(folded, 'o', 'G');
    expect(screen(within).cursor.key).toBe('three');
    expect(screen(press(within, 'o')).cursor.key).toBe('\0same');
  });

  it('is one line of each kind, opened where the cursor is and elsewhere together', () => {
    const others = ['x', 'y'].map((name) => item(name, 'only-here'));
    const two = told(comparing, { ...plan, plan: { items: [...many, ...others] } });
    expect(rows(two)).toEqual(['new', '+only-here', '+same']);
    expect(shown(two)[1]).toMatch(/^▸ 3 others +only here +stay as they are; o shows them$/);
    const open = ['new', '+only-here', 'here', 'x', 'y', '+same', 'one', 'two', 'three'];
    expect(rows(press(two, 'o'))).toEqual(open);
    expect(rows(press(two, 'o', 'o'))).toEqual(rows(two));
    expect(rows(press(two, 'j', 'o'))).toEqual(open.slice(0, 6));
    const within = press(two, 'o', 'j', 'j', 'j', 'o');
    expect(rows(within)).toEqual(['new', '+only-here', '+same', 'one', 'two', 'three']);
    expect(screen(within).cursor.key).toBe('\0only-here');
  });

  it('opens for a filter, and is no line of its own when it is one job', () => {
    expect(rows(press(folded, '/', ...type('t')))).toEqual(['two', 'three']);
    expect(rows(planned)).toContain('same');
  });

  it('is never written', () => {
    expect(marks(press(folded, 'a'))).toEqual(['new']);
    expect(effectsOf(folded, 'a', 'G', 'enter')).toEqual([]);
  });
});

describe('long names', () => {
  const name = `${'long-'.repeat(12)}end`;
  const state = told(comparing, { ...plan, plan: { items: [item(name, 'new')] } });
  const shown = (columns: number) => frameOf({ ...state, columns }).lines.map(lineText);

  it('are whole where there is room, and above the difference everywhere', () => {
    expect(shown(200)[3]).toContain(name);
    expect(shown(80)[3]).toContain('…');
    expect(shown(80).join('\n')).toContain(`difference of ${name}`);
  });
});

describe('the difference', () => {
  const changes = Array.from({ length: 30 }, (_, at) => ({
    keys: [`field-${at}`],
    path: `field-${at}`,
    before: 'x'.repeat(100),
    after: `${'y'.repeat(100)}end`,
  }));
  const differing = told(comparing, {
    ...plan,
    plan: { items: [{ ...item('root', 'change'), changes }, item('other', 'new')] },
  });
  const text = (state: State) => frameOf(state).lines.map(lineText).join('\n');

  it('takes the keys that move with tab, and gives them back with tab and esc', () => {
    expect(text(differing)).toContain('more lines: tab');
    const inside = press(differing, 'tab', 'G');
    expect(text(inside)).toContain('field-29');
    expect(screen(inside).cursor.key).toBe('root');
    for (const key of ['tab', 'esc']) {
      const back = press(inside, key, 'j');
      expect(screen(back).cursor.key).toBe('other');
      expect(screen(back).top).toBe(0);
    }
  });

  it('shows the ends of its lines', () => {
    expect(text(press(differing, 'tab'))).not.toContain('yend');
    expect(text(press(differing, 'tab', '$'))).toContain('yend');
    expect(text(press(differing, 'tab', '$', '0'))).toBe(text(press(differing, 'tab')));
  });
});

describe('a plan', () => {
  it('starts on the first job that would be written', () => {
    expect(screen(planned).cursor.key).toBe('root');
  });

  it('arrives also while another screen lies over it', () => {
    const elsewhere = press(comparing, ':', ...type('job here'), 'enter');
    const after = told(elsewhere, plan);
    expect(topScreen(after).kind).toBe('job');
    expect(screen(after).plan?.items).toHaveLength(6);
  });

  it('that could not be made is gone, and nothing else', () => {
    const elsewhere = press(comparing, ':', ...type('job here'), 'enter');
    const after = told(elsewhere, { type: 'no-plan', id: '/s/one' });
    expect(after.screens.map(({ kind }) => kind)).toEqual(['jobs', 'snapshots', 'job']);
  });

  it('of another file is not taken for this one', () => {
    expect(screen(told(comparing, { ...plan, id: '/s/two' })).plan).toBeNull();
  });

  it('marks what can be written, and says why the rest cannot', () => {
    expect(marks(press(planned, 'space'))).toEqual(['root']);
    expect(marks(press(planned, 'space', 'space'))).toEqual([]);
    const same = press(planned, 'G', 'space');
    expect(marks(same)).toEqual([]);
    expect(same.flash?.text).toBe('same: same; nothing to write');
  });

  it('marks the new parent with its child, for Dkron needs it first', () => {
    expect(marks(press(planned, 'j', 'space')).sort()).toEqual(['child', 'root']);
  });

  it('marks all that is shown, and only that', () => {
    expect(marks(press(planned, 'a')).sort()).toEqual(['changed', 'child', 'root']);
    expect(marks(press(planned, 'a', 'a'))).toEqual([]);
    const filtered = press(planned, 'space', '/', ...type('changed'), 'enter');
    expect(marks(press(filtered, 'a')).sort()).toEqual(['changed', 'root']);
    expect(marks(press(filtered, 'a', 'a'))).toEqual(['root']);
  });

  it('never acts on a row that the filter hides', () => {
    const filtered = press(planned, '/', ...type('chan'), 'enter');
    expect(screen(filtered).cursor.key).toBe('changed');
    expect(marks(press(filtered, 'space'))).toEqual(['changed']);
    const none = press(planned, '/', ...type('zzz'), 'enter');
    expect(marks(press(none, 'space'))).toEqual([]);
  });

  it('takes kinds as filters, and names a filter that there is not', () => {
    const rows = (words: string) => listingOf(press(planned, '/', ...type(words)))?.list.keys;
    expect(rows('plan:new')).toEqual(['root', 'child']);
    expect(rows('!plan:new !only')).toEqual(['changed', 'lost', 'same']);
    expect(rows('kind:failed')).toEqual([]);
    const lines = frameOf(press(planned, '/', ...type('kind:failed'))).lines.map(lineText);
    expect(lines[3]).toMatch(/kind: is not a filter\. Filters are plan: result: status:/);
  });

  it('completes the filters that it knows', () => {
    const shown = (state: State): string => frameOf(state).lines.map(lineText).join('\n');
    const words = shown(press(planned, ':', ...type('filter res'), 'tab'));
    expect(words).toContain('filter result:');
    expect(
      shown(press(press(planned, 'esc', 'esc'), ':', ...type('filter res'), 'tab')),
    ).not.toContain('filter result:');
  });

  it('loses its filter to the first esc, then is left', () => {
    const filtered = press(planned, 'space', '/', ...type('chan'), 'enter');
    const first = press(filtered, 'esc');
    expect([screen(first).filter, marks(first)]).toEqual(['', ['root']]);
    expect(topScreen(press(first, 'esc')).kind).toBe('snapshots');
  });

  it('keeps its marks and its cursor while the jobs behind it change', () => {
    const marked = press(planned, 'a', 'j');
    expect(screen(told(marked, refreshed([])))).toBe(screen(marked));
  });
});

describe('a plan that is left', () => {
  const left = press(planned, 'j', 'space', 'esc');

  it('is marked again when it is opened again, with its cursor', () => {
    expect(topScreen(left).kind).toBe('snapshots');
    const again = press(left, 'R');
    expect(again.flash?.text).toBe('what you had marked here before is marked again');
    expect(marks(told(again, plan)).sort()).toEqual(['child', 'root']);
    expect(screen(told(again, plan)).cursor.key).toBe('child');
  });

  it('is so also on the way to the jobs', () => {
    const jobs = press(planned, 'a', ':', ...type('jobs'), 'enter');
    expect(jobs.screens.map(({ kind }) => kind)).toEqual(['jobs']);
    const again = told(press(jobs, 'R'), { type: 'snapshots', files });
    expect(marks(told(press(again, 'R'), plan)).sort()).toEqual(['changed', 'child', 'root']);
  });

  it('says nothing of another plan, nor of one that was left without marks', () => {
    expect(marks(told(press(left, 'j', 'R'), { ...plan, id: '/s/two' }))).toEqual([]);
    const unmarked = press(planned, 'esc', 'R');
    expect(unmarked.flash).toBeNull();
  });
});

describe('a plan that is made anew', () => {
  const marked = press(planned, 'a', 'j', 'j');
  const fewer = { items: [item('new', 'new'), items[2]!, items[3]!] };
  const anew = told(marked, { ...plan, plan: fewer });

  it('keeps its cursor and its marks, as far as there is something to mark', () => {
    expect(screen(marked).cursor.key).toBe('changed');
    expect(screen(anew).cursor.key).toBe('changed');
    expect(marks(anew)).toEqual(['changed']);
    expect(anew.flash?.text).toBe(
      '2 jobs that you chose cannot be marked: the same there, or blocked',
    );
  });

  it('has no results of the plan before', () => {
    const done = told(marked, progress('root'), { type: 'applied', text: '', ok: true });
    expect(screen(done).results.size).toBe(1);
    expect(screen(told(done, plan)).results.size).toBe(0);
  });
});

describe('writing a plan', () => {
  const asked = press(planned, 'a', 'enter');
  const writing = press(asked, 'y');

  it('needs marks, and says what is asked for', () => {
    expect(press(planned, 'enter').flash?.text).toContain('nothing is marked');
    expect(asked.overlay).toMatchObject({
      question: 'Write 3 jobs to localhost:8080, replacing 1 definition there?',
    });
  });

  it('writes what was marked when it was asked, in the order of the plan', () => {
    expect(effectsOf(told(asked, { ...plan, plan: { items: [] } }), 'y')).toEqual([
      {
        type: 'apply-plan',
        title: 'Restore  one',
        plan: { items },
        names: ['root', 'child', 'changed'],
      },
    ]);
  });

  it('happens once, however often one asks', () => {
    expect(screen(writing).applying).toEqual({ done: 0, total: 3 });
    expect(press(writing, 'enter').overlay).toBeNull();
    expect(press(writing, 'enter').flash?.text).toContain('already writing');
  });

  it('is not begun by a key of a heap', () => {
    const [after, effects] = pressing(asked, ['y'], true);
    expect(effects).toEqual([]);
    expect(screen(after).applying).toBeNull();
  });

  it('that deletes a job too asks for its name', () => {
    const deleting = { items: [item('changed', 'change'), item('one', 'delete')] };
    const opened = told(comparing, { ...plan, plan: deleting });
    const asked = press(opened, 'a', 'enter');
    expect(asked.overlay).toMatchObject({
      kind: 'typed',
      question: [
        'Write 1 job to localhost:8080, replacing 1 definition there, and delete 1 job with all runs?',
      ],
    });
    expect(screen(press(asked, '1', 'enter')).applying).toBeNull();
    const effects = effectsOf(asked, ...type('one'), 'enter');
    expect(effects).toEqual([
      { type: 'apply-plan', title: 'Restore  one', plan: deleting, names: ['changed', 'one'] },
    ]);
    expect(screen(press(asked, ...type('one'), 'enter')).applying).toEqual({ done: 0, total: 2 });
  });

  it.each<[kinds: RestoreKind[], question: string]>([
    [['new'], 'Write 1 job to localhost:8080?'],
    [['change', 'change'], 'Write 2 jobs to localhost:8080, replacing 2 definitions there?'],
    [['delete'], 'Delete 1 job on localhost:8080, with all runs?'],
  ])('asks in words that are true of %j', (kinds, question) => {
    const items = kinds.map((kind, at) => item(`job-${at}`, kind));
    const { overlay } = press(told(comparing, { ...plan, plan: { items } }), 'a', 'enter');
    expect(
      [overlay].flatMap((asked) => (asked && 'question' in asked ? asked.question : [])),
    ).toEqual([question]);
  });

  it('is not left behind unnoticed', () => {
    const stays = press(writing, 'esc');
    expect(topScreen(stays).kind).toBe('plan');
    expect(stays.flash?.text).toContain('still writing');
  });

  it('counts and ends also while another screen lies over it', () => {
    const elsewhere = press(writing, ':', ...type('job here'), 'enter');
    const half = told(elsewhere, progress('root'), progress('child'));
    expect(screen(half)).toMatchObject({ applying: { done: 2, total: 3 } });
    const done = told(half, progress('changed'), { type: 'applied', text: 'done', ok: true });
    expect(screen(done).applying).toBeNull();
    expect([...screen(done).results.keys()]).toEqual(['root', 'child', 'changed']);
    expect(topScreen(press(done, 'esc', 'esc')).kind).toBe('snapshots');
  });

  it('ends in one look at the server', () => {
    const ended = told(writing, { type: 'applied', text: 'done', ok: true });
    expect(ended).toMatchObject({ waiting: null, flash: { level: 'ok', text: 'done' } });
    expect(marks(ended)).toEqual([]);
  });
});

describe('a blocked job under the cursor', () => {
  it('says its reason whole, on as many lines as that takes', () => {
    const why =
      '/srv/backups/production/jobs.json, line 3, column 307: processors.files.forward must be text in quotes: Dkron takes no numbers here';
    const only = { ...plan, plan: { items: [{ ...item('lost', 'blocked'), why }] } };
    const lines = frameOf(told(comparing, only)).lines.map(lineText);
    const pane = lines.slice(lines.findIndex((line) => line.includes('difference')) + 1);
    expect(pane.map((line) => line.trim()).join(' ')).toContain(why);
  });
});

describe('the draft that a plan was made from', () => {
  const key = 'a:owner';
  const drafted = press(
    showing([{ name: 'a', owner: 'ops' }]),
    ':',
    ...type('edit owner'),
    'enter',
    'x',
    'enter',
  );
  const ended = (outcome: 'written' | 'same' | 'refused'): State =>
    told(drafted, { type: 'progress', results: [{ name: 'a', outcome, message: '' }], total: 1 });

  it('is done with once that is written, and stays where it is not', () => {
    expect(topScreen(drafted)).toMatchObject({ kind: 'plan', draft: key });
    expect(drafted.drafts.has(key)).toBe(true);
    expect(ended('written').drafts.has(key)).toBe(false);
    expect(ended('same').drafts.has(key)).toBe(false);
    expect(ended('refused').drafts.has(key)).toBe(true);
  });

  it('is none of another plan', () => {
    const other = told(planned, progress('root'));
    expect(other.drafts).toBe(planned.drafts);
  });
});
