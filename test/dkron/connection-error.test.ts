import { describe, expect, it, onTestFinished } from 'vitest';
import {
  NotDkron,
  NotFound,
  type OperatorError,
  OutcomeUnknown,
  Unreachable,
} from '../../src/base/errors.ts';
import { createClient } from '../../src/dkron/client.ts';
import { connectionError, whyUnreachable } from '../../src/dkron/connection-error.ts';
import { countedServer } from '../support/counted-server.ts';
import { faultProxy } from '../support/fault-proxy.ts';

const failure = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`about ${code}`), { code, ...more });
const read = { path: '/v1' };
const write = { method: 'POST', path: '/v1/jobs' } as const;
const of = (error: unknown, ask: typeof read | typeof write) =>
  connectionError(error, 'http://d', ask) as OperatorError;

const refused = failure('ECONNREFUSED', { syscall: 'connect' });
/** What Node throws when both ::1 and 127.0.0.1 refuse. */
const bothRefused = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' });

describe('a request that cannot have arrived', () => {
  it.each([
    ['connection refused', refused],
    ['connection refused', bothRefused],
    ['no host has that name', failure('ENOTFOUND', { syscall: 'getaddrinfo' })],
    ['no connection within 10 s', failure('UND_ERR_CONNECT_TIMEOUT')],
    ['its certificate or its TLS is not accepted (CERT_REVOKED)', failure('CERT_REVOKED')],
    ['its certificate is self-signed', failure('DEPTH_ZERO_SELF_SIGNED_CERT')],
    [
      'it does not use TLS; does the address begin with http://?',
      failure('ERR_SSL_WRONG_VERSION_NUMBER', { unconnected: true }),
    ],
    ['the connection was reset', failure('ECONNRESET', { unconnected: true })],
    [
      'it accepts only clients with a certificate',
      failure('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
    ],
    [
      'the proxy requires its own user and password, or does not accept those it got (407)',
      Object.assign(new Error('Proxy response (407) !== 200 when HTTP Tunneling'), {
        code: 'UND_ERR_ABORTED',
      }),
    ],
    [
      'the proxy does not connect to it (503)',
      Object.assign(new Error('Proxy response (503) !== 200 when HTTP Tunneling'), {
        code: 'UND_ERR_ABORTED',
      }),
    ],
  ])('%s: nothing was changed', (why, error) => {
    expect(of(error, write)).toBeInstanceOf(Unreachable);
    expect(of(error, write).data).toMatch(/nothing was changed/);
    expect(of(error, read).message).toBe(`http://d cannot be reached: ${why}`);
  });
});

describe('a certificate that is not accepted', () => {
  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /NODE_EXTRA_CA_CERTS/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /NODE_EXTRA_CA_CERTS/],
    ['CERT_HAS_EXPIRED', /Renew it there/],
    ['CERT_NOT_YET_VALID', /clock/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /the host name that the certificate has/],
  ])('%s says what to do about it', (code, next) => {
    expect(of(failure(code), read).next).toMatch(next);
    expect(of(failure(code), read).next).not.toMatch(/port-forward/);
  });
});

describe('what a server says of our certificate', () => {
  it.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'it accepts only clients with a certificate'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'it does not accept our certificate'],
    ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'it does not accept our certificate'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'it does not accept our certificate'],
    [
      'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED',
      'it does not accept our certificate: it has expired',
    ],
    [
      'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
      'it refuses the connection, perhaps because it wants a client certificate',
    ],
  ])('%s: %s', (code, why) => {
    expect(of(failure(code), read).message).toBe(`http://d cannot be reached: ${why}`);
  });

  it('may be nothing: then its advice names certificates, too', () => {
    const closed = (url: string) =>
      (connectionError(failure('UND_ERR_SOCKET'), url, read) as OperatorError).next;
    expect(closed('https://d')).toMatch(/client certificate/);
    expect(closed('http://d')).not.toMatch(/certificate/);
  });
});

describe('a request that may have arrived', () => {
  it.each([
    ['the connection was reset', failure('ECONNRESET', { syscall: 'read' })],
    ['the connection was closed before the answer was complete', failure('UND_ERR_SOCKET')],
    ['no answer in time', failure('UND_ERR_HEADERS_TIMEOUT')],
    ['the answer stopped coming', failure('UND_ERR_BODY_TIMEOUT')],
    ['no answer in time', failure('ETIMEDOUT', { syscall: 'read' })],
    ['the connection failed (ESTRANGE)', failure('ESTRANGE')],
    // Bytes that were spoilt on their way, of a connection that was made.
    [
      'it does not use TLS; does the address begin with http://?',
      failure('ERR_SSL_WRONG_VERSION_NUMBER'),
    ],
  ])('%s: a write has an unknown outcome, a read has none', (why, error) => {
    expect(of(error, write)).toBeInstanceOf(OutcomeUnknown);
    expect(of(error, write).message).toBe(`http://d did not answer: ${why}`);
    expect(of(error, read)).toBeInstanceOf(Unreachable);
  });

  it('has an unknown outcome also when one of two addresses was reached', () => {
    const none = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED', syscall: 'read' });
    expect(of(none, write)).toBeInstanceOf(OutcomeUnknown);
    const mixed = Object.assign(new AggregateError([refused, failure('ECONNRESET')]), {
      code: 'ECONNREFUSED',
    });
    expect(of(mixed, write)).toBeInstanceOf(OutcomeUnknown);
  });
});

describe('connectionError', () => {
  it('names the proxy, and the certificate that is wrong', () => {
    const told = (around: object) =>
      (connectionError(refused, 'http://d', read, around) as Error).message;
    expect(told({ proxy: 'p:3128' })).toBe(
      'http://d cannot be reached through the proxy p:3128: connection refused',
    );
    expect(told({ link: 'X is signed by Y' })).toBe(
      'http://d cannot be reached: connection refused (X is signed by Y)',
    );
  });

  it('says that something else than HTTP answers', () => {
    const error = of(failure('HPE_INVALID_CONSTANT'), read);
    expect(error).toBeInstanceOf(NotDkron);
    expect(error.message).toBe('http://d answers, but not in HTTP');
    expect(error.next).toMatch(/If it uses TLS, write the address with https:/);
    expect(of(failure('HPE_INVALID_CONSTANT'), write)).toBeInstanceOf(OutcomeUnknown);
  });

  it.each([1, 3, 7, 11, 13])(
    'says so whichever bytes of the answer are others: each %d th',
    async (every) => {
      const server = await countedServer();
      const line = await faultProxy(server.url);
      await line.break({ kind: 'corrupt', every });
      const client = createClient({ url: line.url });
      onTestFinished(() => client.close());
      await expect(client.server()).rejects.toThrow(`${line.url} answers, but not in HTTP`);
    },
  );

  it.each(['HPE_HEADER_OVERFLOW', 'UND_ERR_HEADERS_OVERFLOW'])(
    'says that the headers are too many to be a Dkron’s: %s',
    (code) => {
      expect(of(failure(code), read).message).toBe(
        'http://d answers with headers of more than 16 kB, which no Dkron sends',
      );
    },
  );

  it('speaks of TLS only where the address does not', () => {
    const { next } = connectionError(failure('HPE_X'), 'https://d', read) as OperatorError;
    expect(next).not.toMatch(/https:/);
  });

  it('gives the reason alone', () => {
    const why = (cause: unknown) => whyUnreachable(new Unreachable('x', { cause }));
    expect(why(refused)).toBe('connection refused');
    expect(why(failure('HPE_X'))).toBe('its answer is not HTTP');
    expect(why(failure(''))).toBe('the connection failed');
    expect(why(undefined)).toBe('the connection failed');
  });

  it('leaves alone what is said already', () => {
    const said = new NotFound('gone');
    expect(of(said, write)).toBe(said);
  });

  it('leaves a read that was given up what it is', () => {
    const signal = AbortSignal.abort();
    expect(connectionError(signal.reason, 'http://d', { path: '/v1', signal })).toBe(signal.reason);
  });
});

describe('a defect of ours', () => {
  const broken = new TypeError('x is not a function');

  it('in a read stays what it is', () => {
    expect(of(broken, read)).toBe(broken);
  });

  it('in a write means that the outcome is unknown', () => {
    expect(of(broken, write)).toBeInstanceOf(OutcomeUnknown);
    expect(of(broken, write).message).toContain('a defect of its own');
  });
});
