import { describe, expect, it } from 'vitest';
import { atLeast } from '../../src/dkron/version.ts';

describe('atLeast', () => {
  it.each([
    ['4.1.0', '4.1.0', true],
    ['4.1.2', '4.1.0', true],
    ['4.0.9', '4.1.0', false],
    ['3.2.7', '4.0.0', false],
    ['4.0.10', '4.0.9', true],
    ['10.0.0', '4.1.0', true],
    ['v4.1.0', '4.1.0', true],
    ['4.1.0-beta2', '4.1.0', true],
    ['devel', '4.1.0', true],
    ['', '4.1.0', true],
  ])('%s since %s: %s', (version, since, has) => {
    expect(atLeast(version, since)).toBe(has);
  });
});
