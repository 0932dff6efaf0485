import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../src/console/frame/frame.ts';
import { actions, reasonAgainst } from '../../../src/console/registry.ts';
import type { Recognised, State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import { lineText } from '../../../src/view/line.ts';
import { effectsOf, press, showing, told, type } from '../states.ts';

const why = 'the servers have other names: demo instead of f1';
const another: Recognised = { kind: 'another', name: 'f1', instead: 'demo', why };
const unsure: Recognised = { kind: 'unsure', name: 'f1', instead: 'demo', why };
const known: Recognised = { kind: 'known', name: 'f1' };
const jobs = showing([{ name: 'a' }, { name: 'b' }]);
const recognised = (state: State, cluster: Recognised) =>
  told(state, { type: 'recognised', cluster });
const shown = (state: State) => frameOf(state).lines.map(lineText);

describe('another cluster that answers', () => {
  it.each([80, 200])('is said in a line that cannot be missed, at %i columns', (columns) => {
    const state = { ...recognised(jobs, another), columns };
    const [top, line] = frameOf(state).lines;
    expect(lineText(line!)).toMatch(
      /^ ANOTHER CLUSTER answers: demo, not f1\. Nothing is written\./,
    );
    expect(line!.every((span) => span.inverse)).toBe(true);
    expect(lineText(line!)).toHaveLength(columns);
    expect(lineText(top!)).toMatch(/another cluster answers · stale/);
    if (columns === 200) expect(lineText(line!)).toContain(why);
  });

  it('is asked about at once: y shows it, esc waits for the right one', () => {
    const asked = recognised(jobs, another);
    expect(asked.overlay).toMatchObject({ kind: 'confirm' });
    const readable = told(asked, { type: 'painted', at: 0 });
    expect(effectsOf(readable, 'y')).toEqual([{ type: 'settle-cluster', as: 'other' }]);
    const waiting = press(asked, 'esc');
    expect(waiting.overlay).toBeNull();
    expect(shown(waiting)[1]).toContain('ANOTHER CLUSTER');
    expect(effectsOf(press(waiting, 'C'), 'y')).toEqual([{ type: 'settle-cluster', as: 'other' }]);
  });

  it('does not ask while something is typed, and is asked about once', () => {
    const typing = recognised(press(jobs, '/', ...type('ab')), another);
    expect(typing.overlay).toMatchObject({ kind: 'filter' });
    expect(shown(typing)[1]).toContain('ANOTHER CLUSTER');
    const waiting = press(recognised(jobs, another), 'esc');
    expect(recognised(waiting, another).overlay).toBeNull();
  });

  it('closes what changes the server, and says why', () => {
    const state = press(recognised(jobs, another), 'esc');
    const open = actions.filter(
      (action) => action.dangerous && reasonAgainst(state, action) === null,
    );
    expect(open.map(({ id }) => id)).toEqual([]);
    expect(press(state, 't').flash?.text).toContain('another cluster answers, not f1');
  });

  it('leaves nothing to ask when the right one answers again', () => {
    const back = recognised(recognised(jobs, another), known);
    expect(back.overlay).toBeNull();
    expect(back.flash).toEqual({ level: 'ok', text: 'f1 answers again' });
    expect(shown(back)[1]).not.toContain('ANOTHER');
    // The key has no question to ask any more: it shows the cluster, and writes nothing.
    const after = press(back, 'C', 'y');
    expect(after.overlay).toBeNull();
    expect(topScreen(after).kind).toBe('cluster');
    expect(press(back, ':', ...type('other-cluster'), 'enter').flash?.text).toContain(
      'it is the cluster that is shown',
    );
  });
});

describe('a cluster that may be another', () => {
  const state = recognised(jobs, unsure);

  it('is asked about in words, and takes either answer', () => {
    expect(shown(state)[1]).toMatch(/^ IS THIS f1\?/);
    expect(press(state, '=').overlay).toMatchObject({ question: expect.stringContaining(why) });
    expect(effectsOf(press(state, '='), 'y')).toEqual([{ type: 'settle-cluster', as: 'same' }]);
    expect(effectsOf(press(state, 'C'), 'y')).toEqual([{ type: 'settle-cluster', as: 'other' }]);
  });

  it('closes what changes the server until then', () => {
    expect(press(state, 't').flash?.text).toContain('whether this is f1');
  });
});

it('before the first answer nothing is written', () => {
  const state: State = { ...jobs, cluster: { kind: 'unknown' } };
  expect(press(state, 't').flash?.text).toContain('before it is known which cluster answers');
});
