/** What lies below HTTP: the name, the connection, the certificates. */
import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { connect as connectTls, type DetailedPeerCertificate } from 'node:tls';
import type { Tls } from '../tls.ts';

/** One certificate of a chain. */
export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  /** The hosts that it is for. */
  readonly names: readonly string[];
  /** ms since the epoch. */
  readonly from: number;
  readonly to: number;
}

export interface Handshake {
  /** The server's own first. */
  readonly chain: readonly Certificate[];
  /** Node's code for why it is not trusted; null where it is. */
  readonly problem: string | null;
}

/** Each rejects with an error that has a `code`, after some seconds at the latest. */
export interface Network {
  /** The addresses of a host. */
  readonly addresses: (host: string) => Promise<readonly string[]>;
  /** Makes a connection and ends it; `ms`: how long it may take. */
  readonly dial: (host: string, port: number, ms?: number) => Promise<void>;
  readonly handshake: (host: string, port: number, tls: Tls) => Promise<Handshake>;
}

const patience = 5_000;

export const network: Network = {
  addresses: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  dial: (host, port, ms = patience) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port, timeout: ms });
      socket.once('connect', () => {
        socket.destroy();
        resolve();
      });
      socket.once('timeout', () => socket.destroy(late()));
      socket.once('error', reject);
    }),
  handshake: (host, port, tls) =>
    new Promise((resolve, reject) => {
      const servername = tls.servername ?? (isIP(host) === 0 ? host : undefined);
      const socket = connectTls({
        ...tls,
        ...(servername === undefined ? {} : { servername }),
        host,
        port,
        rejectUnauthorized: false,
        timeout: patience,
      });
      socket.once('secureConnect', () => {
        const chain = chainOf(socket.getPeerCertificate(true));
        const { authorized, authorizationError: problem } = socket;
        socket.destroy();
        resolve({ chain, problem: authorized ? null : codeOf(problem) });
      });
      socket.once('timeout', () => socket.destroy(late()));
      socket.once('error', reject);
    }),
};

const late = (): Error => Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });

/** It is a code, or an error that has one, whatever its type says. */
const codeOf = (problem: unknown): string =>
  typeof problem === 'string' ? problem : String((problem as { code?: string } | null)?.code ?? '');

function chainOf(leaf: DetailedPeerCertificate): Certificate[] {
  const chain: Certificate[] = [];
  const seen = new Set<string>();
  for (
    let one: DetailedPeerCertificate | undefined = leaf;
    one?.fingerprint256 !== undefined && !seen.has(one.fingerprint256);
    one = one.issuerCertificate
  ) {
    seen.add(one.fingerprint256);
    chain.push({
      subject: nameOf(one.subject),
      issuer: nameOf(one.issuer),
      names: (one.subjectaltname ?? '')
        .split(', ')
        .map((name) => name.replace(/^(DNS|IP Address):/, ''))
        .filter(Boolean),
      from: Date.parse(one.valid_from),
      to: Date.parse(one.valid_to),
    });
  }
  return chain;
}

const nameOf = ({ CN, O }: DetailedPeerCertificate['subject']): string =>
  String(CN ?? O ?? 'without a name');
