import { describe, expect, it } from 'vitest';
import { concerns, longestOf, membersOf } from '../../../src/dkron/overview/members.ts';
import type { Overview } from '../../../src/dkron/overview/read.ts';
import type { Node } from '../../../src/dkron/shapes.ts';
import { anExecution } from '../../support/jobs.ts';
import { aNode, anAgent, anOverview, status } from './worlds.ts';

const of = (nodes: readonly Node[], fields: Partial<Overview> = {}): Overview =>
  anOverview({ members: { value: nodes }, leader: { value: nodes[0]! }, ...fields });

const old = { Tags: { server: 'true', version: '4.0.9' } };

describe('the members', () => {
  it('are servers first, then agents, by name, each in its state', () => {
    const found = membersOf(
      of([
        anAgent('b'),
        aNode('z'),
        anAgent('a', { Status: status.left }),
        aNode('n1', { Status: status.failed }),
        aNode('m', { Status: 99 }),
      ]),
      [],
    );
    expect(found.map(({ name, role, state }) => `${name} ${role} ${state}`)).toEqual([
      'm server none',
      'n1 server failed',
      'z server alive',
      'a agent left',
      'b agent alive',
    ]);
  });

  it('say who leads and who answers, which may be two', () => {
    const [n1, n2] = membersOf(of([aNode('n2'), aNode('n1')]), []);
    expect([n1, n2]).toMatchObject([
      { name: 'n1', leads: false, answers: true },
      { name: 'n2', leads: true, answers: false },
    ]);
  });

  it.each<[string, readonly Node[], readonly string[]]>([
    ['all alike', [aNode('a'), aNode('b')], []],
    ['one behind', [aNode('a'), aNode('b'), aNode('c', old)], ['c']],
    ['as many old as new: the old ones', [aNode('a'), aNode('b', old)], ['b']],
    [
      'dead ones do not vote',
      [aNode('a'), aNode('b', { ...old, Status: 4 }), aNode('c', { ...old, Status: 4 })],
      ['b', 'c'],
    ],
    ['one that says nothing', [aNode('a'), aNode('b', { Tags: null })], []],
  ])('mark another version than most have: %s', (_what, nodes, odd) => {
    const marked = membersOf(of(nodes), []).filter(({ isOdd }) => isOdd);
    expect(marked.map(({ name }) => name)).toEqual(odd);
  });

  it('have what they run, the longest first, and so has a node that is no member', () => {
    const run = (job_name: string, node_name: string, started_at: string) =>
      anExecution({ job_name, node_name, started_at });
    const busy = [
      run('short', 'n1', '2026-11-27T10:00:50Z'),
      run('long', 'n1', '2026-11-27T10:00:00Z'),
      run('lost', 'gone', '2026-11-27T09:00:00Z'),
    ];
    const found = membersOf(of([aNode('n1'), aNode('n2')]), busy);
    expect(
      found.map(({ name, state, runs }) => [name, state, runs?.map((one) => one.job_name)]),
    ).toEqual([
      ['n1', 'alive', ['long', 'short']],
      ['n2', 'alive', []],
      ['gone', 'gone', ['lost']],
    ]);
    const now = Date.parse('2026-11-27T10:01:00Z');
    expect(found.map(({ runs }) => longestOf(runs, now))).toEqual([60_000, null, 3_660_000]);
  });

  it('run nobody knows what while /v1/busy is not answered', () => {
    expect(membersOf(of([aNode('n1')]), null)[0]?.runs).toBeNull();
  });

  it('are none where they are not told', () => {
    const busy = [anExecution({ node_name: 'n1' })];
    expect(membersOf(anOverview({ members: { why: 'no' } }), busy)).toEqual([]);
  });
});

describe('what needs an eye', () => {
  const three = [aNode('n1'), aNode('n2'), aNode('n3')];
  const dead = { Status: status.failed };
  it.each<[string, Overview, readonly RegExp[]]>([
    ['nothing', of(three), []],
    ['no leader', of(three, { leader: { value: null } }), [/^there is no leader/]],
    ['nothing, where it is not told', of(three, { leader: { why: 'slow' } }), []],
    [
      'a leader that has failed',
      of([aNode('n1', dead), aNode('n2'), aNode('n3')]),
      [/leader n1 has failed/, /^failed: n1$/],
    ],
    [
      'too few of the servers',
      of([aNode('n1'), aNode('n2', dead), aNode('n3', dead)]),
      [/^1 of 3 servers are alive/, /^failed: n2, n3$/],
    ],
    [
      'half of the servers is too few',
      of([aNode('n1'), aNode('n2'), aNode('n3', dead), aNode('n4', dead)]),
      [/^2 of 4/, /^failed/],
    ],
    ['one that left is not missed', of([aNode('n1'), aNode('n2', { Status: status.left })]), []],
    ['an agent that failed', of([...three, anAgent('a', dead)]), [/^failed: a$/]],
    [
      'an executor that has ended',
      of(three, {
        health: { value: { status: 'unhealthy', issues: ['plugin executor-shell has exited'] } },
      }),
      [/^n1: plugin executor-shell has exited$/],
    ],
    ['a pause', of(three, { paused: { value: true } }), [/^n1 is paused/]],
    ['an odd version', of([...three, aNode('n4', old)]), [/n4 4\.0\.9/]],
  ])('is told: %s', (_what, overview, said) => {
    const found = concerns(overview, membersOf(overview, []));
    expect(found).toHaveLength(said.length);
    for (const [at, pattern] of said.entries()) expect(found[at]).toMatch(pattern);
  });
});
