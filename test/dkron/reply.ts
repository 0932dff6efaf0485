/** An answer as it comes over the wire, without a server. */
import type { Ask, Reply } from '../../src/dkron/wire.ts';

export interface Replied extends Partial<Pick<Reply, 'status' | 'whom' | 'shown'>> {
  readonly ask?: Ask;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A success of node n1 with nothing in it, unless told. */
export function replyOf({ headers = {}, body = '', ...fields }: Replied = {}): Reply {
  return {
    ask: { path: '/v1' },
    status: 200,
    whom: 'n1',
    shown: null,
    bytes: (async function* () {
      yield Buffer.from(body);
    })(),
    ...fields,
    header: (name) => headers[name] ?? null,
    text: async () => body,
    conceal: (text) => text.replaceAll('secret', '***'),
  };
}
