import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { TtlSource } from '../../src/config/target.ts';
import { noConfig } from '../../src/contexts/file.ts';
import { readContexts } from '../../src/contexts/read.ts';
import { targetNamed } from '../../src/contexts/targets.ts';
import { readTtls } from '../../src/contexts/ttl-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'dkron-tui-ttls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const contextWith = (lint: unknown) =>
  readContexts(JSON.stringify({ contexts: { x: { url: 'http://a', lint } } }));

function told(lint: unknown): string[] {
  const entry = contextWith(lint).contexts.get('x')!;
  return 'mistakes' in entry ? entry.mistakes.map(({ message }) => message) : [];
}

const ttl = { file: 'ttls.csv', match: { route: 'path' }, soft: 'soft' };

describe('what a context says of the checks', () => {
  it.each([
    [{ ttl }],
    [
      {
        ttl: { ...ttl, file: undefined, command: ['psql', '-c', 'copy …'], hard: 'h', unit: 'min' },
      },
    ],
    [{ ttl: { ...ttl, file: undefined, shell: 'psql | grep a' } }],
    [{ ttl: { ...ttl, match: { a: 'query.b', b: 'body.c.d[0]', c: 'metadata.e', d: 'name' } } }],
    [{ ignore: [{ rule: 'clock-' }, { rule: 'phase', jobs: 'owner:night' }] }],
  ])('%j is read', (lint) => {
    expect(told(lint)).toEqual([]);
  });

  it.each([
    [
      { ttl: { ...ttl, shell: 'a' } },
      'lint.ttl: must have one of file, command and shell: where the table comes from',
    ],
    [
      { ttl: { ...ttl, file: undefined } },
      'lint.ttl: must have one of file, command and shell: where the table comes from',
    ],
    [{ ttl: { ...ttl, match: {} } }, 'lint.ttl.match: must name a column at least'],
    [
      { ttl: { ...ttl, match: { a: 'url' } } },
      'lint.ttl.match.a: must be path, query.NAME, body.PATH, metadata.NAME or name',
    ],
    [{ ttl: { ...ttl, unit: 'week' } }, 'lint.ttl.unit: must be one of ms, s, min, h, d'],
    [
      { ttl: { ...ttl, file: undefined, command: 'psql -c' } },
      'lint.ttl.command: must be a program and its words, each by itself: [psql, -c, "copy …"]',
    ],
    [
      { ignore: [{ rule: 'a', jobs: 'nonsense:b' }] },
      expect.stringContaining('lint.ignore.0.jobs: nonsense: is not a filter'),
    ],
  ])('%j is a mistake', (lint, message) => {
    expect(told(lint)).toEqual([typeof message === 'string' ? `contexts.x.${message}` : message]);
  });

  it('finds a file beside its own, and counts in seconds unless told', () => {
    const config = {
      ...noConfig,
      ...contextWith({ ttl }),
      path: '/etc/dkron/config.yaml',
      text: '',
    };
    expect(targetNamed(config, 'x', {}).lint).toEqual({
      ttl: {
        from: { file: '/etc/dkron/ttls.csv' },
        match: { route: 'path' },
        soft: 'soft',
        hard: null,
        unit: 's',
      },
      ignore: [],
    });
  });
});

describe('the table of TTLs', () => {
  const from = (source: TtlSource['from']): TtlSource => ({
    from: source,
    match: { route: 'path' },
    soft: 'soft',
    hard: null,
    unit: 's',
  });
  const read = (source: TtlSource['from'], env: Record<string, string> = {}) =>
    readTtls(from(source), { PATH: process.env['PATH'], ...env });
  const file = join(folder, 'ttls.csv');
  writeFileSync(file, 'route,soft\n/a,60\n');
  const program = join(folder, 'print');
  writeFileSync(program, '#!/bin/sh\nprintf "%s\\n" route,soft "$1,$SOFT"\n');
  chmodSync(program, 0o700);

  it.each([
    ['a file', { file }, '/a'],
    // No shell reads its words.
    ['a program', { command: [program, '/$HOME;a'] }, '/$HOME;a'],
    ['a line for a shell', { shell: `${program} /a | cat` }, '/a'],
  ])('comes from %s', async (_, source, path) => {
    const { rows } = await read(source, { SOFT: '60' });
    expect([...rows]).toEqual([[JSON.stringify([path]), { soft: 60, hard: null }]]);
  });

  it.each([
    [{ file: join(folder, 'none') }, /none/],
    [{ command: [join(folder, 'none')] }, /could not be run/],
    [{ shell: 'echo "bad password=sesame" >&2; exit 3' }, /failed \(exit code 3\): bad password=/],
    [{ shell: 'echo postgres://me:sesame@db/x >&2; exit 1' }, /failed \(exit code 1\)/],
    [{ shell: 'echo a,b' }, /the table of TTLs has no column route: there is a, b/],
    [{ shell: 'head -c 17000000 /dev/zero' }, /printed more than 16 MB/],
  ])('from %j says what is wrong, and no secret', async (source, message) => {
    const error = await read(source).catch((one: unknown) => one);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain('sesame');
  });
});
