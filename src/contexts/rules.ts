/** What a context must keep to besides its shape. */
import { UsageError } from '../base/errors.ts';
import { readAddress } from '../dkron/address.ts';
import { jobFilter } from '../job/filter.ts';
import { filterProblem } from '../job/filter-language.ts';
import { isPlace } from '../job/ttl/table.ts';
import { zoneError } from '../schedule/index.ts';
import type { ContextShape } from './shape.ts';

/** A place inside a context, and what is wrong there. */
export interface Problem {
  readonly path: readonly string[];
  /** Where it stands, when that is further inside. */
  readonly inside?: readonly string[];
  readonly message: string;
}

type Rule = (context: ContextShape) => readonly (Problem | false)[];

const at = (path: readonly string[], message: string): Problem => ({ path, message });

/** Names are typed behind `:ctx` and --context, and stand in completion scripts. */
export const contextName = /^[a-z0-9][\w.@:/-]*$/i;
export const nameWords =
  'a name has letters, digits and . _ - @ : / and begins with a letter or a digit';

const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
/** They belong to the connection, not to us. */
const ofConnection =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|content-(length|type)|accept)$/i;
/** Their value lets somebody in, whatever the file says. */
const ofCredentials = /authori[sz]ation|cookie|token|secret|passw|api-?key|credential/i;
/** What may stand in a header: no control characters, and nothing beyond Latin-1. */
export const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

const reached: Rule = ({ url, 'port-forward': forward, tls }) => [
  url === undefined &&
    forward === undefined &&
    at([], 'says nowhere to connect to: add url or port-forward'),
  url !== undefined &&
    forward !== undefined &&
    at(['url'], 'there is port-forward, too: take one of them out'),
  tls !== undefined &&
    (forward !== undefined || (url !== undefined && !/^\s*https:/i.test(url))) &&
    at(['tls'], 'has no use without https: in url'),
];

const address: Rule = ({ url }) => {
  if (url === undefined) return [];
  if (url.includes('@'))
    return [
      at(['url'], 'must have no user and no password: put them into basic: { user, password: … }'),
    ];
  try {
    readAddress(url);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const what = error.message.replace('the address of the server ', '');
    return [at(['url'], [what, error.next].filter(Boolean).join('. '))];
  }
};

const forwarded: Rule = ({ 'port-forward': forward }) => {
  const words = Object.entries(forward ?? {});
  return words.map(
    ([key, word]) =>
      typeof word === 'string' &&
      (word.startsWith('-') || /[\s\p{Cc}]/u.test(word)) &&
      at(['port-forward', key], 'must not begin with - and has no spaces'),
  );
};

const authorization: Rule = ({ basic, bearer, headers = {} }) => {
  const given = Object.keys(headers).filter((name) => /^authorization$/i.test(name));
  const ways = [basic && 'basic', bearer && 'bearer', given.length > 0 && 'headers'].filter(
    Boolean,
  );
  return [
    ways.length > 1 &&
      at(
        [String(ways.at(-1))],
        `only one of ${ways.join(' and ')} can say who we are: Authorization is one header`,
      ),
    basic?.user.includes(':') === true &&
      at(['basic', 'user'], 'must have no colon: HTTP basic has it between user and password'),
  ];
};

const headersAre: Rule = ({ headers = {} }) => {
  const names = Object.keys(headers);
  return names.map((name, index) => {
    const path = ['headers', name];
    const entry = headers[name]!;
    if (!headerName.test(name)) return at(path, 'is no name of a header');
    if (ofConnection.test(name))
      return at(path, 'is a header that belongs to the connection: take it out');
    if (names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < index)
      return at(path, 'is here twice: headers know no capital letters');
    if (!('value' in entry)) return false;
    if (ofCredentials.test(name))
      return at(
        path,
        'is a secret by its name: name where it is, as { env: NAME }, { file: PATH } or { command: LINE }',
      );
    return (
      !headerValue.test(entry.value) &&
      at([...path, 'value'], 'has characters that no header can carry')
    );
  });
};

const certificates: Rule = ({ tls }) => {
  if (tls === undefined) return [];
  const { ca, cert, key, insecure } = tls;
  return [
    cert !== undefined &&
      key === undefined &&
      at(['tls', 'cert'], 'needs its private key: add key'),
    key !== undefined &&
      cert === undefined &&
      at(['tls', 'key'], 'needs its certificate: add cert'),
    insecure === true &&
      ca !== undefined &&
      at(['tls', 'insecure'], 'takes any certificate, so ca has no use: take one of them out'),
  ];
};

const words: Rule = ({ label, 'server-zone': zone, views = {} }) => [
  label !== undefined &&
    (/\p{C}/u.test(label) || label.length > 24) &&
    at(['label'], 'must be one short word or two: 24 characters at most'),
  zone !== undefined &&
    (zone === 'Local' || zoneError(zone) !== undefined) &&
    at(['server-zone'], 'is no name of the time zone database: Europe/Paris, Etc/UTC'),
  ...Object.entries(views).map(([name, filter]) => {
    const problem = filterProblem(filter, jobFilter, true);
    return problem !== null && at(['views', name], problem);
  }),
];

const checks: Rule = ({ lint: { ttl, ignore = [] } = {} }) => [
  ttl !== undefined &&
    [ttl.file, ttl.command, ttl.shell].filter((one) => one !== undefined).length !== 1 &&
    at(['lint', 'ttl'], 'must have one of file, command and shell: where the table comes from'),
  ttl !== undefined &&
    Object.keys(ttl.match).length === 0 &&
    at(['lint', 'ttl', 'match'], 'must name a column at least'),
  ...Object.entries(ttl?.match ?? {}).map(
    ([column, where]) =>
      !isPlace(where) &&
      at(
        ['lint', 'ttl', 'match', column],
        'must be path, query.NAME, body.PATH, metadata.NAME or name',
      ),
  ),
  ...ignore.map(({ jobs = '' }, index) => {
    const problem = filterProblem(jobs, jobFilter, true);
    return problem !== null && at(['lint', 'ignore', String(index), 'jobs'], problem);
  }),
];

const rules = [reached, address, forwarded, authorization, headersAre, certificates, words, checks];

export const problemsOf = (context: ContextShape): Problem[] =>
  rules.flatMap((rule) => rule(context).filter((problem) => problem !== false));
