import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { PlanScreen, State } from '../../../../src/console/state/model.ts';
import { update } from '../../../../src/console/update/update.ts';
import { lineText } from '../../../../src/view/line.ts';
import { aJob } from '../../../support/jobs.ts';
import { keyOf } from '../../../terminal/press.ts';
import { effectsOf, linesOf, now, press, showing, told, type } from '../../states.ts';

const choice = { label: '', where: 'http://dkron:8080', readOnly: false, isProtected: false };
const there: State = (() => {
  const state = showing([{ name: 'a' }]);
  const contexts = [
    { ...choice, name: 'local' },
    { ...choice, name: 'prod', label: 'PROD', isProtected: true },
  ];
  return { ...state, setting: { ...state.setting, context: 'local', contexts } };
})();
const command = (state: State, words: string) => press(state, ':', ...type(words));
const entered = (state: State) => update(state, { type: 'key', key: keyOf('enter'), at: 1e12 });

describe(':ctx', () => {
  it('goes to a context by its name', () => {
    const [state, effects] = entered(command(there, 'ctx prod'));
    expect(effects).toEqual([{ type: 'open-context', name: 'prod' }]);
    expect(state.waiting).toBe('going to prod');
  });

  it('lists them without a name, the cursor on the one that is shown', () => {
    const listed = press(command(there, 'ctx'), 'enter');
    const lines = frameOf(listed).lines.map(lineText);
    expect(lines.some((line) => /local +shown · http:\/\/dkron:8080/.test(line))).toBe(true);
    expect(lines.some((line) => /prod +PROD +protected +http:\/\/dkron:8080/.test(line))).toBe(
      true,
    );
    expect(entered(press(listed, 'j'))[1]).toEqual([{ type: 'open-context', name: 'prod' }]);
  });

  it('says so where it is already, and where there is none of that name', () => {
    expect(press(command(there, 'ctx local'), 'enter').flash?.text).toBe('local is shown already');
    expect(press(command(there, 'ctx dev'), 'enter').flash?.text).toBe(
      'there is no context dev; there is local, prod',
    );
  });
});

describe('what the cluster of another context has', () => {
  const listed = press(command(there, 'ctx'), 'enter', 'j');

  it('is shown as a plan of the context under the cursor, or of the one that is named', () => {
    expect(effectsOf(listed, 'R')).toEqual([{ type: 'plan-from', context: 'prod' }]);
    const [asked, effects] = entered(command(there, 'from prod'));
    expect(effects).toEqual([{ type: 'plan-from', context: 'prod' }]);
    expect(asked.screens.at(-1)).toMatchObject({ kind: 'plan', title: 'From prod', plan: null });
    const none = told(asked, { type: 'no-plan', id: 'context prod' });
    expect(none.screens.at(-1)?.kind).toBe('jobs');
  });

  it('has the jobs chosen that are marked', () => {
    const under = entered(command(there, 'from prod --disabled'))[1];
    expect(under).toMatchObject([{ context: 'prod', policy: { disabled: true } }]);
    const marked = entered(command(press(there, 'space'), 'from prod'))[0];
    expect([...(marked.screens.at(-1) as PlanScreen).marks]).toEqual(['a']);
  });

  it('is compared with what is shown, and jobs are brought from there', () => {
    const from = { context: 'prod' };
    expect(effectsOf(listed, 'd')).toEqual([{ type: 'compare', from, to: null }]);
    const [asked, effects] = entered(command(there, 'compare prod'));
    expect(effects).toEqual([{ type: 'compare', from, to: null }]);
    const title = { file: null, at: now, what: 'read', jobs: 1 } as const;
    const job = aJob({ name: 'a' });
    const gone = {
      name: 'a',
      kind: 'removed',
      changes: [],
      before: job,
      after: null,
      why: '',
    } as const;
    const came = { ...gone, name: 'b', kind: 'added', before: null, after: job } as const;
    const compared = told(asked, {
      ...{ type: 'compared', from: { context: 'prod' }, to: null },
      comparison: {
        from: { ...title, name: 'live PROD (http://p)' },
        to: { ...title, name: 'live http://s' },
        differences: [gone, came],
        same: 0,
      },
    });
    expect(linesOf(compared).join('\n')).toContain('A live PROD (http://p)');
    expect(effectsOf(compared, 'R')).toEqual([{ type: 'plan-from', context: 'prod' }]);
    const other = press(compared, 'j', 'R');
    expect(other.flash?.text).toContain('prod does not have this job');
  });

  it('is another than the one that is shown, and one that there is', () => {
    const said = (words: string) => press(command(there, words), 'enter').flash?.text;
    expect(said('from local')).toBe('local is the one that is shown');
    expect(said('from dev')).toBe('there is no context dev; there is local, prod');
    expect(said('compare')).toBe('say which context; there is local, prod');
    expect(press(listed, 'k', 'R').flash?.text).toBe('local is the one that is shown');
    const alone = showing([{ name: 'a' }]);
    expect(press(command(alone, 'from x'), 'enter').flash?.text).toContain('no other context');
  });
});
