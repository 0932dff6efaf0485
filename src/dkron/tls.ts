/** The files of a context for TLS, read and tried before anything is sent. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { OperatorError } from '../base/errors.ts';
import { fileError } from '../config/files.ts';
import type { TlsFiles } from '../config/target.ts';

/** What a connection by TLS is told; texts in PEM. Nothing: what Node does by itself. */
export interface Tls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly rejectUnauthorized?: false;
}

/** Reads them anew: certificates are renewed while a console is open. Throws OperatorError, NotFound. */
export async function readTls({ ca, cert, key, serverName, insecure }: TlsFiles): Promise<Tls> {
  return {
    ...(ca === null ? {} : { ca: await certificatesIn(ca) }),
    ...(cert === null || key === null ? {} : await pairIn(cert, key)),
    ...(serverName === null ? {} : { servername: serverName }),
    ...(insecure ? { rejectUnauthorized: false } : {}),
  };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw fileError(path, 'read', error, 'Nothing was sent.');
  }
}

const block = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** OpenSSL passes over what it cannot read among authorities, and then trusts nobody. */
async function certificatesIn(path: string): Promise<string> {
  const text = await textOf(path);
  const found = text.match(block) ?? [];
  if (found.length === 0) throw unfit(path, 'holds no certificate in PEM form');
  for (const pem of found) certificate(path, pem);
  return text;
}

function certificate(path: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw unfit(path, 'holds a certificate that cannot be read', cause);
  }
}

async function pairIn(certPath: string, keyPath: string): Promise<Pick<Tls, 'cert' | 'key'>> {
  const cert = await certificatesIn(certPath);
  const key = await textOf(keyPath);
  // The first is the one that is shown; those behind it lead to its authority.
  const shown = certificate(certPath, cert.match(block)![0]);
  if (!shown.checkPrivateKey(privateKey(keyPath, key)))
    throw unfit(keyPath, `is not the key of the certificate in ${certPath}`);
  return { cert, key };
}

function privateKey(path: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    const locked = /ENCRYPTED/.test(pem);
    throw unfit(
      path,
      locked
        ? 'holds a key with a passphrase, which cannot be asked for'
        : 'holds no private key in PEM form',
      cause,
    );
  }
}

const unfit = (path: string, what: string, cause?: unknown): OperatorError =>
  new OperatorError(`${path} ${what}`, {
    data: 'Nothing was sent.',
    next: 'Correct tls in the file of contexts, or that file.',
    cause,
  });
