import { describe, expect, it } from 'vitest';
import { atLeast, compareVersions } from '../../src/base/dkron-version.ts';

/** As they came out; those of one row are the same. */
const inOrder = [
  ['2.2.2'],
  ['3.1.11-beta3', 'v3.1.11-beta3'],
  ['3.1.11'],
  ['3.2.7', 'v3.2.7'],
  ['4.0.0-beta1'],
  ['4.0.0-beta6'],
  ['4.0.0-beta10'],
  ['4.0.0-rc1'],
  ['4.0.0'],
  ['4.0.9-beta1'],
  ['4.0.9-rc1', 'v4.0.9-rc1+build.7'],
  ['4.0.9', 'v4.0.9', '4.0.9+build.7', '4.0.9-3-g1a2b3c4'],
  ['4.0.10'],
  ['4.1.2'],
  ['10.0.0'],
  ['devel', '', 'v4', 'unknown'],
];

describe('compareVersions', () => {
  const ranked = inOrder.flatMap((row, rank) => row.map((version) => ({ version, rank })));

  it.each(ranked)('puts $version in its place', ({ version, rank }) => {
    expect(ranked.map((other) => Math.sign(compareVersions(version, other.version)))).toEqual(
      ranked.map((other) => Math.sign(rank - other.rank)),
    );
  });
});

describe('atLeast', () => {
  it.each([
    ['4.1.0', '4.1.0', true],
    ['4.1.2', '4.1.0', true],
    ['4.0.9', '4.1.0', false],
    ['3.2.7', '4.0.0', false],
    ['4.0.10', '4.0.9', true],
    ['10.0.0', '4.1.0', true],
    ['v4.1.0', '4.1.0', true],
    // None was tagged; a preview of any other release lacks part of what came with it.
    ['4.1.0-beta2', '4.1.0', false],
    ['4.0.9-beta1', '4.0.9-rc1', false],
    ['4.0.9-rc2', '4.0.9-rc1', true],
    ['devel', '4.1.0', true],
    ['', '4.1.0', true],
  ])('%s since %s: %s', (version, since, has) => {
    expect(atLeast(version, since)).toBe(has);
  });
});
