/**
 * The connection behind each client, for the write door alone: whoever else holds a `Dkron` can
 * only read with it.
 */
import type { Transport } from './transport.ts';

const transports = new WeakMap<object, Transport>();

export const keepTransport = (client: object, transport: Transport): void =>
  void transports.set(client, transport);

/** The connection of a client that `createClient` made. */
export function transportOf(client: object): Transport {
  const transport = transports.get(client);
  if (transport === undefined) throw new TypeError('this client has no connection of its own');
  return transport;
}
