import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedSecrets, withoutUserinfo } from '../../src/base/userinfo.ts';
import { conceal } from '../../src/dkron/secrets.ts';

describe('a text that is told', () => {
  it.each([
    ['http://ops:pass@dkron', 'http://***@dkron'],
    ['no file https://ops:pa/ss@dkron.', 'no file https://***@dkron.'],
    ['http://user:password@hosting.example', 'http://***@hosting.example'],
    ['http://user:password1@host', 'http://***@host'],
    ['the address http://ops:pa/HOST has no port', 'the address http://*** has no port'],
    ['http://ops:secret, and https://ops:1a2b3c4d', 'http://*** and https://***'],
  ])('%s has no user and password', (text, told) => {
    expect(withoutUserinfo(text)).toBe(told);
  });

  it.each([
    'http://127.0.0.1:8080/dkron: connection refused',
    'https://dkron.example:8443, or http://dkron',
    'http://[::1]:8080 cannot be reached',
    'http://dkron: no answer',
  ])('%s stays as it is', (text) => {
    expect(withoutUserinfo(text)).toBe(text);
  });

  it('keeps the example of how an address is written', () => {
    const advice = 'Put them into the environment: DKRON_URL=https://user:password@host.';
    expect(withoutUserinfo(advice)).toBe(advice);
  });
});

describe('a word that was typed', () => {
  it.each([
    ['http://ops:secret@host', 'secret'],
    ['--urll=http://ops:secret@host', 'secret'],
    ['-uhttp://ops:secret@host', 'secret'],
    ['http://ops:secret/HOST', 'secret'],
    ['http//ops:secret@host', 'secret'],
    ['http:ops:secret@host', 'secret'],
    ['ops:secret@host:8080', 'secret'],
    ['ops:a/secret@host', 'secret'],
    ['https://ops:sec ret@host', 'sec ret'],
    ['https://ops:sec\nret@host', 'ret'],
    ['https://secret@host', 'secret'],
    ['https://ops:12345678', '12345678'],
  ])('%j may hold a password', (word, secret) => {
    expect(typedSecrets(word)).toContain(secret);
  });

  it.each([
    '',
    'jobs',
    'ops@example.org',
    '@every 1h',
    '@at 2026-11-26T17:00:00Z',
    'localhost:8080',
    'http://localhost:8080/dkron',
    'https://dkron.example/v1/jobs?x=a:b',
    'http://[::1]:8080',
    '0 0 12 * * MON-FRI',
    'status:failed',
    '{"a":"http://dkron"}',
  ])('%j holds none', (word) => {
    expect(typedSecrets(word)).toEqual([]);
  });
});

it('whatever a password is made of, nothing of it is left where its word is told back', () => {
  const password = fc
    .array(fc.constantFrom(...'ωψ:/@#?% \'"<>[]{}\\=&'.split('')), { minLength: 3, maxLength: 12 })
    .map((parts) => `ω${parts.join('')}ψ`);
  const scheme = fc.constantFrom('http://', 'https://', 'http:/', 'http:', '//', 'htp://', '');
  const before = fc.constantFrom('', '--urll=', '-u', '"');
  const after = fc.constantFrom('@host', '@host:8080/dkron', '@', '@[::1]:80');
  fc.assert(
    fc.property(before, scheme, password, after, (option, start, secret, end) => {
      const word = `${option}${start}ops:${secret}${end}`;
      const told = `error: unknown command '${word}'`;
      expect(conceal(told, longestFirst(typedSecrets(word)))).not.toMatch(/[ωψ]/);
    }),
  );
});

const longestFirst = (secrets: readonly string[]): string[] =>
  secrets.toSorted((a, b) => b.length - a.length);
