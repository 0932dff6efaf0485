import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { serve } from '../dkron/scripted.ts';
import { fresh } from './fresh.ts';
import { run } from './run.ts';

const home = mkdtempSync(join(tmpdir(), 'dkron-tui-contexts-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;

/** A home of its own, with this file of contexts; none for null. */
function homeWith(text: string | null) {
  const path = join(home, `${++count}.yaml`);
  if (text !== null) writeFileSync(path, text);
  const contexts = (...argv: string[]) =>
    run(['contexts', ...argv], { env: { DKRON_TUI_CONFIG: path } });
  return { path, contexts, text: () => readFileSync(path, 'utf8') };
}

const two = `current: local
contexts:
  local: { url: "http://localhost:8080" }
  prod:
    port-forward: { namespace: mobility, resource: svc/dkron, port: 8080, kube-context: eu }
    label: PROD
    read-only: true
    protected: true
`;

describe('contexts', () => {
  it('lists what is there and what holds', async () => {
    const { contexts } = homeWith(two);
    const { code, stdout } = await contexts();
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(1)).toEqual([
      '*  local  local  http://localhost:8080',
      '   prod   PROD   port-forward mobility/svc/dkron:8080 in eu  read-only, protected',
      '',
    ]);
    expect((await contexts('list', '--names')).stdout).toBe('local\nprod\n');
  });

  it('lists as JSON', async () => {
    const { stdout } = await homeWith(two).contexts('--json');
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'local', current: true, url: 'http://localhost:8080', portForward: null },
      { name: 'prod', current: false, label: 'PROD', readOnly: true, protected: true },
    ]);
  });

  it('says what is wrong with one, and lists the others', async () => {
    const { path, contexts } = homeWith(`${two}  bad: { url: x, lable: y }\n`);
    const { code, stdout, stderr } = await contexts();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {3}bad +– +has mistakes$/m);
    expect(stderr).toBe(
      `${path}:9:18: contexts.bad: there is no lable here; did you mean label?\n`,
    );
    expect((await contexts('list', '--names')).stdout).toBe('local\nprod\n');
  });

  it('knows no file, and says how to begin', async () => {
    const { code, stdout, stderr } = await run(['contexts'], { env: { HOME: home } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('add one: dkron-tui contexts add NAME --url');
  });

  it('fails for a file that cannot be read', async () => {
    const { code, stderr } = await homeWith('contexts: [').contexts();
    expect(code).toBe(7);
    expect(stderr).toMatch(/\.yaml:1:12: /);
  });
});

describe('contexts add', () => {
  it('begins a file, for its owner only, with its schema beside it', async () => {
    const xdg = join(home, 'xdg');
    const env = { XDG_CONFIG_HOME: xdg };
    const { code } = await run(['contexts', 'add', 'local', '--url', ':8080'], { env });
    expect(code).toBe(0);
    const folder = join(xdg, 'dkron-tui');
    expect(readFileSync(join(folder, 'config.yaml'), 'utf8')).toBe(
      '# yaml-language-server: $schema=config.schema.json\n\ncontexts:\n  local:\n    url: :8080\n',
    );
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'config.yaml')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'config.schema.json'), 'utf8')).toBe(
      readFileSync('docs/config.schema.json', 'utf8'),
    );
    const listed = await run(['contexts', '--json'], { env });
    expect(JSON.parse(listed.stdout)).toMatchObject([{ url: 'http://localhost:8080' }]);
  });

  it('takes what holds there from its options', async () => {
    const { contexts, text } = homeWith(null);
    const words = ['--port-forward', 'mobility/svc/dkron:http', '--kube-context', 'eu'];
    const look = ['--label', 'PROD', '--label-color', 'red', '--refresh', '2.5'];
    const added = await contexts('add', 'prod', ...words, ...look, '--read-only', '--protected');
    expect(added.code).toBe(0);
    expect(text().split('\n').slice(2)).toEqual([
      'contexts:',
      '  prod:',
      '    port-forward: { namespace: mobility, resource: svc/dkron, port: http, kube-context: eu }',
      '    label: PROD',
      '    color: red',
      '    read-only: true',
      '    protected: true',
      '    refresh: 2.5',
      '',
    ]);
  });

  it.each([
    [['local', '--url', 'x'], 'there is a context local already'],
    [['-x', '--url', 'x'], "unknown option '-x'"],
    [['a b', '--url', 'x'], 'contexts.a b: cannot be typed'],
    [['x'], 'contexts.x: says nowhere to connect to'],
    [['x', '--url', 'http://ops:planted@host'], 'must have no user and no password'],
    [['x', '--url', 'http://'], 'has no host'],
    [['x', '--url', 'x', '--kube-context', 'eu'], '--kube-context goes with --port-forward'],
    [['x', '--port-forward', 'svc/dkron:8080'], 'Write it like mobility/svc/dkron:8080.'],
    [['x', '--url', 'x', '--server-zone', 'Paris'], 'is no name of the time zone database'],
    [['x', '--url', 'x', '--label-color', 'pink'], 'Allowed choices are red'],
  ])('refuses %j', async (argv, message) => {
    const { contexts, text } = homeWith(two);
    const { code, stderr } = await contexts('add', ...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('planted');
    expect(text()).toBe(two);
  });

  it('keeps a link to a file that is elsewhere', async () => {
    const { path } = homeWith(two);
    const link = join(home, 'link.yaml');
    symlinkSync(path, link);
    const env = { DKRON_TUI_CONFIG: link };
    await run(['contexts', 'add', 'new', '--url', 'x'], { env });
    expect(readFileSync(path, 'utf8')).toBe(`${two}  new:\n    url: x\n`);
  });
});

describe('contexts use and remove', () => {
  it('makes one the current one', async () => {
    const { contexts, text } = homeWith(two);
    const { code, stdout } = await contexts('use', 'prod');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'prod is the current context now.\n' });
    expect(text()).toBe(two.replace('current: local', 'current: prod'));
  });

  it('takes one out, and prints what it was', async () => {
    const { contexts, text } = homeWith(two);
    const { stdout } = await contexts('remove', 'local');
    expect(stdout).toContain('no context is current now');
    expect(stdout).toContain('local: { url: "http://localhost:8080" }\n');
    expect(text()).toBe(
      two
        .split('\n')
        .filter((_, at) => at !== 0 && at !== 2)
        .join('\n'),
    );
  });

  it.each([
    ['use', 'prd', 'Did you mean prod?'],
    ['remove', 'x', 'There is local, prod.'],
  ])('%s knows no %s', async (verb, name, advice) => {
    const { contexts, text } = homeWith(two);
    const { code, stderr } = await contexts(verb, name);
    expect(code).toBe(2);
    expect(stderr).toContain(advice);
    expect(text()).toBe(two);
  });

  it('use refuses one with mistakes', async () => {
    const { code } = await homeWith(`${two}  bad: {}\n`).contexts('use', 'bad');
    expect(code).toBe(7);
  });
});

describe('contexts test', () => {
  it('says what answers, and ends with the code of what does not', async () => {
    const { url } = await fresh();
    const other = await serve(() => ({ status: 401, whom: null, body: 'no' }));
    const { contexts } = homeWith(
      `contexts:\n  a: { url: "${url}" }\n  b: { url: "http://127.0.0.1:1" }\n  c: { url: "${other.url}" }\n  d: {}\n`,
    );
    const all = await contexts('test');
    expect(all.code).toBe(6);
    const rows = all.stdout.split('\n');
    expect(rows[1]).toMatch(/^a +4\.1\.2 +\S+ +\S+ +answers$/);
    expect(rows[2]).toMatch(/^b .* cannot be reached: connection refused$/);
    expect(rows[3]).toMatch(/^c /);
    expect(rows[4]).toMatch(/^d .* says nowhere to connect to/);
    expect((await contexts('test', 'a')).code).toBe(0);
    expect((await contexts('test', 'c')).code).toBe(9);
    expect((await contexts('test', 'd')).code).toBe(7);
    const json = await contexts('test', 'a', 'b', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject([
      { name: 'a', version: '4.1.2', ok: true, problem: null },
      { name: 'b', version: null, ok: false, problem: expect.stringContaining('refused') },
    ]);
    expect(json.stderr).toBe('');
  });

  it('knows the names', async () => {
    expect((await homeWith(two).contexts('test', 'nope')).code).toBe(2);
  });
});
