import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import { pushPlan } from '../../../../src/console/state/changes.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { changesOf } from '../../../../src/job/compare.ts';
import { error, warning } from '../../../../src/job/lint/finding.ts';
import type { CheckedItem, RestoreKind, RestoreOutcome } from '../../../../src/plan/model.ts';
import { aJob } from '../../../support/jobs.ts';
import { linesOf, press, showing, told, tonesOf, type } from '../../states.ts';

const item = (name: string, kind: RestoreKind, fields: Partial<CheckedItem> = {}): CheckedItem => ({
  name,
  kind,
  why: '',
  changes: [],
  job: aJob({ name }),
  seen: null,
  children: [],
  findings: [],
  ...fields,
});
const all = [
  item('changed', 'change', {
    why: 'owner',
    changes: [{ keys: ['owner'], path: 'owner', before: 'ops', after: 'web' }],
  }),
  item('fresh', 'new', { why: 'beware', findings: [warning('never', 'schedule', 'beware')] }),
  item('going', 'delete', { seen: aJob({ name: 'going', owner: 'seen' }) }),
  item('held', 'blocked', { why: 'no', findings: [error('schedule', 'schedule', 'is none')] }),
  item('here', 'only-here'),
  item('same', 'same'),
];
const planOf = (...items: CheckedItem[]): State =>
  pushPlan(showing([]), { id: 'x', title: 'A plan', plan: { items } });
const plan = planOf(...all);
/** The lines below the rule that names the job under the cursor. */
const below = (state: State): string[] => {
  const lines = linesOf(state);
  const at = lines.findIndex((line) => line.startsWith('─ difference'));
  return lines.slice(at + 1, -2).filter((line) => line !== '');
};
const lastLine = (state: State): string => linesOf(state).at(-2)!;

describe('the title', () => {
  it('counts what there is of each kind', () => {
    const words = /1 changed · 1 new · 1 to delete · 1 blocked · 1 same · 1 only here$/;
    expect(linesOf(plan)[1]).toMatch(words);
    expect(linesOf(planOf(all[0]!, all[0]!))[1]).toMatch(/A plan {2}2 changed /);
    expect(linesOf(planOf())[1]).toMatch(/A plan {2}no jobs/);
  });

  it('names the server where the counts leave room, and the filter', () => {
    const one = planOf(all[0]!);
    expect(linesOf(one)[1]).toMatch(/1 changed +into localhost:8080$/);
    const counts = linesOf(plan)[1]!.length;
    const room = ' '.length + 'into localhost:8080 '.length;
    expect(linesOf(plan, { columns: counts + room })[1]).toMatch(/here into localhost:8080$/);
    expect(linesOf(plan, { columns: counts + room - 1 })[1]).toMatch(/1 only here$/);
    expect(linesOf(press(one, '/', ...type('ch'), 'enter'))[1]).toMatch(
      /\/ch into localhost:8080$/,
    );
  });

  it('says that it is still compared', () => {
    const waiting = pushPlan(showing([]), { id: 'x', title: 'A plan', plan: null });
    expect(linesOf(waiting)[1]).toMatch(/A plan {2}comparing/);
    expect(linesOf(waiting)[3]).toBe('');
    expect(linesOf(planOf())[3]).not.toBe('');
  });
});

describe('the rows', () => {
  it('have the kind and why, a warning with its mark, each in its tone', () => {
    expect(linesOf(plan).slice(3, 9)).toEqual([
      '▌  changed             change       owner',
      '   fresh               new          ! beware',
      '   going               delete',
      '   held                blocked      no',
      '   here                only here',
      '   same                same',
    ]);
    const tones = frameOf(plan).lines.slice(3, 9).map(tonesOf);
    expect(tones).toEqual([
      ['attention: change', 'quiet: owner'],
      ['ok: new', 'attention: ! beware'],
      ['bad: delete', 'quiet: '],
      ['bad: blocked', 'quiet: no'],
      ['quiet: only here', 'quiet: '],
      ['quiet: same', 'quiet: '],
    ]);
  });

  it('of a job that has no why tell the first of what the checks say', () => {
    const findings = [
      warning('never', 'schedule', 'it never runs'),
      warning('never', 'tags', 'no'),
    ];
    expect(linesOf(planOf(item('fresh', 'new', { findings })))[3]).toMatch(
      /new +! schedule: it never runs$/,
    );
  });

  it('say that a filter matches none, which is not that there is none', () => {
    const [none, empty] = [press(plan, '/', ...type('zz')), planOf()].map((s) => linesOf(s)[3]);
    expect(none).toContain('esc');
    expect(empty).not.toContain('esc');
  });

  it('become the outcomes, which are counted below', () => {
    const of = (name: string, outcome: RestoreOutcome, message: string) =>
      ({ type: 'progress', results: [{ name, outcome, message }], total: 3 }) as const;
    const two = told(plan, of('changed', 'written', 'fine'), of('fresh', 'refused', 'why not'));
    expect(lastLine(two)).toBe(' writing 2 of 3…');
    const sent = { text: '3 of 3 jobs', share: 1 };
    const asBelow = told(two, { type: 'waiting', text: 'writing', progress: sent });
    expect(lastLine(asBelow)).toBe(' writing 3 of 3…');
    const end = { type: 'applied', text: 'done', ok: false } as const;
    const done = told(two, of('going', 'same', 'as it was'), end);
    expect(linesOf(done).slice(3, 6)).toEqual([
      '▌  changed             ✓ written    fine',
      '   fresh               ✗ failed     why not',
      '   going               ✓ same       as it was',
    ]);
    expect(frameOf(done).lines.slice(3, 6).map(tonesOf)).toEqual([
      ['ok: ✓ written', 'quiet: fine'],
      ['bad: ✗ failed', 'bad: why not'],
      ['ok: ✓ same', 'quiet: as it was'],
    ]);
    expect(lastLine(done)).toBe(' 1 job fine, 1 job as it was, 1 job failed: their rows say why');
    const good = told(plan, of('changed', 'written', 'written and verified'), { ...end, ok: true });
    expect(lastLine(good)).toBe(' 1 job written and verified');
  });

  it('scroll the reasons that are too long for their column', () => {
    const long = planOf(item('job', 'blocked', { why: `${'long '.repeat(20)}reason` }));
    expect(linesOf(long)[3]).toMatch(/…$/);
    expect(linesOf(press(long, '$'))[3]).toMatch(/ …[long ]+reason$/);
    expect(linesOf(press(plan, '$'))[3]).toBe(linesOf(plan)[3]);
  });
});

describe('the marks', () => {
  it('are counted by kind, with what is to be told of them', () => {
    expect(lastLine(plan)).toContain('nothing marked');
    const [one, both, every] = [['space'], ['space', 'j', 'space'], ['a']].map((keys) =>
      lastLine(press(plan, ...keys)),
    );
    expect(one).toBe(' 1 marked: 1 changed');
    expect(both).toBe(' 2 marked: 1 changed, 1 new · ! 1 with warnings');
    expect(every).toBe(
      ' 3 marked: 1 changed, 1 new, 1 to delete · ! 1 with warnings · safety snapshot …',
    );
    expect(linesOf(press(plan, 'space'))[3]).toMatch(/^▌\* changed/);
  });
});

describe('the difference', () => {
  it.each([
    ['changed', [/^ {2}owner +− ops$/, /^ +\+ web$/]],
    [
      'fresh',
      [
        /name +\+ fresh$/,
        /schedule +\+ /,
        /next runs +\+ .* in 3m$/,
        /^ +\+ /,
        /^ +\+ /,
        /executor +\+ shell$/,
      ],
    ],
    ['going', [/name +− going$/, /schedule +− /, /next runs +− .* in 3m$/, /^ +− /, /^ +− /]],
    ['held', [/^ {2}✗ schedule: is none$/]],
    ['here', [/^ no difference$/]],
  ])('of %s', (name, lines) => {
    const down = all.findIndex((one) => one.name === name);
    const shown = below(press(plan, ...Array<string>(down).fill('j')));
    for (const [at, line] of lines.entries()) expect(shown[at]).toMatch(line);
  });

  it('comes before what is only to beware of', () => {
    const lines = linesOf({ ...press(plan, 'j'), rows: 60 }, { rows: 60 });
    const at = (words: RegExp): number => lines.findIndex((line) => words.test(line));
    expect(at(/! schedule: beware$/)).toBeGreaterThan(at(/executor +\+ shell$/));
    expect(at(/executor +\+ shell$/)).toBeGreaterThan(0);
  });

  it('of a job that goes is what the server has, not what a file had', () => {
    expect(below(press(plan, 'j', 'j')).at(-1)).toMatch(/owner +− seen$/);
  });

  it('of a job that runs at another time begins with its next runs', () => {
    const seen = aJob({ name: 'job', schedule: '0 0 * * * *' });
    const job = { ...seen, disabled: true };
    const changes = changesOf(seen, job);
    const shown = below(planOf(item('job', 'change', { job, seen, changes })));
    expect(shown.slice(0, 4).map((line) => line.trim().replace(/ +/g, ' '))).toEqual([
      'next runs − 15:00:00 Z in 28m',
      '− 16:00:00 Z in 1h 28m',
      '− 17:00:00 Z in 2h 28m',
      '+ none while it is disabled',
    ]);
  });

  it('has no place in a low window, and no job where there is none', () => {
    const rules = (state: State, rows: number) =>
      linesOf(state, { rows }).filter((line) => line.startsWith('─ '));
    expect(rules(plan, 17)).toEqual([]);
    expect(rules(plan, 18)[0]).toMatch(/^─ difference of changed ─/);
    expect(rules(planOf(), 18)[0]).toMatch(/^─ difference ─/);
  });

  it('says how many of its lines are out of sight, and none when all show', () => {
    const changes = Array.from({ length: 10 }, (_, at) => ({
      keys: [`f${at}`],
      path: `f${at}`,
      before: 'a',
      after: 'b',
    }));
    const state = planOf(item('job', 'change', { changes }));
    const word = (shown: State, rows: number): string =>
      linesOf(shown, { rows }).find((line) => line.startsWith('─ '))!;
    // 20 lines of a difference; seven lines of the window are about something else.
    expect(word(state, 25)).toMatch(/─ 2 more lines: tab ─/);
    expect(word(state, 26)).toMatch(/─ 1 more line: tab ─/);
    expect(word(state, 27)).not.toContain('tab');
    expect(word(press({ ...state, rows: 26 }, 'J'), 26)).not.toContain('tab');
  });
});
