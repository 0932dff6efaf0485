/** The watch of a name: one program has it, and what it knows is in a folder of its cluster. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Refused } from '../../base/errors.ts';
import { fileName } from '../../config/file-name.ts';
import { type Hold, hold, holderText } from '../../config/hold.ts';
import type { ClusterPlaces } from '../../config/places.ts';
import { readState, writeState } from '../../oversight/watch/file.ts';
import type { WatchState } from '../../oversight/watch/model.ts';
import { newState } from '../../oversight/watch/step.ts';

export interface OwnWatch extends Hold {
  readonly state: () => WatchState;
  /** It is on disk when this resolves. Rejects with OperatorError, and then it is as it was. */
  readonly put: (state: WatchState) => Promise<void>;
}

/** The folder of a watch. */
export const watchFolder = ({ watches }: Pick<ClusterPlaces, 'watches'>, name: string): string =>
  join(watches, fileName(name));

/** Throws Refused where another program has it, CorruptFile, OperatorError. */
export async function takeWatch(folder: string, name: string, now: number): Promise<OwnWatch> {
  const holding = join(folder, 'held');
  const held = await hold(holding);
  if (held === null) throw await taken(holding, name);
  const path = join(folder, 'state.json');
  try {
    let state = (await readState(path)) ?? newState(randomUUID().slice(0, 8), now);
    return {
      state: () => state,
      async put(next) {
        await writeState(path, next);
        state = next;
      },
      release: held.release,
    };
  } catch (error) {
    await held.release();
    throw error;
  }
}

async function taken(holding: string, name: string): Promise<Refused> {
  const who = await holderText(holding);
  return new Refused(`a watch called ${name} of this cluster goes on already${who}`, {
    data: 'Nothing was told, and nothing was written.',
    next: 'End it, or give this one another --name: each tells all changes by itself.',
  });
}
