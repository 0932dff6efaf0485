/** What a failed connection or an answer that makes no sense means to an operator. */
import {
  NotDkron,
  NotFound,
  OperatorError,
  OutcomeUnknown,
  Refused,
  ServerError,
  Unreachable,
  Unsupported,
} from '../base/errors.ts';
import type { Ask, Reply } from './transport.ts';

interface Failure {
  readonly code?: string;
  readonly syscall?: string;
  readonly errors?: readonly Failure[];
  readonly message?: string;
}

const next = 'Check the address, that Dkron runs there, and that the port-forward is up.';

/** The error of a connection that could not be made, or broke. An abort stays what it is. */
export function connectionError(error: unknown, url: string, ask: Ask): unknown {
  if (error instanceof OperatorError) return error;
  const failure = error as Failure;
  const reading = (ask.method ?? 'GET') === 'GET';
  if (reading && ask.signal?.aborted) return error;
  if (failure.code?.startsWith('HPE_'))
    return new NotDkron(`${url} answers, but not in HTTP`, { next, cause: error });
  const what = reason(failure);
  if (reading || neverSent(failure)) {
    const data = reading ? {} : { data: 'Nothing was sent, so nothing was changed.' };
    return new Unreachable(`${url} cannot be reached: ${what}`, { ...data, next, cause: error });
  }
  return new OutcomeUnknown(`${url} did not answer: ${what}`, {
    data: 'The request was sent; it may or may not have been carried out.',
    next: 'Read the job again before sending anything twice.',
    cause: error,
  });
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ENOTFOUND: 'no host of that name',
  EAI_AGAIN: 'the name could not be looked up',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_SOCKET: 'the connection was closed before the answer was whole',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within 10 s',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped coming for 30 s',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer is not as long as it said',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS; is the address http://?',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an unknown authority',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

function reason({ code, message }: Failure): string {
  return reasons[code ?? ''] ?? message ?? code ?? 'for an unknown reason';
}

/** Whether the connection was never made, so that the server cannot have seen the request. */
function neverSent({ code = '', syscall, errors }: Failure): boolean {
  if (errors?.length) return errors.every(neverSent);
  return (
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    /CERT|SSL|TLS|UNABLE_TO_VERIFY/.test(code)
  );
}

/** gin's answer to a route it does not have: this Dkron is too old, or the base path is wrong. */
export const isNoRoute = (status: number, text: string): boolean =>
  status === 404 && text === '404 page not found';

/**
 * The error for an answer that is not a success and whose route says nothing more precise.
 * `text` is the answer's body.
 */
export function answerError(url: string, reply: Reply, text: string): OperatorError {
  const { ask, status } = reply;
  const what = `${url} answered ${ask.method ?? 'GET'} ${ask.path} with ${status}`;
  if (status === 401 || status === 403)
    return new Refused(`${url} asks for credentials (${status})`, {
      next: 'Put user and password into the address: https://user:password@host.',
    });
  if (isNoRoute(status, text))
    return new Unsupported(`${url} does not know ${ask.path.replace(/\?.*/, '')}`, {
      next: 'This Dkron may be too old for it, or its base path is missing from the address.',
    });
  if (notDkron(reply, text)) return notDkronError(url, reply);
  if (status === 404 && text === '') return new NotFound(`${what}: not found`);
  return new ServerError(`${what}: ${text || 'no reason given'}`, {
    next: "The server's log may say more.",
  });
}

/** Dkron answers JSON, short plain text or nothing; anything else comes from something in between. */
export const notDkron = (reply: Reply, text: string): boolean =>
  (reply.status >= 300 && reply.status < 400) ||
  /html/i.test(reply.header('content-type') ?? '') ||
  (reply.whom === null && reply.status >= 502) ||
  /^\s*</.test(text);

export function notDkronError(url: string, reply: Reply): NotDkron {
  const server = reply.header('server')?.replace(/\/.*/, '');
  const location = reply.header('location');
  const who = [server, reply.status, location && `to ${location}`].filter(Boolean).join(' ');
  return new NotDkron(`${url} answers, but is not Dkron: ${who}`, {
    next: 'Check the address and its base path; a proxy may stand before Dkron and miss it.',
  });
}
