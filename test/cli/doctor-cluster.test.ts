import { expect, it } from 'vitest';
import { checkOf } from '../../src/cli/doctor-cluster.ts';
import type { Cluster, Identified } from '../../src/cluster/identify.ts';

const named = (label: string): Cluster =>
  ({
    label,
    reached: [{ context: label, address: 'http://localhost:8080', at: 1 }],
    fingerprint: { nodes: [{ name: `${label}-0` }] },
  }) as unknown as Cluster;
const before = { cluster: named('prod'), why: 'the servers have other names' };
const prod = named('prod');

it.each<[Identified, string, string]>([
  [
    { kind: 'known', cluster: prod, before: null },
    'ok',
    'the one that is known here as prod (prod-0)',
  ],
  [
    { kind: 'known', cluster: named('lab'), before },
    'attention',
    'it is lab (lab-0); before, prod (prod-0) answered here (the servers have other names)',
  ],
  [{ kind: 'new', cluster: prod, before: null }, 'ok', 'not known here yet'],
  [
    { kind: 'new', cluster: named('x'), before },
    'attention',
    'not known here yet; before, prod (prod-0) answered here (the servers have other names)',
  ],
  [
    { kind: 'unsure', candidates: [prod], fresh: named('x'), why: 'the names are usual' },
    'attention',
    'perhaps prod (prod-0), perhaps another: the names are usual',
  ],
  [
    { kind: 'another', expected: prod, instead: named('x'), why: 'the jobs have run less' },
    'bad',
    'the context leads to another cluster than prod (prod-0): the jobs have run less',
  ],
])('%s', (found, verdict, says) => {
  expect(checkOf(found)).toMatchObject({ subject: 'cluster', verdict, says });
});
