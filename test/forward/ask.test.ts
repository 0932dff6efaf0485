import { expect, it } from 'vitest';
import { isNew } from '../../src/forward/ask.ts';

it.each([
  ['v1.33.1', true],
  ['v1.32.0', true],
  ['v1.32.4-gke.1', true],
  ['v1.100.0', true],
  ['v2.0.0', true],
  ['v1.31.9-eks-abc', false],
  ['v1.27.16', false],
  ['v1.9.0', false],
  // It hands over to the kubectl that fits the cluster.
  ['v1.32.4-dispatcher', false],
  ['devel', false],
])('kubectl %s may break off an answer: %s', (gitVersion, may) => {
  const said = { clientVersion: { major: '1', gitVersion }, kustomizeVersion: 'v5.5.0' };
  expect(isNew(JSON.stringify(said, null, 2))).toBe(may);
  expect(isNew(JSON.stringify(said))).toBe(may);
});

it('takes what is no version for an old one', () => {
  expect(isNew('')).toBe(false);
});
