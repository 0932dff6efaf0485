import { openJournal } from '../../../src/journal/file.ts';
import { keptAt } from '../../support/kept.ts';
import type { Console } from './console.ts';

/** What the journal of the operator's home has for each change of a server: its outcome, null for none. */
export async function outcomesOf(
  on: Console,
  { url }: { readonly url: string },
): Promise<(string | null)[]> {
  const changes = await openJournal((await keptAt(on.places, url)).journal).changes();
  return changes.map(({ result }) => result?.outcome ?? null);
}
