import type { Dkron } from '../../dkron/client.ts';
import { readNodes } from '../../dkron/nodes.ts';
import type { CheckOptions } from '../../plan/check.ts';
import { instantFromMillis } from '../../schedule/index.ts';

interface JudgedBy {
  readonly client: Dkron;
  /** The zone that the Dkron process runs in. */
  readonly serverZone: string;
  /** Whether a token is shown to the server. */
  readonly token?: boolean | undefined;
  /** ms since the epoch. */
  readonly now: () => number;
}

/** What the checks judge jobs by that come as a whole: this server now, and its nodes. */
export async function judging({ client, serverZone, token, now }: JudgedBy): Promise<CheckOptions> {
  const [server, nodes] = await Promise.all([client.server(), readNodes(client)]);
  const { version } = server.value;
  return { version, serverZone, nodes, token, now: instantFromMillis(now()), all: true };
}
