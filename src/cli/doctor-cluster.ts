/** Which of the clusters that are known here it is that answers. */
import { OperatorError } from '../base/errors.ts';
import { type Identified, nameOf } from '../cluster/identify.ts';
import { lookAtAll } from '../cluster/sighting.ts';
import type { Dkron } from '../dkron/client.ts';
import { attention, bad, type Check, failed, ok } from '../dkron/doctor/check.ts';
import { caught } from '../dkron/doctor/way.ts';
import type { Invocation } from './invocation.ts';
import { registerOf, wayTo } from './register.ts';

/** Reads only: nothing is noted of it. */
export async function clusterCheck(invocation: Invocation, client: Dkron): Promise<Check> {
  const { signal } = invocation.io;
  const register = registerOf(invocation);
  const way = wayTo(invocation, client.url);
  const found = await caught(async () =>
    register.identify(await lookAtAll(client, Date.now, { signal }), way),
  );
  return found instanceof OperatorError ? failed('cluster', found, client.url) : checkOf(found);
}

export function checkOf(found: Identified): Check {
  switch (found.kind) {
    case 'known':
      return found.before === null
        ? ok('cluster', `the one that is known here as ${nameOf(found.cluster)}`)
        : attention(
            'cluster',
            `it is ${nameOf(found.cluster)}; before, ${nameOf(found.before.cluster)} answered here (${found.before.why})`,
            'Check that the address or the port-forward leads where you want to be.',
          );
    case 'new':
      return found.before === null
        ? ok('cluster', 'not known here yet')
        : attention(
            'cluster',
            `not known here yet; before, ${nameOf(found.before.cluster)} answered here (${found.before.why})`,
            'Check that the address or the port-forward leads where you want to be.',
          );
    case 'unsure':
      return attention(
        'cluster',
        `perhaps ${nameOf(found.candidates[0])}, perhaps another: ${found.why}`,
        'The console asks which it is.',
      );
    case 'another':
      return bad(
        'cluster',
        `the context leads to another cluster than ${nameOf(found.expected)}: ${found.why}`,
        'Check where its address or its port-forward leads. What would change a job refuses there.',
        'refused',
      );
  }
}
