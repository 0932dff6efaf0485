import { expect, it } from 'vitest';
import { nearBases } from '../../../src/dkron/doctor/answer.ts';
import type { Network } from '../../../src/dkron/doctor/network.ts';
import { wayTo, whichLink } from '../../../src/dkron/doctor/way.ts';
import { routeTo } from '../../../src/dkron/route.ts';

const now = Date.parse('2026-11-26T00:00:00Z');
const day = 86_400_000;
const certificate = (subject: string, issuer: string, from = -day, to = day) => ({
  subject,
  issuer,
  names: [`${subject}.test`],
  from: now + from,
  to: now + to,
});
const leaf = certificate('dkron.example', 'Private CA 1');
const middle = certificate('Private CA 1', 'Private Root');
const root = certificate('Private Root', 'Private Root');

it.each([
  [
    'a root that nobody knows',
    [leaf, middle, root],
    'SELF_SIGNED_CERT_IN_CHAIN',
    'the authority at the end of the chain, Private Root, is not trusted here',
  ],
  [
    'a link that is not sent',
    [leaf],
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'the certificate of dkron.example is signed by Private CA 1, which the server does not send and which is not trusted here',
  ],
  [
    'a chain that ends early',
    [leaf, middle],
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'the certificate of Private CA 1 is signed by Private Root, which the server does not send and which is not trusted here',
  ],
  [
    'one that signs itself',
    [certificate('dkron', 'dkron')],
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'the certificate of dkron is signed by itself, and by nobody that is trusted here',
  ],
  [
    'another host',
    [leaf, middle, root],
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'the certificate of dkron.example is for dkron.example.test',
  ],
  [
    'its own certificate is too old',
    [certificate('dkron.example', 'Private CA 1', -3 * day, -2 * day), middle],
    'CERT_HAS_EXPIRED',
    'the certificate of dkron.example expired on 2026-11-24',
  ],
  [
    "its authority's is too old",
    [leaf, certificate('Private CA 1', 'Private Root', -3 * day, -day), root],
    'CERT_HAS_EXPIRED',
    'the certificate of Private CA 1 expired on 2026-11-25',
  ],
  [
    'one from the future',
    [certificate('dkron.example', 'Private CA 1', day, 2 * day), middle],
    'CERT_NOT_YET_VALID',
    'the certificate of dkron.example is not valid before 2026-11-27',
  ],
])('says which link of the chain it is: %s', (_, chain, problem, says) => {
  expect(whichLink({ chain, problem }, now)).toBe(says);
});

it.each([
  ['', ['/dkron', '/cron', '/scheduler']],
  ['/dkron', ['', '/dkron/dkron', '/dkron/cron', '/dkron/scheduler', '/cron', '/scheduler']],
  [
    '/a/b',
    ['/a', '', '/a/b/dkron', '/a/b/cron', '/a/b/scheduler', '/dkron', '/cron', '/scheduler'],
  ],
])('looks near the base path %j', (base, near) => {
  expect(nearBases(base)).toEqual(near);
});

const nothing: Network = {
  addresses: async () => ['10.0.0.7'],
  dial: async () => {},
  handshake: async () => ({ chain: [], problem: null }),
};

it.each([
  ['http://dkron.example', 'attention'],
  ['https://dkron.example', 'ok'],
  ['http://localhost:8080', 'ok'],
  ['http://[::1]:8080', 'ok'],
])('says when secrets can be read on their way: %s', async (url, verdict) => {
  const said = async (address: string) => {
    const way = wayTo(routeTo(address), nothing, new AbortController().signal);
    return (await Array.fromAsync(way)).find(({ subject }) => subject === 'credentials');
  };
  expect(await said(url.replace('//', '//ops:pass@'))).toMatchObject({ verdict });
  expect(await said(url)).toMatchObject({ verdict: 'ok', says: 'none are sent' });
});
