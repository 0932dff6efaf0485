/** What an answer means that is not a success, as an error for the operator. */
import {
  type Advice,
  Forbidden,
  NotDkron,
  NotFound,
  type OperatorError,
  Refused,
  ServerError,
  TooBusy,
  Unauthorised,
  Unreachable,
  Unsupported,
} from '../base/errors.ts';
import { notDkron, notDkronError, otherApi, serverName } from './not-dkron.ts';
import { serverWords } from './server-words.ts';
import { methodOf, type Reply, type Shown } from './wire.ts';

/** gin's answer to a route it does not have: this Dkron is too old, or the base path is wrong. */
export const isNoRoute = (status: number, text: string): boolean =>
  status === 404 && text.trim() === '404 page not found';

/**
 * Dkron's ways to say that there is no leader: its handler goes on after it has refused, hence 500
 * and "null" (api.go leaderHandler), or panics before raft is set up (3.x).
 */
export const isLeaderless = (status: number, text: string): boolean =>
  (status === 500 || status === 404) && (text === 'null' || text === '');

/**
 * The error for an answer that is not a success and whose route says nothing more precise.
 * `text` is the answer's body.
 */
export function answerError(url: string, reply: Reply, text: string): OperatorError {
  const { ask, status } = reply;
  if (otherApi(reply, text) !== null) return notDkronError(url, reply, text);
  const asked = { url, reply, why: reasonOf(reply, text), what: `${methodOf(ask)} ${ask.path}` };
  const error = onTheWay(asked) ?? tlsError(url, status, text);
  if (error !== undefined) return error;
  if (isNoRoute(status, text)) return noRoute(url, reply);
  if (notDkron(reply, text)) return notDkronError(url, reply, text);
  if (status === 404 && text === '')
    return new NotFound(`${url} answered ${asked.what} with 404: not found`);
  return new ServerError(
    `${url} answered ${asked.what} with ${status}: ${asked.why || 'no reason given'}`,
    {
      next:
        ask.path === '/v1/busy'
          ? 'The server nodes do not reach each other: check the members of the cluster.'
          : "The server's log may say more.",
    },
  );
}

interface Asked {
  readonly url: string;
  readonly reply: Reply;
  /** What the server gives as its reason; "" for none. */
  readonly why: string;
  /** The request: `GET /v1/jobs`. */
  readonly what: string;
}

/** The words behind the status: a page's title often begins with the number once more. */
const reasonOf = (reply: Reply, text: string): string =>
  serverWords(reply, text).replace(new RegExp(`^${reply.status}\\b\\s*`), '');

const because = ({ reply, why }: Asked): string =>
  why === '' ? `(${reply.status})` : `(${reply.status}): ${why}`;

/** What was not done, for a request that would have changed something. */
const advice = ({ reply }: Asked, next: string): Advice =>
  methodOf(reply.ask) === 'GET' ? { next } : { data: 'Nothing was written.', next };

/** Answers of a proxy in front of Dkron: Dkron itself has no users, quotas or limits. */
function onTheWay(asked: Asked): OperatorError | undefined {
  const { reply } = asked;
  if (reply.status >= 500 && reply.whom !== null) return undefined;
  return statuses[reply.status]?.(asked);
}

const refused =
  (say: (asked: Asked) => string, next: (asked: Asked) => string) =>
  (asked: Asked): OperatorError =>
    new Refused(`${say(asked)} ${because(asked)}`, advice(asked, next(asked)));

const unreached =
  (say: string) =>
  (asked: Asked): OperatorError => {
    const proxy = serverName(asked.reply) || 'the proxy in front of Dkron';
    return new Unreachable(`${asked.url}: ${proxy} ${say} ${because(asked)}`, {
      next: 'The address reaches that proxy: check whether Dkron runs behind it.',
    });
  };

const giveCredentials =
  'Put user and password into the environment, DKRON_URL=https://user:password@host, or say in its context where they are: basic, bearer or headers.';

/** What to look at, by what was shown. */
const checks: Readonly<Record<Shown, string>> = {
  'user and password':
    'Check both. In an address / is written %2F, ? is %3F, # is %23, @ is %40 and % is %25.',
  token: 'It may have run out: check what its source gives (bearer in its context).',
  credentials: 'Check what their sources give (headers in its context).',
};

/** What the server wants, as it says itself (RFC 9110, 11.6.1). */
function wanted({ reply }: Asked): Shown {
  const challenge = reply.header('www-authenticate') ?? '';
  if (/^\s*Bearer\b/i.test(challenge)) return 'token';
  return challenge === '' || /\bBasic\b/i.test(challenge) ? 'user and password' : 'credentials';
}

const called: Readonly<Record<Shown, string>> = {
  'user and password': 'a user and a password',
  token: 'a token',
  credentials: 'credentials',
};

function unauthorised(asked: Asked): OperatorError {
  const { url, reply } = asked;
  const { shown } = reply;
  const wants = wanted(asked);
  const what =
    shown === null
      ? `${url} requires ${called[wants]}`
      : `${url} does not accept ${theseOf(shown)}${insteadOf(asked, wants)}`;
  const next = shown === null ? giveCredentials : checks[shown];
  return new Unauthorised(`${what} ${because(asked)}`, shown !== null, advice(asked, next));
}

const theseOf = (shown: Shown): string =>
  shown === 'credentials' ? 'these credentials' : `this ${shown}`;

const insteadOf = ({ reply }: Asked, wants: Shown): string =>
  reply.header('www-authenticate') === null || reply.shown === wants
    ? ''
    : `, it wants ${called[wants]}`;

function forbidden(asked: Asked): OperatorError {
  const { url, reply, what, why } = asked;
  const who = reply.shown === null ? 'this program' : whoShows[reply.shown];
  const next =
    reply.shown === null
      ? `Ask its administrator for access. ${giveCredentials}`
      : `Ask its administrator for that right, or use another ${reply.shown === 'token' ? 'token' : 'user'}.`;
  const message = `${url} does not let ${who} ${what} ${because(asked)}`;
  return new Forbidden(message, why, advice(asked, next));
}

const whoShows: Readonly<Record<Shown, string>> = {
  'user and password': 'this user',
  token: 'the owner of this token',
  credentials: 'who shows these credentials',
};

const statuses: Readonly<Record<number, (asked: Asked) => OperatorError>> = {
  401: unauthorised,
  403: forbidden,
  407: refused(
    ({ url }) => `a proxy on the way to ${url} requires its own user and password`,
    () => 'Use an address that does not go through that proxy.',
  ),
  413: refused(
    ({ url, reply }) =>
      `the proxy in front of Dkron at ${url} accepts no request of ${sizeOf(reply)}`,
    () =>
      'Raise its limit (nginx: client_max_body_size), or go around it, for example with a port-forward.',
  ),
  414: refused(
    ({ url }) => `the proxy in front of Dkron at ${url} accepts no path as long as this`,
    () => 'Use an address that goes around it, for example a port-forward.',
  ),
  429: (asked) =>
    new TooBusy(
      `${asked.url} received too many requests ${because(asked)}`,
      advice(asked, `Try again ${afterOf(asked.reply)}.`),
    ),
  431: refused(
    ({ url }) => `${url} accepts no headers as large as these`,
    () => 'Credentials make them large: check that nothing else was pasted into them.',
  ),
  502: unreached('gets no answer from Dkron'),
  503: unreached('has no Dkron to ask'),
  504: unreached('waited too long for Dkron'),
};

const sizeOf = ({ ask }: Reply): string => {
  const bytes = Buffer.byteLength(ask.body ?? '');
  return bytes < 10_000 ? `${bytes} bytes` : `${Math.round(bytes / 1000)} kB`;
};

const afterOf = (reply: Reply): string => {
  const seconds = /^\d{1,6}$/.exec(reply.header('retry-after') ?? '')?.[0];
  return seconds === undefined ? 'in a while, and read less often' : `in ${seconds} s`;
};

/** What Go, nginx and Apache say about TLS in place of an answer; undefined for anything else. */
function tlsError(url: string, status: number, text: string): NotDkron | undefined {
  if (status !== 400) return undefined;
  if (/HTTP request (was sent )?to (an )?HTTPS|plain HTTP to an SSL/i.test(text))
    return new NotDkron(`${url} expects TLS`, { next: 'Write the address with https://.' });
  if (/SSL certificate was sent/i.test(text))
    return new NotDkron(`the proxy at ${url} accepts only clients with a certificate`, {
      next: 'Name yours and its key in its context: tls: { cert: FILE, key: FILE }.',
    });
  if (/SSL certificate error/i.test(text))
    return new NotDkron(`the proxy at ${url} does not accept our certificate`, {
      next: 'Ask its administrator which authority has to sign it; check tls in its context.',
    });
  return undefined;
}

/** Every Dkron has these: a server without them is not Dkron. */
const everyDkron = /^\/v1(\/(jobs|members|leader)(\/[^/]+)?)?$/;

function noRoute(url: string, { ask, whom }: Reply): OperatorError {
  const path = ask.path.replace(/\?.*/, '');
  if (whom === null && everyDkron.test(path))
    return new NotDkron(`${url} has no ${path}: there is no Dkron at this path`, {
      next: 'Check the base path: it is the part before /ui or /v1 in the browser.',
    });
  return new Unsupported(`${url} does not know ${path}`, {
    next: 'This Dkron may be too old for it.',
  });
}
