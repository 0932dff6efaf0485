import type { Dkron } from '../../dkron/client.ts';
import { chosenOf, serverSource } from '../../snapshot/export/source.ts';
import { exportToFolder } from '../../snapshot/export/to-folder.ts';
import { exportCounts } from '../../snapshot/export/words.ts';
import type { Message } from '../state/model.ts';

/** Jobs that were not exported, whose reasons are told. */
const told = 3;

/** Writes the jobs of these names, all without one, as files of a folder; gives what is said of it. */
export async function exportJobs(
  client: Dkron,
  folder: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Message> {
  const source = await serverSource(client, signal);
  const chosen = chosenOf(source, { names, keep: () => true });
  const done = await exportToFolder(folder, source, chosen, { remove: false, signal });
  const failed = done.failed.map(({ name, why }) => `${name ?? 'a job'}: ${why}`);
  const text = [`${folder}: ${exportCounts(done)}`, ...failed.slice(0, told)].join(' · ');
  return { type: 'flash', flash: { level: failed.length > 0 ? 'error' : 'ok', text } };
}
