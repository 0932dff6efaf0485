import { OperatorError } from '../base/errors.ts';
import type { NodeTags } from '../job/lint/tags.ts';
import type { Dkron, ReadOptions } from './client.ts';
import type { Node } from './shapes.ts';

/** Serf's number for a member that is there. */
const alive = 1;

/** What the nodes that can run a job say of themselves. */
export const livingNodes = (members: readonly Node[]): readonly NodeTags[] =>
  members.filter(({ Status }) => Status === alive).map(({ Tags }) => Tags ?? {});

/** The same of a server; undefined where it does not tell, as behind a proxy that lets less through. */
export async function readNodes(
  dkron: Dkron,
  reading: ReadOptions = {},
): Promise<readonly NodeTags[] | undefined> {
  try {
    return livingNodes((await dkron.members(reading)).value);
  } catch (error) {
    if (error instanceof OperatorError) return undefined;
    throw error;
  }
}
