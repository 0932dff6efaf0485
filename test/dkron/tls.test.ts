/** TLS against a server of Node's, with an authority of our own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OperatorError, Unreachable } from '../../src/base/errors.ts';
import { bareTarget, type TlsFiles } from '../../src/config/target.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { type Route, routeTo } from '../../src/dkron/route.ts';
import { readTls } from '../../src/dkron/tls.ts';
import { authority, hasOpenssl, type Pair } from '../support/authority.ts';

const none = bareTarget('x').tls;
const node = '{"agent":{"name":"n1","version":"4.1.2"},"serf":{},"tags":{}}';

/** A server with this certificate; its answers count who came with which certificate. */
async function serveTls(pair: Pair, options: ServerOptions = {}) {
  const clients: string[] = [];
  const [cert, key] = [readFileSync(pair.cert), readFileSync(pair.key)];
  const server = createServer({ cert, key, ...options }, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate();
    clients.push(String(subject?.CN ?? 'nobody'));
    response.end(node);
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}`, port, clients };
}

function client(url: string, files: Partial<TlsFiles> = {}): Dkron {
  const line = async () => ({ tls: await readTls({ ...none, ...files }), proxy: null });
  const route: Route = { ...routeTo(url), line };
  const dkron = createClient({ route });
  onTestFinished(() => dkron.close());
  return dkron;
}

const failure = async (dkron: Dkron): Promise<OperatorError> => {
  const error = await dkron.server().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(OperatorError);
  return error as OperatorError;
};

describe.runIf(hasOpenssl)('a server with a certificate', () => {
  const ca = authority();

  it('of a private authority is trusted by that authority alone', async () => {
    const { url } = await serveTls(ca.sign({ name: 'dkron' }));
    const { value } = await client(url, { ca: ca.root.cert }).server();
    expect(value.name).toBe('n1');
    const stranger = authority().root.cert;
    expect((await failure(client(url, { ca: stranger }))).message).toContain(
      'its certificate is signed by an unknown authority (the certificate of dkron is signed by Test Root, which the server does not send',
    );
  });

  it.each([
    [
      'expired',
      { until: -0.5 },
      /has expired \(the certificate of dkron expired on \d{4}-\d\d-\d\d\)$/,
    ],
    [
      'early',
      { from: 0.5 },
      /is not valid yet \(the certificate of dkron is not valid before \d{4}-\d\d-\d\d\)$/,
    ],
    [
      'elsewhere',
      { names: 'DNS:other.example,IP:10.0.0.1' },
      /another host \(the certificate of dkron is for other.example, 10.0.0.1\)$/,
    ],
  ])('that is %s is told', async (_, more, message) => {
    const { url } = await serveTls(ca.sign({ name: 'dkron', ...more }));
    const error = await failure(client(url, { ca: ca.root.cert }));
    expect(error).toBeInstanceOf(Unreachable);
    expect(error.message).toMatch(message);
  });

  it('that it signed itself is told, and trusted when it is named', async () => {
    const pair = ca.selfSigned('dkron');
    const { url } = await serveTls(pair);
    expect((await failure(client(url))).message).toMatch(
      /: its certificate is self-signed \(the certificate of dkron is signed by itself/,
    );
    await client(url, { ca: pair.cert }).server();
  });

  it('needs the links between: the missing one, and the old one, are named', async () => {
    const between = ca.sign({ name: 'Test Between', authority: true });
    const own = ca.sign({ name: 'dkron', by: between });
    const whole = await serveTls({ ...own, cert: ca.chain(own.cert, between.cert) });
    await client(whole.url, { ca: ca.root.cert }).server();
    const bare = await serveTls(own);
    expect((await failure(client(bare.url, { ca: ca.root.cert }))).message).toContain(
      '(the certificate of dkron is signed by Test Between, which the server does not send and which is not trusted here)',
    );
    const old = ca.sign({ name: 'Old Between', authority: true, until: -0.5 });
    const under = ca.sign({ name: 'dkron', by: old });
    const expired = await serveTls({ ...under, cert: ca.chain(under.cert, old.cert) });
    expect((await failure(client(expired.url, { ca: ca.root.cert }))).message).toMatch(
      /has expired \(the certificate of Old Between expired on/,
    );
  });

  it('for another name is trusted by that name', async () => {
    const { url } = await serveTls(ca.sign({ name: 'dkron', names: 'DNS:dkron.internal' }));
    await client(url, { ca: ca.root.cert, serverName: 'dkron.internal' }).server();
    expect(
      (await failure(client(url, { ca: ca.root.cert, serverName: 'other.internal' }))).message,
    ).toContain('for another host (the certificate of dkron is for dkron.internal)');
  });

  it('is any, when insecure is said', async () => {
    const { url } = await serveTls(ca.sign({ name: 'x', names: 'DNS:x', until: -0.5 }));
    await client(url, { insecure: true }).server();
  });

  it('may ask for ours', async () => {
    const [own, mine] = [ca.sign({ name: 'dkron' }), ca.sign({ name: 'ops' })];
    const asking = { requestCert: true, rejectUnauthorized: false };
    const options = { ca: readFileSync(ca.root.cert), ...asking };
    const { url, clients } = await serveTls(own, options);
    await client(url, { ca: ca.root.cert, cert: mine.cert, key: mine.key }).server();
    await client(url, { ca: ca.root.cert }).server();
    expect(clients).toEqual(['ops', 'nobody']);
  });

  it('is read anew for new connections', async () => {
    const other = authority();
    const { url } = await serveTls(other.sign({ name: 'dkron' }));
    const file = ca.chain(ca.root.cert);
    const dkron = client(url, { ca: file });
    await failure(dkron);
    writeFileSync(file, readFileSync(other.root.cert));
    dkron.renew();
    await dkron.server();
  });
});

describe.runIf(hasOpenssl)('files for TLS', () => {
  const ca = authority();
  const mine = ca.sign({ name: 'ops' });
  const junk = ca.chain();
  writeFileSync(junk, 'junk');
  const torn = ca.chain();
  writeFileSync(torn, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');

  it.each([
    [{ ca: '/nowhere/ca.pem' }, 'there is no file /nowhere/ca.pem'],
    [{ ca: junk }, `${junk} holds no certificate in PEM form`],
    [{ ca: mine.key }, `${mine.key} holds no certificate in PEM form`],
    [{ ca: torn }, `${torn} holds a certificate that cannot be read`],
    [{ cert: mine.cert, key: junk }, `${junk} holds no private key in PEM form`],
    [{ cert: mine.key, key: mine.key }, `${mine.key} holds no certificate in PEM form`],
    [
      { cert: mine.cert, key: ca.root.key },
      `${ca.root.key} is not the key of the certificate in ${mine.cert}`,
    ],
    [
      { cert: mine.cert, key: ca.locked(mine.key) },
      /\.locked holds a key with a passphrase, which/,
    ],
  ])('%j: what is wrong is said before anything is sent', async (files, message) => {
    const error = await failure(client('https://127.0.0.1:1', files));
    expect(error.message).toMatch(message);
    expect(error.data).toBe('Nothing was sent.');
  });
});
