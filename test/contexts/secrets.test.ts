/** What a context keeps secret comes back in nothing that is printed, whatever a server makes of it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../cli/run.ts';
import { type Script, serve } from '../dkron/scripted.ts';

const home = mkdtempSync(join(tmpdir(), 'dkron-tui-secrets-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const planted = 'planted/t0ken+"x';
const basic = Buffer.from(`ops:${planted}`).toString('base64');
const spelt = [planted, encodeURIComponent(planted), JSON.stringify(planted)];

/** All that came with the request, and what it may be made of. */
const told = (headers: Readonly<Record<string, unknown>>): string =>
  [...Object.values(headers), ...spelt].join(' ').replace(/[\r\n]/g, ' ');

const servers: Record<string, Script> = {
  'an error': ({ headers }) => ({ status: 500, body: `you sent ${told(headers)}` }),
  'a refusal': ({ headers }) => ({ status: 403, whom: null, body: told(headers) }),
  'no leave': ({ headers }) => ({
    status: 401,
    whom: null,
    headers: { 'www-authenticate': `Bearer realm="${told(headers)}"`, server: planted },
    body: told(headers),
  }),
  'a redirect': () => ({
    status: 302,
    headers: { location: `http://127.0.0.1:1/${encodeURIComponent(planted)}` },
  }),
  'a page': ({ headers }) => ({
    status: 502,
    whom: null,
    headers: { 'content-type': 'text/html', server: planted },
    body: `<html><title>${told(headers)}</title></html>`,
  }),
  'a lost line': () => (response) => response.destroy(),
};

const ways = {
  bearer: 'bearer: { env: PLANTED }',
  basic: 'basic: { user: ops, password: { env: PLANTED } }',
  header: 'headers: { X-Token: { command: "printf %s \\"$PLANTED\\"" } }',
};

describe.each(Object.keys(ways) as (keyof typeof ways)[])('a secret of %s', (way) => {
  it.each(Object.keys(servers))('is not told back for %s', async (answer) => {
    const { url, came } = await serve(servers[answer]!);
    const path = join(home, `${way}.yaml`);
    const log = join(home, `${way}-${answer}.log`);
    writeFileSync(path, `contexts: { a: { url: "${url}", ${ways[way]} } }\n`);
    const env = { DKRON_TUI_CONFIG: path, DKRON_CONTEXT: 'a', PLANTED: planted };
    let shown = '';
    for (const argv of [['jobs'], ['info'], ['doctor'], ['contexts', 'test'], ['contexts']])
      for (const more of [[], ['--json']]) {
        const { stdout, stderr } = await run([...argv, ...more, '--log', log], { env });
        shown += stdout + stderr;
      }
    shown += readFileSync(log, 'utf8');
    expect(came.length).toBeGreaterThan(4);
    expect(JSON.stringify(came.map(({ headers }) => headers))).toMatch(
      way === 'basic' ? basic : /planted/,
    );
    expect(shown).not.toMatch(/planted/i);
    expect(shown).not.toContain(basic);
  });
});
