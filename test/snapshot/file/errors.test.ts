import { describe, expect, it } from 'vitest';
import { CorruptFile } from '../../../src/base/errors.ts';
import { mistakenFile, noJobs, notFields } from '../../../src/snapshot/file/errors.ts';

describe('what is wrong with the fields of a job', () => {
  const wrong = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ keys: [`k${at}`, 'x'], text: 'is odd' }));
  /** The later a key comes, the earlier it stands. */
  const placeOf = ([key = 'k0']: readonly string[]) => {
    const at = 9 - Number(key.slice(1));
    return { line: Math.ceil(at / 2), column: at };
  };

  it('is told by the first place, and the others by theirs', () => {
    expect(notFields(wrong(3), placeOf)).toEqual({
      position: { line: 4, column: 7 },
      why: 'k2.x is odd; line 4, column 8: k1.x is odd; line 5, column 9: k0.x is odd',
    });
    const why = 'has no name';
    expect(notFields([{ keys: [], text: why }], placeOf).why).toBe(`this job ${why}`);
  });

  it('is told of five, and how many there are besides', () => {
    expect(notFields(wrong(5), placeOf).why).not.toContain('more');
    expect(notFields(wrong(6), placeOf).why).toMatch(/; and 1 more$/);
    expect(notFields(wrong(8), placeOf).why.match(/is odd/g)).toHaveLength(5);
  });
});

describe('a file that cannot be jobs', () => {
  it.each<[begin: string, what: string | RegExp]>([
    ['<', 'is a web page'],
    ['\x1f\x8b', 'gunzip'],
    ['PK\x03\x04', 'is compressed'],
    ['BZh9', 'is compressed'],
    ['\xfd7zXZ', 'is compressed'],
    ['\x28\xb5\x2f\xfd', 'is compressed'],
    ['curl: (6)', 'is an error of curl'],
    ['\x7fELF', 'byte 0x7f'],
    ['\x07', 'byte 0x07'],
    ['\x0e', 'byte 0x0e'],
    ['\xfe\xff', 'UTF-16'],
  ])('begins with %j: it says so', (begin, what) => {
    const error = mistakenFile('f', Buffer.from(begin, 'latin1'));
    expect(error).toBeInstanceOf(CorruptFile);
    expect(`${error?.message} ${error?.next}`).toContain(what);
  });

  it.each(['', '[', '{', 'name: a', '\t', '\n', '\r\n', 'Pk', 'curl ', 'é'])(
    'does not begin with %j',
    (begin) => {
      expect(mistakenFile('f', Buffer.from(begin))).toBeUndefined();
    },
  );

  it('was not written from, and says what a file of jobs is unless told', () => {
    expect(noJobs('f is odd').next).toMatch(/JSON.*YAML/);
    expect(noJobs('f is odd', 'Mend it.').next).toBe('Mend it.');
  });
});
