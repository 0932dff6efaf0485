import { describe, expect, it } from 'vitest';
import { type Said, said } from '../../src/forward/said.ts';

const of = { namespace: 'mobility', resource: 'svc/dkron', port: 8080, kubeContext: null };

const lost: Said = { kind: 'lost' };
const broken: Said = { kind: 'broken' };
const trouble = (text: string): Said => ({ kind: 'trouble', text });
const dead = (text: string): Said => ({ kind: 'dead', text });
const refused = (text: string): Said => ({ kind: 'refused', text, next: expect.any(String) });

const sandbox =
  'error forwarding port 8080 to pod 8a1b, uid : failed to find sandbox "8a1b" in store: not found';
const notListening =
  'error forwarding port 8080 to pod 8a1b, uid : failed to execute portforward in network namespace "/var/run/netns/cni-1": failed to connect to localhost:8080 inside namespace "8a1b", IPv4: dial tcp4 127.0.0.1:8080: connect: connection refused';

/** What is said by the logger: it stands in each of the three forms. */
const logged: [text: string, Said][] = [
  ['lost connection to pod', lost],
  [
    `an error occurred forwarding 40123 -> 8080: ${sandbox}`,
    dead('the pod behind svc/dkron was replaced'),
  ],
  [
    `an error occurred forwarding 40123 -> 8080: ${notListening}`,
    dead('in the pod nothing listens on port 8080'),
  ],
  [
    'an error occurred forwarding 40123 -> 8080: error forwarding port 8080 to pod 8a1b, uid : exit status 1: 2026/11/26 17:03:08 socat[321] E connect(5, AF=2 127.0.0.1:8080, 16): Connection refused',
    dead('in the pod nothing listens on port 8080'),
  ],
  [
    'an error occurred forwarding 40123 -> 8080: error forwarding port 8080 to pod 8a1b, uid : network is down',
    lost,
  ],
  [
    'error creating error stream for port 40123 -> 8080: Timeout occurred',
    dead('the port-forward stands still'),
  ],
  [
    'error creating error stream for port 40123 -> 8080: Timeout occured',
    dead('the port-forward stands still'),
  ],
  [
    'error creating forwarding stream for port 40123 -> 8080: EOF',
    dead('the port-forward stands still'),
  ],
  [
    'error copying from remote stream to local connection: readfrom tcp4 127.0.0.1:40123->127.0.0.1:51004: write: broken pipe',
    broken,
  ],
  ['error copying from local connection to remote stream: read: connection reset by peer', broken],
  [
    'unable to listen on port 8080: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 127.0.0.1:8080: bind: address already in use]',
    trouble('kubectl got no free port on this machine'),
  ],
  [
    'unable to forward port because pod is not running. Current status=Pending',
    trouble('the pod behind svc/dkron does not run (Pending)'),
  ],
  [
    'unable to upgrade connection: Unauthorized',
    refused('the cluster does not accept the credentials that kubectl has'),
  ],
  [
    'unable to upgrade connection: Forbidden (user=system:anonymous, verb=create, resource=nodes, subresource=proxy)',
    refused('the cluster does not allow you to create pods/portforward in namespace mobility'),
  ],
  [
    'error upgrading connection: pods "dkron-0" is forbidden: User "jane" cannot create resource "pods/portforward" in API group "" in the namespace "mobility"',
    refused('the cluster does not allow jane to create pods/portforward in namespace mobility'),
  ],
  [
    "couldn't get current server API group list: the server has asked for the client to provide credentials",
    refused('the cluster does not accept the credentials that kubectl has'),
  ],
  [
    "couldn't get current server API group list: Get https://10.0.0.1/api?timeout=32s: dial tcp 10.0.0.1:443: i/o timeout",
    trouble(
      'kubectl cannot reach Kubernetes: Get https://10.0.0.1/api?timeout=32s: dial tcp 10.0.0.1:443: i/o timeout',
    ),
  ],
];

const quoted = (text: string) => JSON.stringify(text);
const forms: Record<string, (text: string) => string> = {
  'a klog prefix': (text) => `E1126 14:31:29.104512   10501 portforward.go:413] ${text}`,
  'an unhandled error': (text) =>
    `E1126 14:31:29.104512   10501 portforward.go:413] "Unhandled Error" err=${quoted(text)}`,
  'key=value': (text) =>
    `E1126 14:31:29.104512   10501 portforward.go:413] "An error occurred forwarding" err=${quoted(text)} localPort=40123 remotePort=8080`,
  'nothing else': (text) => text,
};

describe('what kubectl says', () => {
  describe.each(Object.entries(forms))('with %s', (_, form) => {
    it.each(logged)('%s', (text, means) => {
      expect(said(form(text), of)).toEqual(means);
    });
  });

  it.each(logged)('in capitals: %s', (text, means) => {
    expect(said(text.toUpperCase(), of)?.kind).toBe(means.kind);
  });

  it.each<[string, Said | null]>([
    ['Forwarding from 127.0.0.1:40123 -> 8080', { kind: 'ready', port: 40123 }],
    ['Forwarding from [::1]:40123 -> 8080', { kind: 'ready', port: 40123 }],
    ['Handling connection for 40123', { kind: 'handling' }],
    ['error: lost connection to pod', lost],
    [
      'error: timed out waiting for the condition',
      trouble('no pod runs behind svc/dkron in namespace mobility'),
    ],
    [
      'error: watch closed before UntilWithoutRetry timeout',
      trouble('no pod runs behind svc/dkron in namespace mobility'),
    ],
    [
      'error: unable to listen on any of the requested ports: [{40123 8080}]',
      trouble('kubectl got no free port on this machine'),
    ],
    [
      'error: You must be logged in to the server (Unauthorized)',
      refused('the cluster does not accept the credentials that kubectl has'),
    ],
    [
      'Error from server (Forbidden): services "dkron" is forbidden: User "jane" cannot get resource "services" in API group "" in the namespace "mobility"',
      refused('the cluster does not allow jane to get services in namespace mobility'),
    ],
    [
      'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "mobility"',
      refused('the cluster does not allow jane to list pods in namespace mobility'),
    ],
    ['error: context "prod" does not exist', refused('kubectl knows no context prod')],
    [
      'Error in configuration: context was not found for specified context: prod',
      refused('kubectl knows no context prod'),
    ],
    [
      'error: Service dkron does not have a service port 80',
      refused('kubectl cannot forward to that: Service dkron does not have a service port 80'),
    ],
    [
      "error: cannot attach to *v1.Service: invalid service 'dkron': Service is defined without a selector",
      refused(
        "kubectl cannot forward to that: cannot attach to *v1.Service: invalid service 'dkron': Service is defined without a selector",
      ),
    ],
    [
      'Error from server (NotFound): services "dkron" not found',
      trouble('services "dkron" not found in namespace mobility'),
    ],
    [
      'The connection to the server 127.0.0.1:18991 was refused - did you specify the right host or port?',
      trouble('Kubernetes at 127.0.0.1:18991 refuses the connection'),
    ],
    [
      'Unable to connect to the server: dial tcp: lookup k8s.example on 10.0.0.2:53: no such host',
      trouble(
        'kubectl cannot reach Kubernetes: dial tcp: lookup k8s.example on 10.0.0.2:53: no such host',
      ),
    ],
    [
      'Unable to connect to the server: getting credentials: exec: executable aws failed with exit code 255',
      trouble(
        'kubectl got no credentials: getting credentials: exec: executable aws failed with exit code 255',
      ),
    ],
    [
      'error: error upgrading connection: error dialing backend: dial timeout',
      trouble('Kubernetes did not open the port-forward: error dialing backend: dial timeout'),
    ],
    ['error: unknown flag: --nope', trouble('kubectl says: unknown flag: --nope')],
    ['error: \u001b]0;title\u0007bad', trouble('kubectl says: bad')],
    ['I1126 14:31:29.104512   10501 loader.go:402] Config loaded', null],
    ['', null],
  ])('%s', (line, means) => {
    expect(said(line, of)).toEqual(means);
  });

  it('says which right is missing, and which a port-forward needs', () => {
    const heard = said(logged.find(([text]) => text.includes('cannot create'))![0], of);
    expect(heard).toMatchObject({
      next: expect.stringMatching(
        /verb create on pods\/portforward.*get and list on pods, get on services/,
      ),
    });
  });

  it('looks at the start of a line without an end', () => {
    expect(said(`${'x'.repeat(1_000_000)} lost connection to pod`, of)).toBeNull();
  });
});
