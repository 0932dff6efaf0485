import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/base/errors.ts';
import type { Credentials } from '../../src/config/target.ts';
import { hold } from '../../src/contexts/credentials.ts';
import { conceal } from '../../src/dkron/secrets.ts';

/** Whose command prints `token-1`, `token-2` and so on. */
function held(more: Partial<Credentials>) {
  let runs = 0;
  const credentials = { basic: null, bearer: null, headers: {}, ...more };
  const run = async () => ({ code: 0, late: false, stdout: `token-${++runs}\n`, stderr: '' });
  const env = { PW: 'pä/ss w"rd', LINES: 'a\nb', WIDE: 'naïve', UNSENDABLE: '日本' };
  return { ...hold(credentials, { env, run, warn: () => {} }), runs: () => runs };
}

const command = { bearer: { command: 'c' } };

describe('credentials', () => {
  it.each([
    [command, { authorization: 'Bearer token-1' }],
    [
      { basic: { user: 'ops', password: { env: 'PW' } } },
      { authorization: `Basic ${Buffer.from('ops:pä/ss w"rd').toString('base64')}` },
    ],
    [
      { headers: { 'X-Token': { command: 'c' }, 'X-Tenant': { value: 'blue' } } },
      { 'x-token': 'token-1', 'x-tenant': 'blue' },
    ],
    [{ headers: { 'X-A': { env: 'WIDE' } } }, { 'x-a': 'naïve' }],
  ])('of %j', async (credentials, headers) => {
    expect(await held(credentials).headers()).toEqual(headers);
  });

  it.each(['LINES', 'UNSENDABLE'])(
    'are no header when they hold what none can carry',
    async (env) => {
      const error = await held({ headers: { 'X-A': { env } } })
        .headers()
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(OperatorError);
      expect((error as Error).message).toBe(
        'what headers.X-A comes from holds characters that no header can carry',
      );
    },
  );

  it('are read when they are needed, once for all that need them', async () => {
    const { headers, runs } = held(command);
    expect(runs()).toBe(0);
    await Promise.all([headers(), headers(), headers()]);
    await headers();
    expect(runs()).toBe(1);
  });

  it('are read again when they are refused, once for all that were refused', async () => {
    const { headers, runs } = held(command);
    const first = await headers();
    const [a, b] = await Promise.all([headers(first), headers(first)]);
    expect(a).toEqual({ authorization: 'Bearer token-2' });
    expect(b).toBe(a);
    expect(await headers(first)).toBe(a);
    expect(await headers()).toBe(a);
    expect(runs()).toBe(2);
  });

  it('are tried again after they could not be had', async () => {
    let code = 1;
    const run = async () => ({ code, late: false, stdout: 'token', stderr: '' });
    const { headers } = hold(
      { basic: null, headers: {}, ...command },
      { env: {}, run, warn: () => {} },
    );
    await expect(headers()).rejects.toThrow('failed (exit code 1)');
    code = 0;
    expect(await headers()).toEqual({ authorization: 'Bearer token' });
  });

  it('are told by nobody, old ones and new ones, in no spelling', async () => {
    const { headers, secrets } = held({
      basic: { user: 'ops', password: { env: 'PW' } },
      headers: { 'X-Token': { command: 'c' }, 'X-Tenant': { value: 'blue' } },
    });
    expect(secrets()).toEqual([]);
    await headers(await headers());
    const plain = 'pä/ss w"rd';
    const told = [
      'token-1 token-2',
      plain,
      encodeURIComponent(plain),
      JSON.stringify(plain),
      Buffer.from(`ops:${plain}`).toString('base64'),
    ];
    expect(conceal(told.join(' '), secrets())).toBe('*** *** *** *** "***" ***');
    expect(conceal('the tenant blue', secrets())).toBe('the tenant blue');
  });
});
