/** A door without a server behind it: it answers as a test tells it to, and remembers what came. */
import type { Change } from '../../src/dkron/write/decide.ts';
import type { Door, WriteOptions } from '../../src/dkron/write/door.ts';
import { NotYet, type WriteResult } from '../../src/dkron/write/result.ts';
import type { ClearResult } from '../../src/dkron/write/run.ts';

export interface ToldDoor extends Door {
  /** The names that came together, one list a call. */
  readonly came: string[][];
  /** The options of each call. */
  readonly options: WriteOptions[];
}

export const written: WriteResult = { outcome: 'written', before: null, after: null };

/** What `answer` throws the door throws. */
export function doorThat(
  answer: (name: string, isDelete: boolean) => WriteResult | ClearResult = () => written,
): ToldDoor {
  const came: string[][] = [];
  const options: WriteOptions[] = [];
  async function all(names: string[], isDelete: boolean, how: WriteOptions = {}) {
    came.push(names);
    options.push(how);
    return names.map((name) => answer(name, isDelete) as WriteResult);
  }
  const door: ToldDoor = {
    current: async () => new Map(),
    lookAgain: async () => new Map(),
    came,
    options,
    write: async (changes, how) =>
      inTurn(
        changes,
        await all(
          changes.map(({ wanted }) => wanted.name),
          false,
          how,
        ),
      ),
    remove: (jobs, how) =>
      all(
        jobs.map(({ name }) => name),
        true,
        how,
      ),
    run: async () => {
      throw new Error('nothing is run here');
    },
    findRun: async () => {
      throw new Error('nothing is run here');
    },
    clear: async (name) => {
      came.push([name]);
      return answer(name, false) as ClearResult;
    },
    setPaused: async () => {
      throw new Error('nothing is paused here');
    },
    agreed: () => door,
  };
  return door;
}

/** What comes after another, and that after it, is not sent where that was not accepted. */
function inTurn(changes: readonly Change[], answers: readonly WriteResult[]): WriteResult[] {
  const accepted = new Map<string, boolean>();
  return changes.map(({ wanted, after }, at) => {
    const waits = after !== undefined && accepted.get(after) === false;
    const { outcome } = answers[at]!;
    accepted.set(wanted.name, !waits && (outcome === 'written' || outcome === 'same'));
    return waits ? { outcome: 'refused', error: new NotYet(after) } : answers[at]!;
  });
}
