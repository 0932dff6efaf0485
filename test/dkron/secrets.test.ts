import { describe, expect, it } from 'vitest';
import { withoutUserinfo } from '../../src/dkron/secrets.ts';

describe('a text that is told', () => {
  it.each([
    ['http://ops:pass@dkron', 'http://***@dkron'],
    ['no file https://ops:pa/ss@dkron.', 'no file https://***@dkron.'],
    ['http://user:password@hosting.example', 'http://***@hosting.example'],
    ['http://user:password1@host', 'http://***@host'],
  ])('%s has no user and password', (text, told) => {
    expect(withoutUserinfo(text)).toBe(told);
  });

  it('keeps the example of how an address is written', () => {
    const advice = 'Put them into the environment: DKRON_URL=https://user:password@host.';
    expect(withoutUserinfo(advice)).toBe(advice);
  });
});
