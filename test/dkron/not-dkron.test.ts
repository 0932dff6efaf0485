import { describe, expect, it } from 'vitest';
import { NotDkron } from '../../src/base/errors.ts';
import {
  foreignJson,
  notDkron,
  notDkronError,
  otherApi,
  serverName,
} from '../../src/dkron/not-dkron.ts';
import { replyOf } from './reply.ts';

const url = 'http://d:8080';

describe('an answer', () => {
  it.each<[status: number, certain: boolean]>([
    [200, false],
    [299, false],
    [300, true],
    [399, true],
    [400, false],
    [404, false],
  ])('of the status %d is certainly not of a Dkron: %s', (status, certain) => {
    expect(notDkron(replyOf({ status }), '')).toBe(certain);
  });

  it.each<[type: string, text: string, certain: boolean]>([
    ['text/html; charset=utf-8', '', true],
    ['application/xhtml+xml', 'x', true],
    ['application/json', ' \n<!doctype>', true],
    ['application/json', '{"a":"<"}', false],
    ['text/plain', 'not found', false],
  ])('of the type %s with %j is certainly not of a Dkron: %s', (type, text, certain) => {
    expect(notDkron(replyOf({ headers: { 'content-type': type } }), text)).toBe(certain);
  });

  it.each<[name: string | null, headers: Record<string, string>, text: string]>([
    ['Consul', { 'x-consul-index': '1' }, ''],
    ['Consul', { 'x-consul-default-acl-policy': 'deny' }, ''],
    ['Nomad', { 'x-nomad-knownleader': '' }, ''],
    ['the Kubernetes API', { 'x-kubernetes-pf-flowschema-uid': 'x' }, ''],
    ['the Kubernetes API', { 'audit-id': 'x' }, ''],
    ['the Kubernetes API', {}, ' {"kind": "APIVersions"}'],
    ['Vault', {}, '{"errors":[]}'],
    ['Elasticsearch', { 'x-elastic-product': 'x' }, ''],
    ['a Docker registry', { 'docker-distribution-api-version': 'registry/2.0' }, ''],
    ['etcd', { 'x-etcd-cluster-id': 'x' }, ''],
    ['etcd', { 'x-etcd-index': 'x' }, ''],
    [null, {}, '{"errors":[],"more":1}'],
    [null, {}, '{"errors":"x"}'],
    [null, {}, '["errors"]'],
    [null, {}, 'null'],
    [null, {}, '"errors"'],
    [null, { server: 'nginx' }, '{"kind":"Pod"}'],
  ])('is known for one of %s: %j %s', (name, headers, text) => {
    expect(otherApi(replyOf({ whom: null, headers }), text)).toBe(name);
    expect(otherApi(replyOf({ headers }), text)).toBeNull();
  });
});

it('a server is named by the first word of what it calls itself, if it does', () => {
  const named = (server: string) => serverName(replyOf({ headers: { server } }));
  expect(named('nginx/1.25.3 (Ubuntu)')).toBe('nginx');
  expect(named('secret proxy')).toBe('***');
  expect(named('x'.repeat(50))).toBe('x'.repeat(40));
  expect(serverName(replyOf())).toBe('');
});

it.each([
  ['the same host by TLS', 'https://d:8080/v1', 'Write the address with https://.'],
  ['another host by TLS', 'https://e:8080/v1', 'If Dkron answers there, use that as the address.'],
  ['the same host without', 'http://d:8080/login.html', /login in a browser/],
  ['a log-in on another host', 'https://e/oauth2/authorize', /login in a browser/],
  ['a log-in host', 'https://sso.e/x', /login in a browser/],
  ['a path', '/dkron/v1', 'If Dkron answers there, use that as the address.'],
])('a redirect says what to do about it: %s', (_what, location, next) => {
  const error = notDkronError(url, replyOf({ status: 307, headers: { location } }), '');
  expect(error).toBeInstanceOf(NotDkron);
  expect(error.next).toMatch(next);
  expect(error.message).toContain(new URL(location, url).origin);
});

it.each([
  [302, { location: 'http://[' }],
  [399, {}],
])('a redirect to no address is told without one: %d %j', (status, headers) => {
  const { message } = notDkronError(url, replyOf({ status, headers }), '');
  expect(message).toMatch(new RegExp(`redirects \\(${status}\\)$`));
});

it('what is no redirect is told by who answers, and how', () => {
  const said = (status: number, headers: Record<string, string>) =>
    notDkronError(url, replyOf({ status, headers, whom: null }), '').message;
  expect(said(400, { server: 'nginx' })).toMatch(/: nginx 400$/);
  expect(said(299, {})).toMatch(/: 299$/);
  expect(said(200, { server: 'nginx', 'x-nomad-index': '1' })).toMatch(/: Nomad 200$/);
});

it('JSON of another kind is told by whose it is, or by what is wrong', () => {
  const ask = { path: '/v1/members', method: 'GET' } as const;
  const said = (text: string) =>
    foreignJson(url, replyOf({ ask, whom: null }), text, 'it is odd').message;
  expect(said('{"errors":[]}')).toMatch(
    /answered GET \/v1\/members with JSON, that of Vault, not of Dkron$/,
  );
  expect(said('[]')).toMatch(/answered GET \/v1\/members with JSON, but not Dkron's: it is odd$/);
});
