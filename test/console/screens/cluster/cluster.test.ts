import { describe, expect, it } from 'vitest';
import { actionForKey, actionsHere, keysOfAction } from '../../../../src/console/registry.ts';
import type { Recognised, State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { update } from '../../../../src/console/update/update.ts';
import type { Overview } from '../../../../src/dkron/overview/read.ts';
import { aNode, anOverview, status } from '../../../dkron/overview/worlds.ts';
import { anExecution } from '../../../support/jobs.ts';
import {
  effectsOf,
  inside,
  linesOf,
  now,
  press,
  refreshed,
  showing,
  told,
  type,
} from '../../states.ts';

const jobs = [{ name: 'a', executor: 'http' }];
const shown = (overview: Overview = anOverview(), state: State = showing(jobs)): State =>
  told(press(state, 'C'), { type: 'overview', overview, at: now });
const text = (state: State, size = {}): string => linesOf(state, size).join('\n');

const three = (fields: Partial<Overview> = {}): Overview => {
  const members = [aNode('n1'), aNode('n2'), aNode('n3', { Status: status.failed })];
  return anOverview({ members: { value: members }, leader: { value: members[1]! }, ...fields });
};

describe('C', () => {
  const why = 'other names';
  const doubts: readonly Recognised[] = [
    { kind: 'another', name: 'f1', instead: 'demo', why },
    { kind: 'unsure', name: 'f1', instead: 'demo', why },
  ];
  const unless = (state: State): string[] =>
    actionsHere(state)
      .filter((action) => keysOfAction(state, action).includes('C'))
      .map(({ id }) => id);

  it('shows the cluster, and asks how it is', () => {
    expect(effectsOf(showing(jobs), 'C')).toEqual([{ type: 'read-overview' }]);
    expect(topScreen(press(showing(jobs), 'C')).kind).toBe('cluster');
  });

  it.each(doubts)('asks which cluster it is while that is in doubt: $kind', (cluster) => {
    const state = press(told(showing(jobs), { type: 'recognised', cluster }), 'esc', 'C');
    expect(state.overlay).toMatchObject({ kind: 'confirm', effect: { type: 'settle-cluster' } });
    // Nothing but y answers, and C asked: it does not answer itself.
    expect(effectsOf(state, 'C')).toEqual([]);
    expect(press(state, 'C').overlay).toMatchObject({ kind: 'confirm' });
  });

  it('is of one action at a time, and ? shows of which', () => {
    const sure = showing(jobs);
    expect(unless(sure)).toEqual(['members.open']);
    expect(actionForKey(sure, 'C')?.id).toBe('members.open');
    const line = (state: State, words: string) =>
      linesOf(press(state, '?', '/', ...type(words), 'enter'), { columns: 160 }).find((one) =>
        one.includes(words),
      );
    expect(line(sure, 'the other cluster')).toMatch(/^ +:other-clust/);
    for (const cluster of doubts) {
      const state = press(told(showing(jobs), { type: 'recognised', cluster }), 'esc');
      expect(unless(state)).toEqual(['cluster.other']);
      expect(line(state, 'the other cluster')).toMatch(/^ +C +the other cluster/);
    }
  });

  it('is nothing inside a snapshot, which has no nodes', () => {
    expect(press(inside(jobs), 'C').flash?.text).toContain('this is a snapshot');
  });
});

describe('the screen', () => {
  it.each([80, 200])('marks the leader, the one that answers, and the states, at %i', (columns) => {
    const lines = linesOf(shown(three()), { columns });
    expect(lines[1]).toContain('Cluster  3 servers, 0 agents · leader n2');
    const row = (name: string) => lines.find((line) => line.slice(3).startsWith(name));
    expect(row('n1')).toMatch(/✓ alive +server, you are here/);
    expect(row('n2')).toMatch(/✓ alive +server, leader/);
    expect(row('n3')).toMatch(/✗ failed +server/);
    expect(lines.join('\n')).toContain('! failed: n3');
  });

  it('says what runs where, and what one member is', () => {
    const runs = [
      anExecution({ id: '1', job_name: 'a', node_name: 'n2', started_at: '2026-11-21T14:30:00Z' }),
      anExecution({ id: '2', job_name: 'b', node_name: 'n2', started_at: '2026-11-21T14:31:00Z' }),
    ];
    const state = press(shown(three(), showing(jobs, runs)), 'j');
    expect(text(state)).toMatch(/n2 +✓ alive .* 2, longest 1m/);
    expect(text(state)).toContain('Runs       a 1m 29s, b 29.0s');
    expect(text(state)).toContain('Executors  Dkron 4.1.2 does not tell');
    expect(text(state, { columns: 200, rows: 50 })).toContain('jobs use: http 1');
  });

  it('begins on the node that answers, and a reading moves no cursor', () => {
    const first = shown(three({ server: { name: 'n2', version: '4.1.2', tags: {} } }));
    expect(topScreen(first)).toMatchObject({ cursor: { key: 'n2' } });
    const moved = press(first, 'k');
    const again = told(moved, { type: 'overview', overview: three(), at: now });
    expect(topScreen(again)).toMatchObject({ cursor: { key: 'n1' } });
    const gone = anOverview({ members: { value: [aNode('n2'), aNode('n3')] } });
    const after = told(moved, { type: 'overview', overview: gone, at: now });
    expect(topScreen(after)).toMatchObject({ cursor: { key: 'n2' } });
  });

  it('is read again with each look at the server, only while it is shown', () => {
    const reads = (state: State) =>
      effectsAfter(state).filter(({ type }) => type === 'read-overview');
    expect(reads(shown())).toHaveLength(1);
    expect(reads(press(shown(), 'esc'))).toHaveLength(0);
    expect(reads(press(shown(), ':', ...type('job a'), 'enter'))).toHaveLength(0);
  });

  it('keeps what was read when it cannot be read again, and says how old it is', () => {
    const lost = told(shown(three()), { type: 'overview', overview: null, at: now, problem: 'no' });
    const later = { ...lost, now: now + 48_000 };
    expect(text(later)).toContain('as of 48s ago');
    expect(text(later)).toContain('leader n2');
    expect(
      text(
        told(press(showing(jobs), 'C'), {
          type: 'overview',
          overview: null,
          at: now,
          problem: 'no way',
        }),
      ),
    ).toContain('no way');
  });

  it('says of what a version cannot tell that it cannot', () => {
    const why = { why: 'Dkron 3.2.7 does not count them by day; 4.1.0 does' };
    const old = anOverview({
      days: why,
      health: { why: 'Dkron 3.2.7 says healthy whatever happens' },
    });
    const body = text(shown(old), { rows: 60 });
    expect(body).toContain('not told: Dkron 3.2.7 does not count them by day');
    expect(body).toContain('not told: Dkron 3.2.7 says healthy whatever happens');
  });
});

const effectsAfter = (state: State) => update(state, refreshed(jobs))[1];

describe('pausing the node that answers', () => {
  it('asks with what it stops and what goes on, for the node that was seen', () => {
    const state = press(shown(), 'P');
    const { overlay } = state;
    expect(overlay).toMatchObject({
      kind: 'confirm',
      verb: 'pause',
      effect: { type: 'set-paused', paused: true, node: 'n1' },
    });
    const question = overlay?.kind === 'confirm' ? overlay.question : '';
    expect(question).toMatch(/Pause the node n1 of localhost:8080\?/);
    expect(question).toContain('Jobs go on by their schedules');
    expect(question).toContain('It holds for this node only, and until it restarts');
    expect(text(state)).toContain('y  pause');
  });

  it('takes it back where it is paused', () => {
    const paused = told(shown(), refreshed(jobs, { node: { paused: true, behind: false } }));
    expect(press(paused, 'P').overlay).toMatchObject({ effect: { paused: false } });
    expect(press(paused, ':', ...type('pause-node'), 'enter').flash?.text).toContain(
      'n1 is paused already',
    );
  });

  it('asks for the name in a protected context, and is closed where all is read-only', () => {
    const guarded = showing(jobs, [], { protectedAs: 'prod' });
    expect(press(shown(anOverview(), guarded), 'P').overlay).toMatchObject({
      kind: 'typed',
      expected: 'prod',
      effect: { agreed: 'prod' },
    });
    const closed = press(shown(anOverview(), showing(jobs, [], { readOnly: true })), 'P');
    expect([closed.overlay, closed.flash?.text]).toEqual([
      null,
      expect.stringContaining('READ-ONLY'),
    ]);
  });

  it('cannot be done before 4.0.9', () => {
    const server = { name: 'n1', version: '3.2.7', tags: {} };
    const old = told(shown(), refreshed(jobs, { server }));
    expect(press(old, 'P').flash?.text).toContain('cannot be paused: it needs 4.0.9');
  });
});
