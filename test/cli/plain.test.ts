import { describe, expect, it } from 'vitest';
import { plainConsole } from '../../src/cli/plain.ts';

const at = 'http://dkron.example:8080';

describe('a plain console', () => {
  it.each<[argv: string[], env: Record<string, string>, url: string]>([
    [['--url', at], {}, at],
    [[`--url=${at}`], {}, at],
    [['--url', 'dkron.example:8080'], {}, at],
    [['--url', ':8080'], {}, 'http://localhost:8080'],
    [['--url', `${at}/ui/#/jobs`], {}, at],
    [['--url', 'http://[::1]:8080'], {}, 'http://[::1]:8080'],
    [['--read-only', '--url', at, '--no-color'], {}, at],
    [[], { DKRON_URL: at }, at],
    [['--url', at], { DKRON_URL: 'https://other.example', DKRON_TUI_THEME: 'light' }, at],
  ])('%j with %j asks %s', (argv, env, url) => {
    expect(plainConsole(argv, env)).toBe(url);
  });

  it.each<[argv: string[], env: Record<string, string>]>([
    [[], {}],
    [['--url'], {}],
    [['--url', ''], {}],
    [['--url', at, '--url', at], {}],
    [['--url', at, 'jobs'], {}],
    [['jobs'], { DKRON_URL: at }],
    [['--url', at, '--'], {}],
    [['--url', at, '--demo'], {}],
    [['--url', at, '--context', 'prod'], {}],
    [['--url', at, '--refresh', '-1'], {}],
    [['--url', at, '--zone', 'Nowhere'], {}],
    [['--url', at, '--help'], {}],
    [['--url', at, '-V'], {}],
    [['--url', 'https://dkron.example'], {}],
    [['--url', 'http://me:secret@dkron.example'], {}],
    [['--url', `${at}/base`], {}],
    [['--url', 'ftp://dkron.example'], {}],
    [['--url', '127.1:8080'], {}],
    [['--url', at], { DKRON_CONTEXT: 'prod' }],
    [['--url', at], { DKRON_SERVER_ZONE: 'Nowhere' }],
    [['--url', at], { DKRON_TUI_THEME: 'none' }],
    [['--url', at], { TERM: 'dumb' }],
    [['--url', at], { http_proxy: 'http://proxy.example' }],
    [['--url', at], { ALL_PROXY: 'http://proxy.example' }],
  ])('is not %j with %j', (argv, env) => {
    expect(plainConsole(argv, env)).toBeNull();
  });
});
