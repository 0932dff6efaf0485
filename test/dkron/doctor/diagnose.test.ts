/** What the doctor says of servers of every kind. */
import { describe, expect, it } from 'vitest';
import type { Check, Subject, Verdict } from '../../../src/dkron/doctor/check.ts';
import { diagnose } from '../../../src/dkron/doctor/diagnose.ts';
import { type Network, network } from '../../../src/dkron/doctor/network.ts';
import { type Route, routeTo } from '../../../src/dkron/route.ts';
import { aJob, textOf } from '../../support/jobs.ts';
import { drop, json, type Script, type Scripted, serve } from '../scripted.ts';

const node = (Name: string, Status = 1) => ({
  Name,
  Addr: '127.0.0.1',
  Port: 8946,
  Status,
  Tags: { server: 'true' },
});
const jobs = (...names: string[]): Scripted => ({
  headers: { 'x-total-count': String(names.length) },
  body: `[${names.map((name) => textOf(aJob({ name })).text).join(',')}]`,
});

const healthy: Readonly<Record<string, ReturnType<Script>>> = {
  '/v1': json({ agent: { name: 'n1', version: '4.1.2' }, tags: {} }),
  '/v1/leader': json(node('n1')),
  '/v1/members': json([node('n1')]),
  '/v1/pause': json({ paused: false }),
  '/v1/jobs': jobs('a', 'b'),
  '/v1/busy': json([]),
};

/** A server that answers like this where it is not healthy, below a base path. */
const dkron = (parts: Readonly<Record<string, ReturnType<Script>>> = {}, base = ''): Script => {
  const answers = new Map(Object.entries({ ...healthy, ...parts }));
  return ({ path }) =>
    (path.startsWith(`${base}/v1`) && answers.get(path.slice(base.length))) || {
      status: 404,
      body: '404 page not found',
      whom: base === '' ? 'n1' : null,
    };
};

const always =
  (answer: ReturnType<Script>): Script =>
  () =>
    answer;

interface Looking {
  readonly route?: (url: string) => Route;
  readonly network?: Partial<Network>;
}

async function checksOf(script: Script, { route = routeTo, network: parts }: Looking = {}) {
  const server = await serve(script);
  const checks: Check[] = [];
  const found = diagnose({
    route: route(server.url),
    network: { ...network, ...parts },
    signal: new AbortController().signal,
  });
  for await (const check of found) checks.push(check);
  return { checks, came: server.came };
}

const of = (checks: readonly Check[], subject: Subject): Check | undefined =>
  checks.find((check) => check.subject === subject);

it('finds nothing wrong with a Dkron that works, and changes nothing', async () => {
  const { checks, came } = await checksOf(dkron());
  expect(checks.map(({ subject, verdict }) => [subject, verdict])).toEqual(
    (
      [
        'address',
        'credentials',
        'name',
        'connection',
        'answer',
        'Dkron',
        'clock',
        'leader',
        'members',
        'paused',
        'jobs',
        'runs',
      ] as const
    ).map((subject) => [subject, 'ok']),
  );
  expect(of(checks, 'jobs')?.says).toMatch(/^2 jobs read in \d+ ms \(\d+ bytes\)$/);
  expect(came.every(({ method }) => method === 'GET')).toBe(true);
});

const refusedBy = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

describe('where the way ends', () => {
  it.each<[string, Partial<Network>, Subject, RegExp]>([
    [
      'a name that is not there',
      { addresses: refusedBy('ENOTFOUND') },
      'name',
      /no host has that name/,
    ],
    [
      'a name server that fails',
      { addresses: refusedBy('EAI_AGAIN') },
      'name',
      /could not be resolved/,
    ],
    ['a closed port', { dial: refusedBy('ECONNREFUSED') }, 'connection', /connection refused/],
    ['a firewall', { dial: refusedBy('ETIMEDOUT') }, 'connection', /no answer in time/],
    ['no route', { dial: refusedBy('EHOSTUNREACH') }, 'connection', /no route to the host/],
  ])('%s is the last that is looked at', async (_, parts, subject, says) => {
    const { checks, came } = await checksOf(dkron(), {
      network: { addresses: async () => ['127.0.0.1'], ...parts },
      route: (url) => routeTo(url.replace('127.0.0.1', 'localhost')),
    });
    expect(checks.at(-1)).toMatchObject({ subject, verdict: 'bad', exit: 'unreachable' });
    expect(checks.at(-1)?.says).toMatch(says);
    expect(came).toEqual([]);
  });

  it('a port of this machine that refuses may be a port-forward', async () => {
    const { checks } = await checksOf(dkron(), { network: { dial: refusedBy('ECONNREFUSED') } });
    expect(checks.at(-1)?.next).toContain('start the port-forward');
  });

  it('a tunnel that is not up says so itself', async () => {
    const { Unreachable } = await import('../../../src/base/errors.ts');
    const { checks } = await checksOf(dkron(), {
      route: (url) => ({
        ...routeTo(url),
        place: async () => {
          throw new Unreachable(`${url} cannot be reached: no pod runs`, { next: 'See kubectl.' });
        },
      }),
    });
    expect(checks).toEqual([
      {
        subject: 'address',
        verdict: 'bad',
        says: 'cannot be reached: no pod runs',
        next: 'See kubectl.',
        exit: 'unreachable',
      },
    ]);
  });
});

describe('what answers instead', () => {
  const html = (status: number, title: string): Scripted => ({
    status,
    whom: null,
    headers: { 'content-type': 'text/html', server: 'nginx/1.27' },
    body: `<html><title>${title}</title></html>`,
  });

  it.each<[string, Script, Subject, RegExp, string]>([
    [
      'nothing behind the tunnel',
      always(drop),
      'answer',
      /a tunnel is up with nothing behind it/,
      'unreachable',
    ],
    ['a page', always(html(200, 'Welcome')), 'answer', /is not Dkron: nginx 200/, 'unreachable'],
    [
      'a login',
      always({ status: 302, whom: null, headers: { location: 'https://sso.example/login' } }),
      'answer',
      /redirects to https:\/\/sso.example\/login/,
      'unreachable',
    ],
    [
      'Consul',
      always({ status: 404, whom: null, headers: { 'x-consul-index': '1' } }),
      'answer',
      /Consul/,
      'unreachable',
    ],
    [
      'a proxy without its Dkron',
      always(html(502, '502 Bad Gateway')),
      'answer',
      /gets no answer from Dkron \(502\)/,
      'unreachable',
    ],
    [
      'no credentials',
      always(html(401, '401')),
      'credentials',
      /requires a user and a password|credentials/,
      'refused',
    ],
    [
      'somebody who forbids it',
      always({ status: 403, whom: null, body: 'RBAC: access denied' }),
      'credentials',
      /RBAC: access denied/,
      'refused',
    ],
  ])('%s', async (_, script, subject, says, exit) => {
    const { checks } = await checksOf(script);
    const last = checks.filter(({ verdict }) => verdict === 'bad').at(-1);
    expect(last).toMatchObject({ subject, verdict: 'bad', exit });
    expect(last?.says).toMatch(says);
    expect(last?.next).toBeTruthy();
  });

  it('tells wrong credentials from none', async () => {
    const { checks } = await checksOf(always({ status: 401, whom: null }), {
      route: (url) => routeTo(url.replace('//', '//ops:hush@')),
    });
    expect(of(checks, 'credentials')?.says).toMatch(/^sent as authorization$/);
    expect(checks.at(-1)?.says).toMatch(/does not accept/);
    expect(JSON.stringify(checks)).not.toContain('hush');
  });
});

describe('a base path', () => {
  it.each([
    ['is missing', '/dkron', '', 'lacks a part of its path', '/dkron'],
    ['is missing in a longer one', '/ops/dkron', '/ops', 'lacks a part of its path', '/ops/dkron'],
    ['is too long', '', '/dkron', 'is too long', ''],
    ['is too long by more', '', '/ops/dkron', 'is too long', ''],
  ])('%s', async (_, there, given, says, at) => {
    const { checks } = await checksOf(dkron({}, there), { route: (url) => routeTo(url + given) });
    const found = of(checks, 'base path');
    expect(found?.says).toContain(says);
    expect(found?.next).toMatch(new RegExp(`http://127.0.0.1:\\d+${at}\\.$`));
  });
});

describe('a Dkron that is not well', () => {
  it.each<[string, Record<string, ReturnType<Script>>, Subject, Verdict, RegExp]>([
    [
      'no leader',
      { '/v1/leader': { status: 500, body: 'null' } },
      'leader',
      'bad',
      /has no leader/,
    ],
    ['a follower', { '/v1/leader': json(node('n2')) }, 'leader', 'ok', /^n2; n1 follows it/],
    [
      'a failed node',
      { '/v1/members': json([node('n1'), node('n2', 4)]) },
      'members',
      'attention',
      /failed: n2/,
    ],
    ['a pause', { '/v1/pause': json({ paused: true }) }, 'paused', 'attention', /n1 is paused/],
    [
      'a job that cannot be read',
      { '/v1/jobs': { headers: { 'x-total-count': '1' }, body: '[{"name":5}]' } },
      'jobs',
      'attention',
      /1 more cannot be read|1 job more/,
    ],
    [
      'jobs that are forbidden',
      { '/v1/jobs': { status: 403, body: 'jobs are secret' } },
      'jobs',
      'bad',
      /jobs are secret/,
    ],
    [
      'nodes that do not reach each other',
      { '/v1/busy': { status: 500 } },
      'runs',
      'attention',
      /500/,
    ],
    [
      'an old version',
      { '/v1': json({ agent: { name: 'n1', version: '3.2.7' } }) },
      'Dkron',
      'attention',
      /^Dkron 3.2.7 on the node n1, which lacks/,
    ],
  ])('%s', async (_, parts, subject, verdict, says) => {
    const { checks } = await checksOf(dkron(parts));
    expect(of(checks, subject)?.verdict).toBe(verdict);
    expect(of(checks, subject)?.says).toMatch(says);
  });

  it('a clock that is wrong', async () => {
    const date = 'Sat, 21 Nov 2020 07:00:00 GMT';
    const { checks } = await checksOf((came) => {
      const answer = dkron()(came) as Scripted;
      return { ...answer, headers: { ...answer.headers, date } };
    });
    expect(of(checks, 'clock')).toMatchObject({ verdict: 'attention' });
    expect(of(checks, 'clock')?.says).toMatch(/this machine's clock is .* ahead of the server's/);
  });
});
