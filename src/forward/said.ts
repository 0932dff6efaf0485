/**
 * What a line of kubectl means for a port-forward. The texts are those of client-go
 * (tools/portforward) and of kubectl; they come bare, behind a klog prefix (`E1126 … portforward.go:413]`),
 * inside `"Unhandled Error" err="…"`, or as key=value, so they are looked for anywhere in a line.
 */
import type { PortForward } from '../config/target.ts';
import { clean } from '../terminal/cell.ts';

export type Said =
  /** It listens on this port of 127.0.0.1. */
  | { readonly kind: 'ready'; readonly port: number }
  /** A connection came in. */
  | { readonly kind: 'handling' }
  /** One connection broke. On an old kubectl that comes before the tunnel stands still: look now. */
  | { readonly kind: 'broken' }
  /** The tunnel is dead, though the process may live for a while. */
  | { readonly kind: 'dead'; readonly text: string }
  /** The same, without a reason; one that was said before still counts. */
  | { readonly kind: 'lost' }
  /** Why it ends, or does not begin. Worth another try. */
  | { readonly kind: 'trouble'; readonly text: string }
  /** Only a person can change that: no other try before somebody asks for it. */
  | { readonly kind: 'refused'; readonly text: string; readonly next: string };

interface Row {
  readonly pattern: RegExp;
  readonly said: (match: RegExpExecArray, of: PortForward) => Said;
}

const trouble = (text: string): Said => ({ kind: 'trouble', text });
const dead = (text: string): Said => ({ kind: 'dead', text });
const refused = (text: string, next: string): Said => ({ kind: 'refused', text, next });

const again = 'Then try again.';

/** Who may not do what, in the cluster's own sentence; else what a port-forward needs first of all. */
function forbidden([line]: RegExpExecArray, { namespace }: PortForward): Said {
  const user = /User "([^"]+)"/i.exec(line)?.[1];
  const [, verb = 'create', resource = 'pods/portforward'] =
    /cannot (\w+) resource "([^"]+)"/i.exec(line) ?? [];
  return refused(
    `the cluster does not allow ${user ?? 'you'} to ${verb} ${resource} in namespace ${namespace}`,
    `A role there needs the verb ${verb} on ${resource}; a port-forward needs get and list on pods, get on services, and create on pods/portforward. ${again}`,
  );
}

/** The first that fits counts. */
const rows: readonly Row[] = [
  {
    pattern: /Forwarding from (?:127\.0\.0\.1|\[::1\]):(\d+) -> /i,
    said: ([, port]) => ({ kind: 'ready', port: Number(port) }),
  },
  { pattern: /Handling connection for \d+/i, said: () => ({ kind: 'handling' }) },
  {
    pattern: /.*(?:is forbidden:|\(Forbidden\)|unable to upgrade connection:? *forbidden).*/i,
    said: forbidden,
  },
  {
    pattern:
      /unable to upgrade connection:? *unauthorized|\(Unauthorized\)|must be logged in|client to provide credentials/i,
    said: () =>
      refused(
        'the cluster does not accept the credentials that kubectl has',
        `Log in to the cluster anew. ${again}`,
      ),
  },
  {
    pattern:
      /context "?([^"]*?)"? does not exist|context was not found for specified context: (.*)/i,
    said: ([, name, older]) =>
      refused(
        `kubectl knows no context ${name ?? older}`,
        `'kubectl config get-contexts' lists them. ${again}`,
      ),
  },
  {
    pattern: /no configuration has been provided|incomplete configuration info/i,
    said: () =>
      refused('kubectl has no configuration', `Set KUBECONFIG, or log in to the cluster. ${again}`),
  },
  {
    pattern:
      /error: (.*(?:does not have a (?:service port|named port)|defined without a selector|doesn't have a resource type|there is no need to specify a resource type).*)/i,
    said: ([, words = '']) =>
      refused(`kubectl cannot forward to that: ${words}`, `Correct the port-forward. ${again}`),
  },
  {
    pattern:
      /unable to listen on (?:any of the requested ports|port \d+)|unable to create listener/i,
    said: () => trouble('kubectl got no free port on this machine'),
  },
  {
    pattern: /error creating (?:error|forwarding) stream/i,
    said: () => dead('the port-forward stands still'),
  },
  {
    pattern:
      /failed to find sandbox|namespace for sandbox \S+ is closed|no such container|container not running/i,
    said: (_, { resource }) => dead(`the pod behind ${resource} was replaced`),
  },
  {
    pattern: /error forwarding port \d+ to pod.*(?:connection refused|exit status 1)/i,
    said: (_, { port }) => dead(`in the pod nothing listens on port ${port}`),
  },
  {
    pattern: /lost connection to pod|error forwarding port \d+ to pod/i,
    said: () => ({ kind: 'lost' }),
  },
  {
    pattern: /pod is not running\. Current status=(\w+)/i,
    said: ([, status = ''], { resource }) =>
      trouble(`the pod behind ${resource} does not run (${status})`),
  },
  {
    pattern: /timed out waiting for the condition|watch closed before UntilWithoutRetry timeout/i,
    said: (_, { resource, namespace }) =>
      trouble(`no pod runs behind ${resource} in namespace ${namespace}`),
  },
  {
    pattern:
      /error copying from (?:remote stream to local connection|local connection to remote stream)/i,
    said: () => ({ kind: 'broken' }),
  },
  {
    pattern: /\(NotFound\): (.*)/i,
    said: ([, words = ''], { namespace }) => trouble(`${words} in namespace ${namespace}`),
  },
  {
    pattern: /The connection to the server (\S+) was refused/i,
    said: ([, server = '']) => trouble(`Kubernetes at ${server} refuses the connection`),
  },
  {
    pattern: /Unable to connect to the server: (?:.*?: )?(getting credentials: .*)/i,
    said: ([, words = '']) => trouble(`kubectl got no credentials: ${words}`),
  },
  {
    pattern:
      /(?:Unable to connect to the server|couldn't get current server API group list): (.*)/i,
    said: ([, words = '']) => trouble(`kubectl cannot reach Kubernetes: ${words}`),
  },
  {
    pattern: /error upgrading connection: (.*)/i,
    said: ([, words = '']) => trouble(`Kubernetes did not open the port-forward: ${words}`),
  },
  { pattern: /^error: (.*)/i, said: ([, words = '']) => trouble(`kubectl says: ${words}`) },
  { pattern: /^Error from server.*/i, said: ([words]) => trouble(`kubectl says: ${words}`) },
];

/** Of a longer line the start is looked at. */
const most = 1_000;

/** What one line of its output means; null for what means nothing to us. */
export function said(line: string, of: PortForward): Said | null {
  const [, error] = / err="(.*)"(?: \w+=\S+)*$/.exec(line.slice(0, most)) ?? [];
  const text = clean(error?.replaceAll('\\"', '"') ?? line.slice(0, most));
  for (const { pattern, said } of rows) {
    const match = pattern.exec(text);
    if (match !== null) return said(match, of);
  }
  return null;
}
