/** What a failed connection means, as an error for the operator. */
import { isBroken, NotDkron, OperatorError, OutcomeUnknown, Unreachable } from '../base/errors.ts';
import { type Ask, methodOf } from './wire.ts';

const unsent = 'Nothing was sent, so nothing was changed.';

interface Failure {
  readonly name?: string;
  readonly code?: string;
  readonly syscall?: string;
  readonly errors?: readonly Failure[];
  readonly message?: string;
  /** No connection was made (dispatcher.ts). */
  readonly unconnected?: boolean;
}

/** What is known besides of a connection that failed. */
export interface Around {
  /** The proxy that it goes through. */
  readonly proxy?: string | undefined;
  /** Which certificate of the chain is not accepted, and why. */
  readonly link?: string | undefined;
}

const next = 'Check the address, that Dkron runs there, and that the port-forward is up.';

/**
 * The error of a connection that could not be made, or broke. An abort stays what it is, and so does
 * a defect of ours while reading; of a write it means that the outcome is unknown.
 */
export function connectionError(
  error: unknown,
  url: string,
  ask: Ask,
  { proxy, link }: Around = {},
): unknown {
  if (error instanceof OperatorError) return error;
  const failure = error as Failure;
  const reading = methodOf(ask) === 'GET';
  if (reading && (ask.signal?.aborted || isBroken(error))) return error;
  const alien = reading ? alienError(url, failure) : undefined;
  if (alien !== undefined) return alien;
  const what = reason(failure) + (link === undefined ? '' : ` (${link})`);
  const through = proxy === undefined ? '' : ` through the proxy ${proxy}`;
  if (reading || neverSent(failure)) {
    const data = reading ? {} : { data: unsent };
    const advice = { ...data, next: adviceFor(failure, url), cause: error };
    return new Unreachable(`${url} cannot be reached${through}: ${what}`, advice);
  }
  return new OutcomeUnknown(`${url} did not answer${through}: ${what}`, {
    data: 'The request was sent; it may or may not have been carried out.',
    next: 'Read the job again before sending anything twice.',
    cause: error,
  });
}

/** The error of a request for which there was no way: unlike one of a connection, it was never sent. */
export function noWay(error: unknown, url: string, ask: Ask): unknown {
  if (methodOf(ask) === 'GET') return error;
  const {
    message,
    next: advice,
  }: { readonly message: string; readonly next?: string | undefined } =
    error instanceof OperatorError
      ? error
      : { message: `${url} cannot be reached: ${reason(error as Failure)}`, next };
  return new Unreachable(message, {
    data: unsent,
    ...(advice === undefined ? {} : { next: advice }),
    cause: error,
  });
}

/** What answers, but in no way that a Dkron would; undefined for any other failure. */
function alienError(url: string, failure: Failure): NotDkron | undefined {
  const { code = '' } = failure;
  if (/HEADER_?S?_OVERFLOW/.test(code))
    return new NotDkron(`${url} answers with headers of more than 16 kB, which no Dkron sends`, {
      next,
    });
  if (!isGarbled(failure)) return undefined;
  const tls = url.startsWith('http:') ? ' If it uses TLS, write the address with https://.' : '';
  return new NotDkron(`${url} answers, but not in HTTP`, { next: next + tls });
}

/** undici's parser gives a code to some of its errors only. */
const isGarbled = ({ name, code = '' }: Failure): boolean =>
  name === 'HTTPParserError' || code.startsWith('HPE_');

const ofClient = 'it does not accept our certificate';
const noneOfClient = 'it accepts only clients with a certificate';

const reasons: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ENOTFOUND: 'no host has that name',
  EAI_AGAIN: 'the host name could not be resolved',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
  UND_ERR_DESTROYED: 'this program closed the connection',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within 10 s',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped coming',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer is not as long as it announced',
  ECONNABORTED: 'the connection was aborted',
  EADDRNOTAVAIL: 'this machine has no address to connect from',
  EACCES: 'this machine does not allow the connection',
  EPERM: 'this machine does not allow the connection',
  EMFILE: 'this program has too many files open',
  ENOBUFS: 'this machine has no memory left for connections',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not use TLS; does the address begin with http://?',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not use TLS; does the address begin with http://?',
  EPROTO: 'it does not use TLS; does the address begin with http://?',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it supports no safe version of TLS',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an unknown authority',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  UND_ERR_PRX_CONN: 'the proxy closed the connection',
  UND_ERR_PRX_TLS: 'the certificate of the proxy is for another host',
};

/** What a server says of our certificate; OpenSSL puts the version of TLS in front. */
const alerts: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/ALERT_CERTIFICATE_REQUIRED$/, noneOfClient],
  [
    /ALERT_HANDSHAKE_FAILURE$/,
    'it refuses the connection, perhaps because it wants a client certificate',
  ],
  [/ALERT_CERTIFICATE_EXPIRED$/, 'it does not accept our certificate: it has expired'],
  [/ALERT_(UNKNOWN_CA|\w*CERTIFICATE\w*)$/, ofClient],
];

/** What to do about certificates, by the reason that is told. */
const certificateAdvice: Readonly<Record<string, string>> = {
  'its certificate is self-signed':
    'If it is yours, name a file with that certificate (PEM): tls: { ca: FILE } in its context, or NODE_EXTRA_CA_CERTS.',
  'its certificate is signed by an unknown authority':
    'Name a file with the certificate of your authority (PEM): tls: { ca: FILE } in its context, or NODE_EXTRA_CA_CERTS.',
  'its certificate is not valid yet': "Check this machine's clock and the certificate's dates.",
  'its certificate has expired': "Renew it there. Check this machine's clock too: it may be ahead.",
  'its certificate is for another host':
    'Use the host name that the certificate has, or name it: tls: { server-name: NAME } in its context.',
  [noneOfClient]: 'Name yours and its key (PEM): tls: { cert: FILE, key: FILE } in its context.',
  [ofClient]:
    'Ask its administrator which authority has to sign it; check tls: { cert, key } in its context.',
};

/** One that wants a client certificate may close without a word, in TLS 1.3. */
const ofSilence =
  ' Some servers close like this when they want a client certificate: tls: { cert: FILE, key: FILE } in its context.';

const adviceFor = (failure: Failure, url: string): string => {
  const closed = failure.code === 'UND_ERR_SOCKET' && url.startsWith('https:');
  return certificateAdvice[reason(failure)] ?? next + (closed ? ofSilence : '');
};

/** The reason alone, without the address that the error names. */
export const whyUnreachable = ({ cause }: Unreachable): string => reason((cause ?? {}) as Failure);

/** The same of a connection that was made without a client. */
export const unreachableBy = (error: unknown): string => reason((error ?? {}) as Failure);

/** In our words: those of Node are for programmers. */
function reason(failure: Failure): string {
  const { code = '' } = failure;
  if (isBroken(failure)) return 'dkron-tui failed because of a defect of its own';
  const answer = /^Proxy response \((\d+)\)|^Proxy Authentication Required \((407)\)/.exec(
    failure.message ?? '',
  );
  if (answer !== null) return ofProxy(answer[1] ?? '407');
  if (reasons[code] !== undefined) return reasons[code];
  const alert = alerts.find(([pattern]) => pattern.test(code));
  if (alert !== undefined) return alert[1];
  if (isGarbled(failure)) return 'its answer is not HTTP';
  if (tlsCode.test(code)) return `its certificate or its TLS is not accepted (${code})`;
  return code === '' ? 'the connection failed' : `the connection failed (${code})`;
}

const ofProxy = (status: string): string =>
  status === '407'
    ? 'the proxy requires its own user and password, or does not accept those it got (407)'
    : `the proxy does not connect to it (${status})`;

/** A certificate that we do not accept, or it ours: before anything is read of a request. */
const certificateCode =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|ERR_SSL_[\w/]*ALERT_(\w*CERTIFICATE|UNKNOWN_CA))/;

/** Whether it is about a certificate of the server that we do not accept. */
export const isCertificate = (error: unknown): boolean =>
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_)/.test(
    String((error as Failure | null)?.code),
  );

const tlsCode = /CERT|SSL|TLS|CRL|ISSUER|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH/;

/** Whether the server cannot have seen the request: an error of TLS later on does not tell that. */
function neverSent(failure: Failure): boolean {
  const { code = '', syscall, errors, message = '' } = failure;
  if (failure.unconnected) return true;
  if (errors?.length) return errors.every(neverSent);
  return (
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    code.startsWith('UND_ERR_PRX_') ||
    certificateCode.test(code) ||
    /^Proxy (response|Authentication)/.test(message)
  );
}
