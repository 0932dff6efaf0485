/** Contexts against a real nginx in front of the demo server and of every real Dkron at hand. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import { run } from '../cli/run.ts';
import { authority, hasOpenssl } from '../support/authority.ts';
import { type RunningDkron, realDkrons, realDkronsLine } from '../support/dkron.ts';
import { type Nginx, nginx, nginxLine, startNginx } from '../support/nginx.ts';

console.log(`contexts: ${nginxLine()}; ${realDkronsLine()}`);

const servers = [
  {
    label: 'the demo server',
    start: async (): Promise<RunningDkron> => {
      const { url, close } = await startDemo({ empty: true });
      return { url, stop: close };
    },
  },
  ...realDkrons().map((real) => ({ ...real, label: `Dkron ${real.version}` })),
];

const folder = mkdtempSync(join(tmpdir(), 'contexts-nginx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);

/** A context belongs to one cluster: each has its own. */
let each = 0;

const secret = 'pä/ss w"rd %41';

describe.runIf(nginx !== undefined && hasOpenssl).each(servers)(
  'nginx before $label',
  ({ start }) => {
    const ca = authority();
    let dkron: RunningDkron;
    let proxy: Nginx;
    let env: Record<string, string>;

    beforeAll(async () => {
      each++;
      dkron = await start();
      const own = ca.sign({ name: 'proxy', names: 'DNS:dkron.internal' });
      const mine = ca.sign({ name: 'ops' });
      const stranger = ca.selfSigned('stranger');
      proxy = await startNginx(
        2,
        ([plain, tls], at) => `
  server {
    listen 127.0.0.1:${plain};
    location /scheduler/ {
      auth_basic "Dkron"; auth_basic_user_file ${at}/users;
      limit_except GET { deny all; }
      proxy_pass ${dkron.url}/;
    }
  }
  server {
    listen 127.0.0.1:${tls} ssl;
    ssl_certificate ${own.cert}; ssl_certificate_key ${own.key};
    ssl_client_certificate ${ca.root.cert}; ssl_verify_client on;
    client_max_body_size 2k;
    location / {
      set $wants 'Bearer';
      if ($http_authorization = 'Bearer t0ken-2') { set $wants ''; }
      if ($wants != '') { add_header WWW-Authenticate $wants always; return 401 'run out'; }
      proxy_pass ${dkron.url};
    }
  }`,
        { users: `ops:{PLAIN}${secret}\n` },
      );
      const [plain, tls] = proxy.ports;
      const base = `http://127.0.0.1:${plain}/scheduler`;
      const files = `ca: ${ca.root.cert}, server-name: dkron.internal`;
      writeFileSync(path('secret'), `${secret}\n`, { mode: 0o600 });
      writeFileSync(
        path('config.yaml'),
        `contexts:
  basic${each}: { url: "${base}", basic: { user: ops, password: { file: secret } } }
  wrong${each}: { url: "${base}", basic: { user: ops, password: { env: WRONG } } }
  nobody${each}: { url: "${base}" }
  token${each}:
    url: https://127.0.0.1:${tls}
    tls: { ${files}, cert: ${mine.cert}, key: ${mine.key} }
    bearer: { command: 'echo x >> "$COUNTER"; echo t0ken-$(wc -l < "$COUNTER" | tr -d " ")' }
  old${each}: { url: "https://127.0.0.1:${tls}", tls: { ${files}, cert: ${mine.cert}, key: ${mine.key} }, bearer: { env: OLD } }
  bare${each}: { url: "https://127.0.0.1:${tls}", tls: { ${files} } }
  stranger${each}: { url: "https://127.0.0.1:${tls}", tls: { ${files}, cert: ${stranger.cert}, key: ${stranger.key} } }
  unnamed${each}: { url: "https://127.0.0.1:${tls}", tls: { ca: ${ca.root.cert} } }
`,
      );
      env = {
        DKRON_TUI_CONFIG: path('config.yaml'),
        PATH: process.env['PATH'] ?? '',
        COUNTER: path('counter'),
        WRONG: 'planted-password',
        OLD: 'planted-token',
      };
    });
    afterAll(async () => {
      await proxy?.stop();
      await dkron?.stop();
    });

    const at = (context: string, ...argv: string[]) =>
      run([...argv, '--context', context + each], { env });

    it('lets in who has the password, and only to what it allows', async () => {
      const { code, stdout } = await at('basic', 'jobs', '--json');
      expect({ code, stdout }).toEqual({ code: 0, stdout: '[]\n' });
      const write = await at('basic', 'create', 'a', '--template', 'shell', '--yes');
      expect(write.code).toBe(9);
      expect(write.stderr).toMatch(/does not let this user POST \/v1\/jobs.*\(403\): /);
      expect(write.stderr).toContain('Nothing was written.');
    });

    it('tells a wrong password and none apart', async () => {
      const wrong = await at('wrong', 'jobs');
      expect(wrong.code).toBe(9);
      expect(wrong.stderr).toContain('does not accept this user and password (401)');
      expect(wrong.stderr).not.toContain('planted');
      const none = await at('nobody', 'jobs');
      expect(none.stderr).toContain('requires a user and a password (401)');
    });

    it('asks the command again when the token has run out, and then writes once', async () => {
      writeFileSync(path('counter'), '');
      const { code } = await at('token', 'create', 'a', '--template', 'shell', '--yes');
      expect(code).toBe(0);
      expect(readFileSync(path('counter'), 'utf8')).toBe('x\nx\n');
      const listed = await run(['jobs', '--json', '--url', dkron.url]);
      expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'a' }]);
    });

    it('says that a token is not accepted', async () => {
      const { code, stderr } = await at('old', 'jobs');
      expect(code).toBe(9);
      expect(stderr).toContain('does not accept this token (401): run out');
      expect(stderr).not.toContain('planted');
    });

    it('wants a certificate, ours, for the name that it has', async () => {
      expect((await at('bare', 'jobs')).stderr).toContain(
        'accepts only clients with a certificate',
      );
      expect((await at('stranger', 'jobs')).stderr).toContain('does not accept our certificate');
      expect((await at('unnamed', 'jobs')).stderr).toContain(
        'its certificate is for another host (the certificate of proxy is for dkron.internal)',
      );
    });

    it('takes nothing that is too large', async () => {
      writeFileSync(path('counter'), 'x\n');
      const words = ['--set', `executor_config.command=echo ${'x'.repeat(4_000)}`, '--yes'];
      const { code, stderr } = await at('token', 'create', 'b', '--template', 'shell', ...words);
      expect(code).toBe(9);
      expect(stderr).toMatch(/accepts no request of \d+ bytes \(413\)/);
    });
  },
);
