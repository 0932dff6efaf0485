/** A snapshot taken from a server, and read back while it is written. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { counted } from '../../base/counted.ts';
import { CorruptFile, OperatorError, UnreadableJob } from '../../base/errors.ts';
import { version } from '../../base/version.ts';
import { writeWhole } from '../../config/whole-file.ts';
import type { Dkron } from '../../dkron/client.ts';
import { Miscounted, parseJob } from '../../dkron/list.ts';
import type { Job } from '../../job/job.ts';
import { definitionHash, definitionsHash } from '../archive/definition.ts';
import {
  type Kind,
  type Manifest,
  type ManifestHead,
  type ManifestLine,
  manifestPath,
  manifestText,
} from '../archive/manifest.ts';
import { snapshotName } from '../archive/name.ts';
import { gatherJobs, reasonOf } from '../file/contents.ts';
import { fileJobs } from '../file/file-jobs.ts';
import { type Found, isJob, type Unreadable } from '../file/found.ts';
import { formatSnapshot, type SnapshotPart } from './format.ts';
import { type Holder, holderOf } from './holder.ts';
import { type Progress, progressOf } from './progress.ts';
import { type Saved, saveSnapshot } from './save.ts';

/** What came of the server's list that a restore would refuse. */
export interface Damage {
  readonly unreadable: readonly Unreadable[];
  /** What else is wrong with the list: its length, or that too much of it cannot be read. */
  readonly whole: OperatorError | null;
}

/** Where a snapshot goes: a file that must not be there yet, or a folder in which it gets its name. */
export type Destination = { readonly file: string } | { readonly folder: string };

/** Which of the server's jobs; those that it does not keep stay out of the file. */
export interface Choice {
  /** As the manifest tells it. */
  readonly chosen: NonNullable<Manifest['chosen']>;
  readonly keep: (job: Job) => boolean;
}

export interface TakeOptions {
  readonly kind: Kind;
  /** The operation of the journal that a safety snapshot is taken for. */
  readonly operation?: string;
  readonly label?: string;
  /** The cluster that answers, where that is known. */
  readonly cluster: Manifest['cluster'];
  /** All jobs without it. */
  readonly choose?: Choice;
  /** A folder: nothing is written when its newest snapshot of these jobs of this cluster holds the same definitions. */
  readonly unlessIn?: string;
  /** Called ten times a second at most, and once at the end. */
  readonly onProgress?: (progress: Progress) => void;
  /** ms since the epoch */
  readonly now?: () => number;
  readonly signal?: AbortSignal;
}

export interface Taken {
  readonly path: string;
  readonly manifest: ManifestHead;
  /** Null for a snapshot that restores as it is. */
  readonly damage: Damage | null;
  /** Nothing was written: the snapshot at `path`, with this manifest, holds the same already. */
  readonly unchanged: boolean;
}

/**
 * Saves the server's jobs as a snapshot with its manifest. What `restore` would refuse is kept under a
 * name that says so. Throws OperatorError, and then nothing is left behind.
 */
export async function takeSnapshot(
  dkron: Dkron,
  to: Destination,
  options: TakeOptions,
): Promise<Taken> {
  const { kind, operation = null, label = null, cluster, now = Date.now } = options;
  const taken = new Date(now());
  const about = await aboutServer(dkron, options.signal);
  const reading = readSnapshot(dkron, options);
  const manifestOf = (saved: Pick<Saved, 'jobs' | 'bytes'>): Manifest => ({
    format: 1,
    program: version,
    taken: taken.toISOString(),
    kind,
    operation,
    label,
    pinned: false,
    cluster,
    url: dkron.url,
    ...about,
    chosen: options.choose?.chosen ?? null,
    count: saved.jobs,
    bytes: saved.bytes,
    ...reading.proof(),
    executions: null,
  });
  let manifest: Manifest | null = null;
  let holder: Holder | null = null;
  const path = 'file' in to ? to.file : join(to.folder, snapshotName(taken, label));
  const saved = await saveSnapshot(path, reading.parts, {
    taken: 'file' in to ? 'refuse' : 'number',
    async verdict(written) {
      manifest = manifestOf(written);
      if (reading.damage() !== null) return 'damaged';
      holder = options.unlessIn === undefined ? null : await holderOf(manifest, options.unlessIn);
      return holder === null ? 'good' : 'unwanted';
    },
  });
  if (holder !== null) return { ...(holder as Holder), damage: null, unchanged: true };
  const damage = reading.damage();
  // What is kept under another name is for a person to look at, and proves nothing.
  if (damage === null) await writeWhole(manifestPath(saved!.path), manifestText(manifest!));
  return { path: saved!.path, manifest: manifest!, damage, unchanged: false };
}

/** A server that does not tell is no reason to go without a snapshot of it. */
async function aboutServer(dkron: Dkron, signal?: AbortSignal) {
  const [server, leader] = await Promise.all([
    dkron.server({ signal }).then(
      ({ value }) => value,
      () => null,
    ),
    dkron.leader({ signal }).then(
      ({ value }) => value,
      () => null,
    ),
  ]);
  return {
    dkron: server?.version ?? null,
    node: server?.name ?? null,
    leader: leader?.Name ?? null,
  };
}

export interface Reading {
  /** The snapshot, to be written somewhere. */
  readonly parts: AsyncIterable<SnapshotPart>;
  /** Null for a snapshot that restores as it is; known when all parts have been taken. */
  damage(): Damage | null;
  proof(): Pick<Manifest, 'sha256' | 'definitions' | 'lines'>;
}

/** Reads the server's jobs as a snapshot, and what `restore` would say of it. */
export function readSnapshot(
  dkron: Dkron,
  { choose, onProgress, signal }: Pick<TakeOptions, 'choose' | 'onProgress' | 'signal'> = {},
): Reading {
  const progress = progressOf(onProgress);
  const gathered = gatherJobs();
  const reader = fileJobs('snapshot');
  const sum = createHash('sha256');
  const lines: ManifestLine[] = [];
  let whole: OperatorError | null = null;

  /** A snapshot is written to its end, whatever is wrong with it. */
  function note(read: () => Iterable<Found>): void {
    try {
      if (whole === null)
        for (const found of read()) {
          gathered.add(found);
          if (isJob(found))
            lines.push(lineOf(found.text, found.job.name, definitionHash(found.job)));
        }
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      whole = error;
    }
  }

  async function* lists() {
    try {
      for await (const jobs of dkron.jobBytes({ signal, ...progress.watch })) {
        progress.came(jobs.length);
        yield choose === undefined ? jobs : jobs.filter((job) => isChosen(dkron.url, job, choose));
      }
      progress.end();
    } catch (error) {
      if (!(error instanceof Miscounted)) throw error;
      whole = error;
    }
  }

  async function* parts() {
    for await (const part of formatSnapshot(lists())) {
      sum.update(part.bytes);
      note(() => reader.push(part.bytes));
      yield part;
    }
    note(() => reader.end());
  }

  return {
    parts: parts(),
    damage() {
      const { unreadable } = gathered.read();
      return whole === null && unreadable.length === 0 ? null : { unreadable, whole };
    },
    proof: () => ({ sha256: sum.digest('hex'), definitions: definitionsHash(lines), lines }),
  };
}

/** What cannot be read is kept: nobody knows whether it is meant. */
function isChosen(url: string, bytes: Uint8Array, { keep }: Choice): boolean {
  try {
    return keep(parseJob(url, Buffer.from(bytes).toString()).job);
  } catch (error) {
    if (error instanceof UnreadableJob) return true;
    throw error;
  }
}

const lineOf = (text: string, name: string, definition: string): ManifestLine => ({
  name,
  bytes: Buffer.byteLength(text),
  sha256: createHash('sha256').update(text).digest('hex'),
  definition,
});

/** The damage as an error: what is wrong, and what became of the bytes, which `file` has. */
export function damageError(
  { unreadable, whole }: Damage,
  file: string,
  data = `All that the server sent is kept in ${file}.`,
): CorruptFile {
  const reasons = unreadable.slice(0, told).map((one) => {
    const places = one.places.map((place) => ({ ...place, file }));
    return `${one.name ?? 'a job'}: ${reasonOf({ ...one, places })}`;
  });
  const more = unreadable.length - reasons.length;
  const what = [
    ...(whole ? [whole.message] : []),
    ...(reasons.length > 0 ? [`${counted(unreadable.length)} in it cannot be restored`] : []),
    ...reasons,
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
  return new CorruptFile(`this snapshot is not good: ${what.join(' · ')}`, {
    data,
    next: 'Check these jobs on the server, fix them there, and take the snapshot again.',
  });
}

const told = 3;
