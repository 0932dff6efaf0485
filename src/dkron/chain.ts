/** Why a certificate is not accepted: a failed connection keeps nothing of the chain. */
import type { Tls } from './tls.ts';

/**
 * Which certificate of the chain it is, in words; undefined where nothing more is known. It connects
 * once more, sends nothing and closes.
 */
export async function wrongLink(origin: string, tls: Tls): Promise<string | undefined> {
  const [{ network }, { whichLink }] = await Promise.all([
    import('./doctor/network.ts'),
    import('./doctor/way.ts'),
  ]);
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const shook = await network.handshake(host, Number(port) || 443, tls).catch(() => null);
  return shook === null || shook.problem === null ? undefined : whichLink(shook);
}
