import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/base/errors.ts';
import { proxyFor } from '../../src/dkron/proxy.ts';

const proxy = 'http://proxy:3128';
const through = (origin: string, env: Record<string, string>) =>
  proxyFor(origin, env)?.href ?? null;

describe('the proxy for a server', () => {
  it.each([
    ['http://d', {}, null],
    ['http://d', { http_proxy: proxy }, 'http://proxy:3128/'],
    ['http://d', { HTTP_PROXY: proxy }, 'http://proxy:3128/'],
    ['http://d', { http_proxy: 'http://a', HTTP_PROXY: 'http://b' }, 'http://a/'],
    ['http://d', { http_proxy: '', HTTP_PROXY: 'http://b' }, 'http://b/'],
    ['http://d', { https_proxy: proxy }, null],
    ['https://d', { http_proxy: proxy }, null],
    ['https://d', { https_proxy: proxy }, 'http://proxy:3128/'],
    ['https://d', { ALL_PROXY: proxy }, 'http://proxy:3128/'],
    ['https://d', { all_proxy: 'http://a', HTTPS_PROXY: 'http://b' }, 'http://b/'],
    ['http://d', { http_proxy: 'proxy:3128' }, 'http://proxy:3128/'],
    ['http://d', { http_proxy: 'https://u:p@proxy' }, 'https://u:p@proxy/'],
    ['http://localhost:8080', { http_proxy: proxy }, null],
    ['http://127.0.0.1:40123', { all_proxy: proxy }, null],
    ['http://127.1.2.3', { all_proxy: proxy }, null],
    ['http://[::1]:8080', { all_proxy: proxy }, null],
    ['http://dkron.localhost', { all_proxy: proxy }, null],
    ['http://localhost.example', { all_proxy: proxy }, 'http://proxy:3128/'],
  ])('%s with %j: %s', (origin, env, expected) => {
    expect(through(origin, env)).toBe(expected);
  });

  it.each(['socks5://proxy:1080', 'ftp://proxy', 'http://'])('is not %s', (http_proxy) => {
    expect(() => proxyFor('http://d', { http_proxy })).toThrow(OperatorError);
  });

  it('is not named with its password', () => {
    try {
      proxyFor('http://d', { http_proxy: 'socks5://ops:planted@proxy' });
    } catch (error) {
      expect((error as Error).message).not.toContain('planted');
      return;
    }
    throw new Error('nothing was thrown');
  });
});

describe('no_proxy', () => {
  it.each([
    ['*', 'http://d.example', true],
    ['d.example', 'http://d.example', true],
    ['D.Example', 'http://d.example', true],
    ['example', 'http://d.example', true],
    ['.example', 'http://d.example', true],
    ['*.example', 'http://d.example', true],
    ['xample', 'http://d.example', false],
    ['other, d.example', 'http://d.example', true],
    ['other d.example', 'http://d.example', true],
    ['d.example:80', 'http://d.example', true],
    ['d.example:443', 'https://d.example', true],
    ['d.example:8080', 'http://d.example', false],
    ['d.example:8080', 'http://d.example:8080', true],
    ['10.0.0.7', 'http://10.0.0.7:8080', true],
    ['10.0.0.7:8080', 'http://10.0.0.7:8080', true],
    ['0.0.7', 'http://10.0.0.7', false],
    ['10.0.0.0/8', 'http://10.9.8.7', true],
    ['10.0.0.0/8', 'http://11.9.8.7', false],
    ['10.0.0.0/8', 'http://d.example', false],
    ['10.0.0.0/99', 'http://10.9.8.7', false],
    ['10.0.0.0/x', 'http://10.9.8.7', false],
    ['fd00::/8', 'http://[fd12::1]:8080', true],
    ['fd00::/8', 'http://[fe12::1]:8080', false],
    ['[fd12::1]:8080', 'http://[fd12::1]:8080', true],
    ['fd12::1', 'http://[fd12::1]', true],
    ['', 'http://d.example', false],
  ])('%j exempts %s: %s', (no_proxy, origin, exempt) => {
    expect(through(origin, { all_proxy: proxy, no_proxy })).toBe(
      exempt ? null : 'http://proxy:3128/',
    );
    expect(through(origin, { ALL_PROXY: proxy, NO_PROXY: no_proxy }) === null).toBe(exempt);
  });
});
