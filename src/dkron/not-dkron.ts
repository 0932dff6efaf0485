/** Answers that do not come from a Dkron: a page, a proxy's redirect, another program's API. */
import { NotDkron } from '../base/errors.ts';
import { jsonOf } from './server-words.ts';
import { methodOf, type Reply } from './wire.ts';

/**
 * Whether an answer is certainly not Dkron's, which answers JSON, short plain text or nothing, and
 * from 3.1.0 on names its node.
 */
export const notDkron = (reply: Reply, text: string): boolean =>
  (reply.status >= 300 && reply.status < 400) ||
  /html/i.test(reply.header('content-type') ?? '') ||
  /^\s*</.test(text) ||
  otherApi(reply, text) !== null;

export function notDkronError(url: string, reply: Reply, text: string): NotDkron {
  if (reply.status >= 300 && reply.status < 400) return redirectError(url, reply);
  const who = [otherApi(reply, text) ?? serverName(reply), reply.status].filter(Boolean).join(' ');
  return new NotDkron(`${url} answers, but is not Dkron: ${who}`, {
    next: 'Check the address and its base path; a proxy in front of Dkron may not reach it.',
  });
}

/** The name that a server or a proxy gives itself; "" for none. */
export const serverName = (reply: Reply): string =>
  reply
    .conceal(reply.header('server') ?? '')
    .replace(/[/\s].*/s, '')
    .slice(0, 40);

/** JSON of another kind than was asked for: what is wrong with it, and whose it may be. */
export function foreignJson(url: string, reply: Reply, text: string, problem: string): NotDkron {
  const other = otherApi(reply, text);
  const whose = other === null ? `not Dkron's: ${problem}` : `that of ${other}, not of Dkron`;
  const answered = `${url} answered ${methodOf(reply.ask)} ${reply.ask.path} with JSON`;
  return new NotDkron(other === null ? `${answered}, but ${whose}` : `${answered}, ${whose}`, {
    next: 'Check the address and its port: another program answers there.',
  });
}

function redirectError(url: string, reply: Reply): NotDkron {
  const to = placeOf(reply.header('location'), url);
  const where = to === null ? '' : ` to ${reply.conceal(to.origin + to.pathname).slice(0, 200)}`;
  return new NotDkron(`${url} is not Dkron: it redirects${where} (${reply.status})`, {
    next: adviceFor(to, url),
  });
}

const logIn = /log-?[io]n|sign-?in|auth|sso|saml|oidc/i;

function adviceFor(to: URL | null, url: string): string {
  if (to !== null && to.protocol === 'https:' && to.host === new URL(url).host)
    return 'Write the address with https://.';
  if (to !== null && logIn.test(to.host + to.pathname))
    return 'It requires a login in a browser. Use an address behind it, for example a port-forward, or put user and password into DKRON_URL if it accepts them.';
  return 'If Dkron answers there, use that as the address.';
}

/** Where a redirect leads, without the user, the password and the query that it may carry. */
function placeOf(location: string | null, url: string): URL | null {
  return location === null ? null : URL.parse(location, url);
}

type Sign = (reply: Reply, text: string) => boolean;

const header =
  (name: string): Sign =>
  (reply) =>
    reply.header(name) !== null;

/** Programs whose API stands under `/v1`, too, or on the ports next to Dkron's, and how they show. */
const otherApis: Readonly<Record<string, readonly Sign[]>> = {
  Consul: [
    header('x-consul-index'),
    header('x-consul-default-acl-policy'),
    (_, text) => text.startsWith('Invalid URL path: not a recognized HTTP API endpoint'),
  ],
  Nomad: [header('x-nomad-index'), header('x-nomad-knownleader')],
  'the Kubernetes API': [
    header('x-kubernetes-pf-flowschema-uid'),
    header('audit-id'),
    (_, text) => /^\s*\{\s*"kind"\s*:\s*"(Status|APIResourceList|APIVersions)"/.test(text),
  ],
  Vault: [(_, text) => isVault(jsonOf(text))],
  Elasticsearch: [header('x-elastic-product')],
  'a Docker registry': [header('docker-distribution-api-version')],
  etcd: [header('x-etcd-index'), header('x-etcd-cluster-id')],
};

/** Its errors are `{"errors":[…]}` and nothing else. */
const isVault = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray((value as { errors?: unknown }).errors) &&
  Object.keys(value).length === 1;

/** The program whose answer this is, where it shows; null for Dkron's own and for any other. */
export function otherApi(reply: Reply, text: string): string | null {
  if (reply.whom !== null) return null;
  const found = Object.entries(otherApis).find(([, signs]) =>
    signs.some((sign) => sign(reply, text)),
  );
  return found?.[0] ?? null;
}
