/** Who can read what an http job sends, and what stands in the job. */
import { readHeaders } from '../headers.ts';
import { urlHost } from '../host.ts';
import { isSecretName } from '../secrets/name.ts';
import { type Finding, note, warning } from './finding.ts';

type Config = ReadonlyMap<string, string>;

const at = (name: string): string => `executor_config.${name}`;

const readers = 'whoever can read the jobs of this Dkron, or a backup of them, can read it';

/** Credentials in the headers, the address, or the variables of a job. The texts hold no value. */
export function clearSecrets(executor: string, config: Config): Finding[] {
  const told = (setting: string, what: string): Finding =>
    note('secret-in-clear', at(setting), `${what} in clear: ${readers}`);
  if (executor === 'shell')
    return secretVariables(config.get('env') ?? '').map((name) => told('env', `has ${name}`));
  if (executor !== 'http') return [];
  return [
    ...(hasUser(config.get('url') ?? '') ? [told('url', 'has a user and a password')] : []),
    ...secretHeaders(config).map((name) => told('headers', `have ${name}`)),
  ];
}

const secretHeaders = (config: Config): string[] => [
  ...new Set(
    (readHeaders(config.get('headers') ?? '') ?? [])
      .filter(({ name, value }) => value !== '' && isSecretName(name))
      .map(({ name }) => name),
  ),
];

const secretVariables = (env: string): string[] =>
  env.split(',').flatMap((variable) => {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(variable) ?? [];
    return value !== '' && isSecretName(name) ? [name] : [];
  });

const hasUser = (url: string): boolean => /^https?:\/\/[^/?#@:]*:[^/?#@]*@/i.test(url);

/** What goes over a network that is not ours as everybody may read it, or to anybody. */
export function exposure(config: Config): Finding[] {
  const url = config.get('url') ?? '';
  const findings: Finding[] = [];
  if (/^http:/i.test(url) && isPublic(urlHost(url))) {
    const hasSecret = hasUser(url) || secretHeaders(config).length > 0;
    const what = hasSecret ? 'its credentials' : 'what is sent and answered';
    const text = `is called without TLS, beyond your own network: whoever is on the way can read ${what}`;
    findings.push((hasSecret ? warning : note)('http-plain', at('url'), text));
  }
  if (/^(1|t|T|TRUE|true|True)$/.test(config.get('tlsNoVerifyPeer') ?? ''))
    findings.push(
      warning(
        'tls-unverified',
        at('tlsNoVerifyPeer'),
        'any certificate is taken: whoever is on the way can read and answer the calls',
      ),
    );
  return findings;
}

/** Two letters are a country; the others are those that most names of services end with. */
const publicEnds =
  /^([a-z]{2}|com|org|net|info|biz|edu|gov|mil|int|dev|app|cloud|online|site|tech)$/;

/** Surely a name or an address of the whole internet: in doubt it is one of one's own. */
function isPublic(host: string): boolean {
  const [a = 0, b = 0] = host.split('.').map(Number);
  if (/^\d+(\.\d+){3}$/.test(host))
    return !(
      a === 0 ||
      a === 10 ||
      a === 127 ||
      (a === 100 && b >= 64 && b < 128) ||
      (a === 169 && b === 254) ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168)
    );
  const labels = host.replace(/\.$/, '').split('.');
  return labels.length > 1 && publicEnds.test(labels.at(-1)!);
}
