import { describe, expect, it, onTestFinished } from 'vitest';
import {
  explain,
  NotDkron,
  NotFound,
  OperatorError,
  OutcomeUnknown,
  Refused,
  ServerError,
  Unauthorised,
  Unreachable,
  Unsupported,
} from '../../src/base/errors.ts';
import { answerError, isLeaderless, isNoRoute } from '../../src/dkron/answer-error.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { transportOf } from '../../src/dkron/sender.ts';
import type { Ask, Reply } from '../../src/dkron/wire.ts';
import { postJob } from '../../src/dkron/write/calls.ts';
import { type Replied, replyOf } from './reply.ts';
import { type Scripted, serve } from './scripted.ts';

const user = '//ops:p%40ss@';
/** No node names itself: the answer may be anybody's. */
const from = (status: number, headers: Record<string, string> = {}, body = ''): Scripted => ({
  status,
  headers,
  body,
  whom: null,
});
const html = { 'content-type': 'text/html' };
const plain = { 'content-type': 'text/plain' };
const page = (title: string): string => `<html><head><title>${title}</title></head></html>`;

/** What an operator reads, with URL for the address. */
async function told(
  answer: Scripted,
  { auth = '//', ask = (dkron: Dkron): Promise<unknown> => dkron.server() } = {},
): Promise<string> {
  const { url } = await serve(() => answer);
  const dkron = createClient({ url: url.replace('//', auth) });
  onTestFinished(() => dkron.close());
  const error = await ask(dkron).then(
    () => null,
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(OperatorError);
  return explain(error).join('\n').replaceAll(url, 'URL');
}

const post = (dkron: Dkron): Promise<unknown> =>
  postJob(transportOf(dkron), 'a', JSON.stringify({ name: 'a', body: 'x'.repeat(12_000) }));

const checkCredentials =
  'Check both. In an address / is written %2F, ? is %3F, # is %23, @ is %40 and % is %25.';
const giveCredentials =
  'Put user and password into the environment, DKRON_URL=https://user:password@host, or say in its context where they are: basic, bearer or headers.';
const checkAddress =
  'Check the address and its base path; a proxy in front of Dkron may not reach it.';
const otherProgram = 'Check the address and its port: another program answers there.';
const behind = 'The address reaches that proxy: check whether Dkron runs behind it.';

describe('what an operator reads', () => {
  it.each<[string, string, Scripted, string, string]>([
    [
      'no credentials',
      '//',
      from(401),
      'URL requires a user and a password (401)',
      giveCredentials,
    ],
    [
      'wrong credentials',
      user,
      from(401, html, page('401 Authorization Required')),
      'URL does not accept this user and password (401): Authorization Required',
      checkCredentials,
    ],
    [
      'a user who may not',
      user,
      from(403, {}, '{"error":"role viewer may not\\nread jobs"}'),
      'URL does not let this user GET /v1 (403): role viewer may not read jobs',
      'Ask its administrator for that right, or use another user.',
    ],
    [
      'nobody in particular who may not',
      '//',
      from(403),
      'URL does not let this program GET /v1 (403)',
      `Ask its administrator for access. ${giveCredentials}`,
    ],
    [
      'a proxy that wants credentials of its own',
      user,
      from(407, plain, 'Proxy login needed'),
      'a proxy on the way to URL requires its own user and password (407): Proxy login needed',
      'Use an address that does not go through that proxy.',
    ],
    [
      'too often',
      '//',
      from(429, { 'retry-after': '30' }, 'slow down'),
      'URL received too many requests (429): slow down',
      'Try again in 30 s.',
    ],
    [
      'too often, and no word on when',
      '//',
      from(429, { 'retry-after': 'Fri, 31 Dec 1999 23:59:59 GMT' }),
      'URL received too many requests (429)',
      'Try again in a while, and read less often.',
    ],
    [
      'headers that are too large',
      user,
      from(431),
      'URL accepts no headers as large as these (431)',
      'Credentials make them large: check that nothing else was pasted into them.',
    ],
    [
      'a proxy without its Dkron',
      '//',
      from(502, { ...html, server: 'nginx/1.25.3' }, page('502 Bad Gateway')),
      'URL: nginx gets no answer from Dkron (502): Bad Gateway',
      behind,
    ],
    [
      'a proxy with nobody behind it',
      '//',
      from(503, plain, 'no healthy upstream'),
      'URL: the proxy in front of Dkron has no Dkron to ask (503): no healthy upstream',
      behind,
    ],
    [
      'a proxy that waited',
      '//',
      from(504, { server: 'awselb/2.0' }),
      'URL: awselb waited too long for Dkron (504)',
      behind,
    ],
    [
      'a log-in page',
      '//',
      from(302, { location: 'https://sso.example/login?next=/v1&token=abc' }),
      'URL is not Dkron: it redirects to https://sso.example/login (302)',
      'It requires a login in a browser. Use an address behind it, for example a port-forward, or put user and password into DKRON_URL if it accepts them.',
    ],
    [
      'a redirect with credentials in it',
      user,
      from(301, { location: 'http://ops:p%40ss@dkron.example/p@ss/p%40ss' }),
      'URL is not Dkron: it redirects to http://dkron.example/***/*** (301)',
      'If Dkron answers there, use that as the address.',
    ],
    [
      'a redirect to nowhere',
      '//',
      from(301),
      'URL is not Dkron: it redirects (301)',
      'If Dkron answers there, use that as the address.',
    ],
    [
      'the port of TLS, as Go says it',
      '//',
      from(400, plain, 'Client sent an HTTP request to an HTTPS server.\n'),
      'URL expects TLS',
      'Write the address with https://.',
    ],
    [
      'the port of TLS, as nginx says it',
      '//',
      from(400, html, page('400 The plain HTTP request was sent to HTTPS port')),
      'URL expects TLS',
      'Write the address with https://.',
    ],
    [
      'a proxy that asks for a certificate',
      '//',
      from(400, html, page('400 No required SSL certificate was sent')),
      'the proxy at URL accepts only clients with a certificate',
      'Name yours and its key in its context: tls: { cert: FILE, key: FILE }.',
    ],
    [
      'a proxy that does not take our certificate',
      '//',
      from(400, html, page('400 The SSL certificate error')),
      'the proxy at URL does not accept our certificate',
      'Ask its administrator which authority has to sign it; check tls in its context.',
    ],
    [
      'a page that is not there',
      '//',
      from(404, { ...html, server: 'nginx' }, page('404 Not Found')),
      'URL answers, but is not Dkron: nginx 404',
      checkAddress,
    ],
    [
      'another page',
      '//',
      from(200, html, page('Grafana')),
      'URL answers, but is not Dkron: 200',
      checkAddress,
    ],
    [
      'a base path that is missing, or a server in Go',
      '//',
      from(404, plain, '404 page not found\n'),
      'URL has no /v1: there is no Dkron at this path',
      'Check the base path: it is the part before /ui or /v1 in the browser.',
    ],
    [
      'Consul',
      '//',
      from(404, plain, 'Invalid URL path: not a recognized HTTP API endpoint'),
      'URL answers, but is not Dkron: Consul 404',
      checkAddress,
    ],
    [
      'the API of Kubernetes, whatever the password',
      user,
      from(401, {}, '{ "kind": "Status", "apiVersion": "v1", "message": "Unauthorized" }'),
      'URL answers, but is not Dkron: the Kubernetes API 401',
      checkAddress,
    ],
    [
      'Vault',
      '//',
      from(403, {}, '{"errors":["permission denied"]}'),
      'URL answers, but is not Dkron: Vault 403',
      checkAddress,
    ],
    [
      'Nomad, with JSON',
      '//',
      from(200, { 'x-nomad-index': '7' }, '[]'),
      'URL answers, but is not Dkron: Nomad 200',
      checkAddress,
    ],
    [
      'JSON of nobody known',
      '//',
      from(200, {}, '{"agent":7}'),
      "URL answered GET /v1 with JSON, but not Dkron's: agent is a number, not an object",
      otherProgram,
    ],
    [
      'a password that comes back',
      user,
      from(500, {}, `no user ops with p@ss, p%40ss or ${btoa('ops:p@ss')}`),
      'URL answered GET /v1 with 500: no user *** with ***, *** or ***',
      "The server's log may say more.",
    ],
  ])('%s', async (_, auth, answer, message, next) => {
    expect(await told(answer, { auth })).toBe(`${message}\n${next}`);
  });

  it('is no longer than a sentence, whatever a server writes', async () => {
    expect((await told(from(500, {}, 'x'.repeat(100_000)))).length).toBeLessThan(700);
  });

  it('tells a Dkron that is too old from an address that is wrong', async () => {
    const missing = { status: 404, headers: plain, body: '404 page not found' };
    expect(await told(missing, { ask: (dkron) => dkron.busy() })).toBe(
      'URL does not know /v1/busy\nThis Dkron may be too old for it.',
    );
  });

  it('takes a 503 with the name of a node for that node’s own', async () => {
    expect(await told({ status: 503, body: 'unhealthy' })).toBe(
      "URL answered GET /v1 with 503: unhealthy\nThe server's log may say more.",
    );
  });
});

describe('an error', () => {
  const path = (text: string, whom: string | null) => ({ ask: { path: text }, whom });

  it.each<[reply: Replied, text: string, kind: unknown]>([
    [{ ...path('/v1/jobs/a', null), status: 404 }, '404 page not found', NotDkron],
    [{ ...path('/v1/members?x=1', null), status: 404 }, '404 page not found\n', NotDkron],
    [{ ...path('/v1/members', 'n1'), status: 404 }, '404 page not found', Unsupported],
    [{ ...path('/v1/jobs/a/executions', null), status: 404 }, '404 page not found', Unsupported],
    [{ ...path('/v1/pause', null), status: 404 }, '404 page not found', Unsupported],
    [{ status: 404 }, '', NotFound],
    [{ status: 404 }, 'who?', ServerError],
    [{ status: 500 }, '', ServerError],
    [{ status: 500 }, '404 page not found', ServerError],
    [{ status: 499, whom: 'n1' }, '', ServerError],
    [{ status: 401, whom: 'n1' }, '', Unauthorised],
    [{ status: 503, whom: 'n1' }, '', ServerError],
    [{ status: 503, whom: null }, '', Unreachable],
    [{ status: 414 }, '', Refused],
    [{ status: 400 }, 'Client sent an HTTP request to an HTTPS server.', NotDkron],
    [{ status: 400 }, 'an odd name', ServerError],
    [{ status: 401 }, 'SSL certificate error', Unauthorised],
    [{ status: 418 }, 'SSL certificate error', ServerError],
    [{ status: 200, whom: null }, '<html>', NotDkron],
  ])('%j with %j', (reply, text, kind) => {
    const error = answerError('http://d', replyOf(reply), text);
    expect(error.constructor).toBe(kind);
    expect(error.message).toContain('http://d');
  });

  it('says how large the request was, where it was too large', () => {
    const said = (body?: string) =>
      answerError('http://d', replyOf({ status: 413, ask: { path: '/v1', body } as Ask }), '')
        .message;
    expect(said()).toContain(' 0 bytes ');
    expect(said(`${'é'.repeat(4999)}x`)).toContain(' 9999 bytes ');
    expect(said('é'.repeat(5000))).toContain(' 10 kB ');
  });
});

it.each<[status: number, text: string, noRoute: boolean, leaderless: boolean]>([
  [404, '404 page not found\n', true, false],
  [404, 'job not found', false, false],
  [500, '404 page not found', false, false],
  [404, '', false, true],
  [404, 'null', false, true],
  [500, 'null', false, true],
  [500, '', false, true],
  [200, 'null', false, false],
  [502, '', false, false],
])(
  '%d with %j is of a route that is not there: %s, of a cluster without a leader: %s',
  (status, text, noRoute, leaderless) => {
    expect([isNoRoute(status, text), isLeaderless(status, text)]).toEqual([noRoute, leaderless]);
  },
);

describe('a write', () => {
  it('that is too large for a proxy was not done', async () => {
    const large = from(413, html, page('413 Request Entity Too Large: limit is 8k'));
    expect(await told(large, { ask: post })).toBe(
      [
        'the proxy in front of Dkron at URL accepts no request of 12 kB (413): Request Entity Too Large: limit is 8k',
        'Nothing was written.',
        'Raise its limit (nginx: client_max_body_size), or go around it, for example with a port-forward.',
      ].join('\n'),
    );
  });

  it.each([401, 403, 407, 413, 429, 431])('at %d was not done', async (status) => {
    expect(await told(from(status), { ask: post })).toMatch(/\nNothing was written\.\n/);
  });

  it.each([502, 503, 504])('that a proxy answers with %d may have been done', async (status) => {
    const { url } = await serve(() => from(status));
    const dkron = createClient({ url });
    onTestFinished(() => dkron.close());
    await expect(post(dkron)).rejects.toThrow(OutcomeUnknown);
  });
});

describe('what is not accepted', () => {
  const challenge = (wants: string | null): Record<string, string> =>
    wants === null ? {} : { 'www-authenticate': wants };
  const message = (shown: Reply['shown'], wants: string | null, status = 401): string => {
    const reply = replyOf({ status, shown, whom: null, headers: challenge(wants) });
    return answerError('URL', reply, '').message;
  };

  it.each([
    [null, null, 'URL requires a user and a password (401)'],
    [null, 'Basic realm="x"', 'URL requires a user and a password (401)'],
    [null, 'Bearer', 'URL requires a token (401)'],
    [null, 'Negotiate', 'URL requires credentials (401)'],
    ['user and password', null, 'URL does not accept this user and password (401)'],
    ['user and password', 'Basic', 'URL does not accept this user and password (401)'],
    [
      'user and password',
      'Bearer',
      'URL does not accept this user and password, it wants a token (401)',
    ],
    ['token', 'Bearer error="invalid_token"', 'URL does not accept this token (401)'],
    [
      'token',
      'Basic realm="x"',
      'URL does not accept this token, it wants a user and a password (401)',
    ],
    ['credentials', null, 'URL does not accept these credentials (401)'],
  ] as const)('%s where it says %s: %s', (shown, wants, says) => {
    expect(message(shown, wants)).toBe(says);
  });

  it.each([
    [null, 'URL does not let this program GET /v1 (403)'],
    ['user and password', 'URL does not let this user GET /v1 (403)'],
    ['token', 'URL does not let the owner of this token GET /v1 (403)'],
    ['credentials', 'URL does not let who shows these credentials GET /v1 (403)'],
  ] as const)('is not what is not allowed: %s', (shown, says) => {
    expect(message(shown, null, 403)).toBe(says);
  });
});
