import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName } from '../../src/config/file-name.ts';

describe('a name of a file', () => {
  it.each(['a', 'keolis-zones', 'a.b', 'localhost_8080', '-x', '0', 'x'.repeat(100)])(
    'of the plain text %s is that text',
    (text) => {
      expect(fileName(text)).toBe(text);
    },
  );

  it.each([
    '',
    '.',
    '..',
    '../victim/x',
    '/etc/passwd',
    'a\\..\\b',
    'a\0b',
    'a\nb',
    'a.',
    '.hidden',
    'con',
    'con.yaml',
    'lpt1',
    'A',
    'é'.repeat(90),
    'x'.repeat(101),
    'x'.repeat(100_000),
    'a~0123456789abcdef',
    '\u{1f600}',
    '\ud800',
    'a b',
    '~',
    'x:yaml',
  ])('of %j is reduced, and bounded', (text) => {
    expect(fileName(text)).toMatch(/^[a-z0-9_-]{0,100}~[0-9a-f]{16}$/);
  });

  it('leads to a file in its folder, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const name = fileName(text);
        expect(resolve(join('/folder', `${name}.yaml`))).toBe(`/folder/${name}.yaml`);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120);
      }),
    );
  });

  it('is not shared by two texts, also where capital letters are the same file', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'A', '~', '.', '/', 'é', '\ud800', '\ud801'),
    });
    fc.assert(
      fc.property(text, text, (one, other) => {
        fc.pre(one !== other);
        expect(fileName(one).toLowerCase()).not.toBe(fileName(other).toLowerCase());
      }),
      { numRuns: 2000 },
    );
  });

  it('is not shared by texts of which more is unique than is shown', () => {
    expect(fileName('a_b', 'a/b')).not.toBe(fileName('a_b'));
    expect(fileName('a_b', 'a/b')).toMatch(/^a_b~/);
  });
});
