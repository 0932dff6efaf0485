import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/base/errors.ts';
import { readAddress } from '../../src/dkron/address.ts';

describe('readAddress', () => {
  it.each([
    ['localhost:8080', 'http://localhost:8080', ''],
    ['  http://localhost:8080/ ', 'http://localhost:8080', ''],
    ['dkron.example', 'http://dkron.example', ''],
    ['127.0.0.1:80', 'http://127.0.0.1', ''],
    ['[::1]:8080', 'http://[::1]:8080', ''],
    ['https://host/tools/dkron/', 'https://host/tools/dkron', '/tools/dkron'],
    ['https://host/v1', 'https://host', ''],
    ['https://host/dkron/v1/', 'https://host/dkron', '/dkron'],
    ['http://localhost:8080/ui/#/jobs', 'http://localhost:8080', ''],
  ])('reads %s', (text, url, base) => {
    expect(readAddress(text)).toEqual({
      origin: new URL(url).origin,
      base,
      url,
      authorization: null,
    });
  });

  it('takes user and password out of what is shown', () => {
    const { url, authorization } = readAddress('https://ops:p%40ss@host:8443/d');
    expect(url).toBe('https://host:8443/d');
    expect(authorization).toBe(`Basic ${btoa('ops:p@ss')}`);
  });

  it.each(['', 'http://', 'ftp://host', 'http://host:99999', 'not a host'])(
    'refuses %j',
    (text) => {
      expect(() => readAddress(text)).toThrow(UsageError);
    },
  );

  it('does not repeat a password that it cannot read', () => {
    expect(() => readAddress('ftp://ops:secret@host')).toThrow(/^(?!.*secret)/);
  });
});
