import { describe, expect, it } from 'vitest';
import { exitCodeOf, type OperatorError } from '../../src/base/errors.ts';
import { targetChoices, targetOf } from '../../src/cli/target.ts';
import { type Config, noConfig } from '../../src/contexts/file.ts';
import { readContexts } from '../../src/contexts/read.ts';
import { mistakesBeside } from '../../src/contexts/targets.ts';

const config = (text: string): Config => ({
  ...noConfig,
  path: '/etc/c.yaml',
  text,
  ...readContexts(text),
});

const three = config(`
current: stage
theme: dark
contexts:
  stage: { url: "http://stage", refresh: 2.5, server-zone: Europe/Paris }
  prod: { url: "https://prod/dkron", label: PROD, color: red, read-only: true, protected: true }
  broken: { url: "http://broken", refesh: 1 }
`);
const unnamed = config('contexts: { a: { url: "http://a" } }');

const failure = (act: () => unknown): OperatorError => {
  try {
    act();
  } catch (error) {
    return error as OperatorError;
  }
  throw new Error('nothing was thrown');
};

describe('where to', () => {
  it.each([
    ['nothing said, no file', {}, {}, noConfig, null, 'http://localhost:8080'],
    ['nothing said, no current context', {}, {}, unnamed, null, 'http://localhost:8080'],
    ['the current context', {}, {}, three, 'stage', 'http://stage'],
    ['DKRON_URL', {}, { DKRON_URL: 'http://env' }, three, null, 'http://env'],
    ['DKRON_CONTEXT', {}, { DKRON_CONTEXT: 'prod' }, three, 'prod', 'https://prod/dkron'],
    ['empty words', {}, { DKRON_URL: '', DKRON_CONTEXT: '' }, three, 'stage', 'http://stage'],
    ['--url', { url: 'x' }, { DKRON_CONTEXT: 'prod' }, three, null, 'x'],
    ['--url before both', { url: 'x' }, { DKRON_CONTEXT: 'a', DKRON_URL: 'b' }, three, null, 'x'],
    ['--context', { context: 'prod' }, { DKRON_URL: 'x' }, three, 'prod', 'https://prod/dkron'],
  ])('%s', (_, options, env, file, context, url) => {
    expect(targetOf(options, env, file)).toMatchObject({ context, url });
  });

  it.each([
    [{ url: 'x', context: 'prod' }, {}, 2, '--context and --url both say where to'],
    [{}, { DKRON_URL: 'x', DKRON_CONTEXT: 'y' }, 2, 'DKRON_CONTEXT and DKRON_URL are both set'],
    [{ context: 'prd' }, {}, 2, 'there is no context prd in /etc/c.yaml'],
    [{ context: 'broken' }, {}, 7, '/etc/c.yaml:7:35: contexts.broken: there is no refesh here'],
  ])('%j %j is refused', (options, env, code, message) => {
    const error = failure(() => targetOf(options, env, three));
    expect(error.message).toContain(message);
    expect(exitCodeOf(error)).toBe(code);
  });

  it('does not need the file for an address', () => {
    const bad = config('context: {}');
    expect(targetOf({ url: 'x' }, {}, bad)).toMatchObject({ url: 'x' });
    expect(failure(() => targetOf({}, {}, bad)).message).toBe(
      '/etc/c.yaml:1:1: there is no context here; did you mean contexts?',
    );
  });

  it('tells what was meant', () => {
    expect(failure(() => targetOf({ context: 'prd' }, {}, three)).next).toBe('Did you mean prod?');
    expect(failure(() => targetOf({ context: 'x' }, {}, noConfig)).next).toBe(
      'Add it: dkron-tui contexts add x --url …',
    );
  });

  it('names what is wrong with other contexts', () => {
    expect(mistakesBeside(three, 'prod')).toEqual([
      'context broken cannot be used: /etc/c.yaml:7:35: contexts.broken: there is no refesh here; did you mean refresh?',
    ]);
    expect(mistakesBeside(three, 'broken')).toEqual([]);
  });
});

describe('what a context says', () => {
  it('holds', () => {
    expect(targetOf({ context: 'prod' }, {}, three)).toMatchObject({
      theme: 'dark',
      label: 'PROD',
      colour: 'red',
      readOnly: true,
      protected: true,
      serverZone: 'UTC',
      refresh: null,
    });
  });

  it('gives way to options, which open nothing', () => {
    const given = { readOnly: true, refresh: 9_000, serverZone: 'Etc/GMT+1' };
    expect(targetOf(given, {}, three)).toMatchObject(given);
    expect(targetOf({ context: 'prod', readOnly: false }, {}, three).readOnly).toBe(true);
    expect(targetChoices({ readOnly: true }, {}, three).map((one) => one.readOnly)).toEqual([
      true,
      true,
    ]);
  });

  it.each([
    [{}, {}, 'Europe/Paris'],
    [{}, { DKRON_SERVER_ZONE: 'Asia/Tokyo' }, 'Europe/Paris'],
    [{ serverZone: 'Asia/Tokyo' }, {}, 'Asia/Tokyo'],
    [{ context: 'prod' }, { DKRON_SERVER_ZONE: 'Asia/Tokyo' }, 'Asia/Tokyo'],
    [{ url: 'x' }, { DKRON_SERVER_ZONE: 'Asia/Tokyo' }, 'Asia/Tokyo'],
  ])('about its zone, with %j and %j: %s', (options, env, zone) => {
    expect(targetOf(options, env, three).serverZone).toBe(zone);
  });

  it('names a port-forward, its files and its sources', () => {
    const { url, portForward, credentials, tls } = targetOf(
      {},
      { HOME: '/home/ops' },
      config(`
current: a
contexts:
  a:
    port-forward: { namespace: mobility, resource: svc/dkron, port: 8080 }
    basic: { user: ops, password: { file: ~/pw } }
    headers: { X-A: { env: A }, X-B: { value: b } }
  b: { url: "https://b", tls: { ca: ca.pem } }
`),
    );
    expect(url).toBe('http://dkron.mobility:8080');
    expect(portForward).toEqual({
      namespace: 'mobility',
      resource: 'svc/dkron',
      port: 8080,
      kubeContext: null,
    });
    expect(credentials).toEqual({
      basic: { user: 'ops', password: { file: '/home/ops/pw' } },
      bearer: null,
      headers: { 'X-A': { env: 'A' }, 'X-B': { value: 'b' } },
    });
    expect(tls.ca).toBeNull();
  });
});
