import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plainCommand, plainConsole } from '../../src/cli/plain.ts';
import { countedServer } from '../support/counted-server.ts';
import { run } from './run.ts';

const at = 'http://dkron.example:8080';

const plain = { url: null, context: null, readOnly: false, asks: true };

describe('a plain console', () => {
  it.each<[argv: string[], env: Record<string, string>, more: Partial<typeof plain> | object]>([
    [[], {}, {}],
    [['--url', at], {}, { url: at }],
    [[`--url=${at}`], {}, { url: at }],
    [['--url=http://a/?b=c'], {}, { url: 'http://a/?b=c' }],
    [['--read-only', '--url', at, '--no-color'], {}, { url: at, readOnly: true }],
    [[], { DKRON_URL: at }, { url: at }],
    [[], { DKRON_URL: '', DKRON_CONTEXT: 'prod' }, { context: 'prod' }],
    [['--context', 'prod'], { DKRON_URL: at }, { context: 'prod' }],
    [['--context=prod', '--theme=light', '--color', 'never'], {}, { context: 'prod' }],
    [['--url', at], { DKRON_CONTEXT: 'prod', DKRON_TUI_THEME: 'light' }, { url: at }],
    [['--url', at, '--refresh', '2.5'], {}, { url: at }],
    [['--url', at], { DKRON_SERVER_ZONE: 'Nowhere' }, { url: at, asks: false }],
    [['--url', at], { http_proxy: 'http://proxy.example' }, { url: at, asks: false }],
    [['--url', at], { ALL_PROXY: 'http://proxy.example' }, { url: at, asks: false }],
  ])('is %j with %j', (argv, env, more) => {
    expect(plainConsole(argv, env)).toEqual({ ...plain, ...more });
  });

  it.each<[argv: string[], env: Record<string, string>]>([
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
    [['--url', at, '--theme', 'neon'], {}],
    [['--url', at, '--color', 'pink'], {}],
    [['--url', at, '--read-only=no'], {}],
    [['--url', at, '--json'], {}],
    [['--url', at, '--help'], {}],
    [['--url', at, '-V'], {}],
    [['--__proto__', 'x'], {}],
    [[], { DKRON_URL: at, DKRON_CONTEXT: 'prod' }],
    [['--url', at], { DKRON_TUI_THEME: 'none' }],
    [['--url', at], { TERM: 'dumb' }],
  ])('is not %j with %j', (argv, env) => {
    expect(plainConsole(argv, env)).toBeNull();
  });
});

describe('a plain command', () => {
  it.each([
    ['jobs'],
    ['jobs', 'an', 't-1'],
    ['jobs', '--json'],
    ['job', 'ant'],
    ['job', 'ant', '--json'],
    ['--no-color', 'job', '--read-only', 'ant'],
  ])('%s %s %s %s asks first what it asks', async (...argv) => {
    const { url, came } = await countedServer({ name: 'ant' });
    const words = [...argv.filter((word) => word !== undefined), '--url', url];
    expect(await run(words)).toMatchObject({ code: 0 });
    const first = plainCommand(words, {});
    expect(first).toMatchObject({ url, asks: true });
    expect(came.map(({ path }) => path).toSorted()).toEqual(first!.paths.toSorted());
  });

  it('saves a snapshot of what it asks first', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plain-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { url, came } = await countedServer({ name: 'ant' });
    const words = ['backup', join(folder, 'jobs'), '--scheduled', '--quiet', '--url', url];
    expect(await run(words)).toMatchObject({ code: 0 });
    const first = plainCommand(words, {});
    expect(first).toMatchObject({ url, asks: true });
    expect(came.map(({ path }) => path).toSorted()).toEqual(first!.paths.toSorted());
  });

  it('is opened on what a console is opened on', () => {
    const env = { DKRON_CONTEXT: 'prod', ALL_PROXY: 'http://proxy.example' };
    expect(plainCommand(['jobs'], env)).toEqual({
      ...plainConsole([], env),
      paths: ['/v1/jobs', '/v1/busy'],
    });
  });

  it.each([
    [[]],
    [['jobs', 'status:']],
    [['jobs', '!ant']],
    [['jobs', '--view', 'mine']],
    [['jobs', '--zone', 'utc']],
    [['jobs', '--url', at, '--url', at]],
    [['job']],
    [['job', '']],
    [['job', 'ant', 'bee']],
    [['job', 'a/b']],
    [['job', '--', 'ant']],
    [['job', '-h']],
    [['backup', 'one', 'two']],
    [['backup', '-']],
    [['backup', '--job', 'ant']],
    [['jobs', '--quiet']],
    [['--quiet', 'backup']],
    [['run', 'ant']],
    [['ant', 'jobs']],
  ])('is not %j', (argv) => {
    expect(plainCommand(argv, { DKRON_URL: at })).toBeNull();
  });
});
