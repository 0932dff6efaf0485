/** Operations that were interrupted, as commands keep them and tell of them. */
import { OperatorError } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Begin } from '../plan/apply.ts';
import { openMaintenance } from '../plan/maintenance/store.ts';
import { interruptedText } from '../plan/maintenance/words.ts';
import { openUnfinished, type UnfinishedStore } from '../plan/unfinished/store.ts';
import { leftText } from '../plan/unfinished/words.ts';
import type { Here, Reached } from './cluster.ts';
import type { Invocation } from './invocation.ts';
import { printNote } from './output.ts';

export const unfinishedOf = ({ places }: Pick<Here, 'places'>): UnfinishedStore =>
  openUnfinished(places.unfinished);

/** Keeps what a command begins; `title` says what it does, as its question does. */
export const beginOf = ({ here }: Reached, { url }: Dkron, title: string, version: string): Begin =>
  unfinishedOf(here).begin(title, { cluster: { id: here.id, name: here.name }, url, version });

/** Says which operations on the cluster were not finished, for people. */
export async function noteUnfinished(
  { io, json }: Invocation,
  here: Pick<Here, 'places'>,
): Promise<void> {
  if (json) return;
  try {
    const { left, passedOver } = await unfinishedOf(here).found();
    const [newest, ...older] = left;
    if (newest !== undefined)
      printNote(
        io,
        `${leftText(newest, older.length, Date.now())}: 'dkron-tui restore --resume' finishes it, 'restore --discard' leaves it as it is`,
      );
    for (const what of passedOver) printNote(io, `skipped: ${what}`);
    const maintenance = await openMaintenance(here.places.maintenance).head();
    if (maintenance?.interrupted) printNote(io, interruptedText(maintenance));
  } catch (error) {
    // It keeps nobody from his work.
    if (!(error instanceof OperatorError)) throw error;
    printNote(io, error.message);
  }
}
