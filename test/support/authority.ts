/** A private authority for tests, with certificates of every kind; made by openssl. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Whether there is an openssl; where there is none it is said once, in a line. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.log('openssl is not there: certificates were not tried');

export interface Pair {
  /** Files in PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface Wanted {
  /** Its subject, CN. */
  readonly name: string;
  /** `DNS:localhost`, `IP:127.0.0.1`; those of this machine unless told. */
  readonly names?: string;
  /** Days from now on. */
  readonly from?: number;
  readonly until?: number;
  readonly authority?: boolean;
  /** Who signs; the root unless told. */
  readonly by?: Pair;
}

export interface Authority {
  readonly root: Pair;
  sign(wanted: Wanted): Pair;
  selfSigned(name: string): Pair;
  /** A file with several certificates, one behind the other. */
  chain(...certificates: readonly string[]): string;
  /** A key with a passphrase. */
  locked(key: string): string;
}

const here = 'DNS:localhost,IP:127.0.0.1';
const day = 24 * 3_600_000;
const stamp = (days: number): string =>
  `${new Date(Date.now() + days * day).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;

/** Its files go when the tests of the file have ended. */
export function authority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'dkron-tui-ca-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  writeFileSync(at('index'), '');
  writeFileSync(
    at('conf'),
    `[ca]\ndefault_ca=d\n[d]\ndatabase=${at('index')}\nnew_certs_dir=${folder}\nrand_serial=yes\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n`,
  );
  const key = (): string => {
    const path = at(`${++count}.key`);
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', path);
    return path;
  };
  const selfSigned = (name: string, ...extensions: readonly string[]): Pair => {
    const pair = { key: key(), cert: at(`${count}.pem`) };
    const added = extensions.flatMap((one) => ['-addext', one]);
    openssl(
      'req',
      '-x509',
      '-key',
      pair.key,
      '-out',
      pair.cert,
      '-subj',
      `/CN=${name}`,
      '-days',
      '2',
      ...added,
    );
    return pair;
  };
  const root = selfSigned('Test Root');

  return {
    root,
    selfSigned: (name) => selfSigned(name, `subjectAltName=${here}`),
    sign({ name, names = here, from = -1, until = 1, authority: isAuthority = false, by = root }) {
      const pair = { key: key(), cert: at(`${count}.pem`) };
      const request = at(`${count}.csr`);
      const extensions = at(`${count}.ext`);
      writeFileSync(
        extensions,
        isAuthority
          ? 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n'
          : `basicConstraints=CA:FALSE\nsubjectAltName=${names}\n`,
      );
      openssl('req', '-new', '-key', pair.key, '-out', request, '-subj', `/CN=${name}`);
      const signed = ['-cert', by.cert, '-keyfile', by.key, '-in', request, '-out', pair.cert];
      const dates = ['-startdate', stamp(from), '-enddate', stamp(until)];
      openssl(
        'ca',
        '-batch',
        '-notext',
        '-config',
        at('conf'),
        '-extfile',
        extensions,
        ...signed,
        ...dates,
      );
      return pair;
    },
    chain: (...certificates) => {
      const path = at(`${++count}.chain`);
      writeFileSync(path, certificates.map((one) => readFileSync(one, 'utf8')).join(''));
      return path;
    },
    locked: (path) => {
      openssl('pkey', '-in', path, '-aes128', '-passout', 'pass:planted', '-out', `${path}.locked`);
      return `${path}.locked`;
    },
  };
}
