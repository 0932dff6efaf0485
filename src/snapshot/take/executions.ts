/**
 * The executions of the jobs of a snapshot, in a file beside it, for reading only. Up to 4.1.2 Dkron looks
 * through all that it stores for the executions of one job, so they are asked for one job after the
 * other, with a pause after each as long as its answer took, and within a budget of time.
 */
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Pauses } from '../../base/clock.ts';
import { NotFound, OperatorError, Unreachable } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { stringifyJson } from '../../json/numbers.ts';
import { readManifest } from '../archive/manifest.ts';
import { executionsPath } from '../archive/name.ts';
import { noteOn } from '../archive/note.ts';
import { saveSnapshot } from './save.ts';

export interface ExecutionsOptions {
  /** How long to read at most, ms, pauses included. */
  readonly budget: number;
  /** Bytes from the end of each output; 0 for none, -1 for all. */
  readonly outputLimit: number;
  readonly onProgress?: (read: Pick<ExecutionsRead, 'jobs' | 'executions'>, total: number) => void;
  readonly clock: Pauses;
  readonly signal?: AbortSignal;
}

export interface ExecutionsRead {
  readonly path: string;
  /** How many jobs were read, and how many executions they had. */
  readonly jobs: number;
  readonly executions: number;
  /** The jobs that were not, in the order of the snapshot, each with the reason. */
  readonly unread: readonly Unread[];
}

export interface Unread {
  readonly name: string;
  readonly why: string;
}

/**
 * Writes the file, and its name into the manifest of the snapshot. A line a job:
 * `{"job":"a","executions":[…]}`, newest first, or `{"job":"a","executions":null,"why":"…"}`.
 * Throws OperatorError when it cannot be written, and the signal's reason; the snapshot stays as it is.
 */
export async function saveExecutions(
  dkron: Dkron,
  snapshot: string,
  options: ExecutionsOptions,
): Promise<ExecutionsRead> {
  const manifest = await readManifest(snapshot);
  if (manifest === null) throw noManifest(snapshot);
  const names = manifest.lines.map(({ name }) => name);
  const so = { jobs: 0, executions: 0, unread: [] as Unread[] };
  const read = reader(dkron, options);

  async function* lines() {
    for (const name of names) {
      const found = await read(name);
      if ('why' in found) so.unread.push({ name, why: found.why });
      else {
        so.jobs++;
        so.executions += found.executions.length;
      }
      const text = stringifyJson({ job: name, executions: null, ...found });
      yield { bytes: Buffer.from(`${text}\n`), jobs: 1 };
      options.onProgress?.(so, names.length);
    }
  }

  const saved = await saveSnapshot(executionsPath(snapshot), lines());
  const executions = basename(saved!.path);
  // It was read a while ago: what was noted meanwhile stays.
  await noteOn(snapshot, { executions }).catch(async (error: unknown) => {
    await rm(saved!.path, { force: true });
    throw error;
  });
  return { path: saved!.path, ...so };
}

/** Reads the executions of a job, or says why not; after what ends the reading the same for all that follow. */
function reader(dkron: Dkron, { budget, outputLimit, clock, signal }: ExecutionsOptions) {
  const end = clock.now() + budget;
  let ended: string | null = null;
  return async (name: string) => {
    if (ended === null && clock.now() >= end) ended = `not read within ${budget / 1_000} s`;
    if (ended !== null) return { why: ended };
    const asked = clock.now();
    try {
      return { executions: (await dkron.executions(name, { outputLimit, signal })).value };
    } catch (error) {
      if (signal?.aborted || !(error instanceof OperatorError)) throw error;
      if (error instanceof Unreachable) ended = error.message;
      return { why: error.message };
    } finally {
      await clock.sleep(Math.min(clock.now() - asked, Math.max(0, end - clock.now())), signal);
    }
  };
}

const noManifest = (snapshot: string): NotFound =>
  new NotFound(`${snapshot} has no manifest to note its executions in`, {
    data: 'The snapshot is there; its executions were not read.',
    next: 'Take another one.',
  });
