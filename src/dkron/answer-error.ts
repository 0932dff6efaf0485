import {
  NotDkron,
  NotFound,
  type OperatorError,
  Refused,
  ServerError,
  Unsupported,
} from '../base/errors.ts';
import { methodOf, type Reply } from './wire.ts';

/** gin's answer to a route it does not have: this Dkron is too old, or the base path is wrong. */
export const isNoRoute = (status: number, text: string): boolean =>
  status === 404 && text === '404 page not found';

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
  const what = `${url} answered ${methodOf(ask)} ${ask.path} with ${status}`;
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
    next:
      ask.path === '/v1/busy'
        ? 'A server node does not answer the others: look at the members.'
        : "The server's log may say more.",
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
