/** A snapshot taken from a server, and proven by what the disk gives back. */
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UnreadableJob } from '../../base/errors.ts';
import { version } from '../../base/version.ts';
import type { Dkron } from '../../dkron/client.ts';
import { parseJob } from '../../dkron/list.ts';
import type { Job } from '../../job/job.ts';
import {
  type Kind,
  type Manifest,
  type ManifestHead,
  manifestPieces,
} from '../archive/manifest.ts';
import { snapshotName } from '../archive/name.ts';
import type { Damage } from './damage.ts';
import { checkDisk } from './disk.ts';
import { formatSnapshot, type SnapshotPart } from './format.ts';
import type { Holder } from './holder.ts';
import { type Progress, progressOf } from './progress.ts';
import { type Proof, prover } from './prover.ts';
import { saveSnapshot, type Written } from './save.ts';
import { openSpill } from './spill.ts';

/** Where a snapshot goes: a file that must not be there yet, or a folder in which it gets its name. */
export type Destination =
  | { readonly file: string }
  | { readonly folder: string; readonly packed?: 'gz' | 'zst' };

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
  /** The cluster that answers, where that is known: it is waited for at the end. */
  readonly cluster: Manifest['cluster'] | Promise<Manifest['cluster']>;
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
 * Saves the server's jobs as a snapshot with its manifest, packed when the file ends in `.gz` or `.zst`. What
 * `restore` would refuse is kept under a name that says so. Throws OperatorError, and then nothing is left
 * behind.
 */
export async function takeSnapshot(
  dkron: Dkron,
  to: Destination,
  options: TakeOptions,
): Promise<Taken> {
  const taken = new Date((options.now ?? Date.now)());
  const path =
    'file' in to ? to.file : inFolder(to, taken, options.label ?? endingOf[options.kind]);
  const about = aboutServer(dkron, options.signal);
  const cluster = Promise.resolve(options.cluster);
  // It is told at the end, unless the list told before.
  cluster.catch(() => {});
  let outcome: Pick<Taken, 'manifest' | 'damage'> | null = null;
  let holder: Holder | null = null;

  const { push, end } = prover();
  let proven: Proof | null = null;
  const summedUp = (): void => {
    proven = end();
  };

  async function judge(written: Written) {
    const proof = proven!;
    const manifest = {
      ...headOf(dkron, taken, { ...options, cluster: await cluster }),
      ...(await about),
      ...sums(written, proof),
    };
    const { damage } = proof;
    outcome = { manifest, damage };
    if (damage !== null) return 'damaged';
    holder = await holderIn(options.unlessIn, manifest);
    return holder === null ? { manifest: manifestPieces(manifest, proof.lines) } : 'unwanted';
  }

  const saved = await saveSnapshot(path, snapshotParts(dkron, dirname(path), options), {
    taken: 'file' in to ? 'refuse' : 'number',
    // What is proven of the bytes that came holds for those that the disk gives back: they are the same.
    watch: { push, end: summedUp },
    judge,
    check: (written) => checkDisk(written, path),
  });
  if (saved === null) return { ...holder!, damage: null, unchanged: true };
  return { path: saved.path, ...outcome!, unchanged: false };
}

/** Null also where no folder is asked about: who lists snapshots reads all that there is of files. */
async function holderIn(folder: string | undefined, head: ManifestHead): Promise<Holder | null> {
  if (folder === undefined) return null;
  const { holderOf } = await import('./holder.ts');
  return holderOf(head, folder);
}

/** What the name of a snapshot without a label says besides the time. */
const endingOf: { readonly [K in Kind]?: string } = { safety: 'safety' };

const inFolder = (
  { folder, packed }: Exclude<Destination, { readonly file: string }>,
  taken: Date,
  label?: string,
): string =>
  join(folder, `${snapshotName(taken, label)}${packed === undefined ? '' : `.${packed}`}`);

type Of = Pick<Manifest, 'cluster'>;

const headOf = (
  dkron: Dkron,
  taken: Date,
  { kind, operation, label, cluster, choose }: Omit<TakeOptions, 'cluster'> & Of,
) => ({
  format: 1 as const,
  program: version,
  taken: taken.toISOString(),
  kind,
  operation: operation ?? null,
  label: label ?? null,
  pinned: false,
  cluster,
  url: dkron.url,
  chosen: choose?.chosen ?? null,
  executions: null,
});

const sums = ({ jobs, bytes, sha256 }: Written, { definitions }: Proof) => ({
  count: jobs,
  bytes,
  sha256,
  definitions,
});

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
}

/** Reads the server's jobs as a snapshot that is not kept here, and what `restore` would say of it. */
export function readSnapshot(dkron: Dkron, options: ReadOptions = {}): Reading {
  const proving = prover();
  async function* parts() {
    for await (const part of snapshotParts(dkron, tmpdir(), options)) {
      proving.push(part.bytes);
      yield part;
    }
  }
  return { parts: parts(), damage: () => proving.end().damage };
}

type ReadOptions = Pick<TakeOptions, 'choose' | 'onProgress' | 'signal'>;

/** The server's jobs as they are written; those with a parent wait in a file in `folder` for it. */
async function* snapshotParts(
  dkron: Dkron,
  folder: string,
  { choose, onProgress, signal }: ReadOptions,
): AsyncGenerator<SnapshotPart> {
  const progress = progressOf(onProgress);
  async function* lists() {
    for await (const jobs of dkron.jobBytes({ signal, ...progress.watch })) {
      progress.came(jobs.length);
      yield choose === undefined ? jobs : jobs.filter((job) => isChosen(dkron.url, job, choose));
    }
    progress.end();
  }
  const spill = openSpill(folder);
  try {
    yield* formatSnapshot(lists(), spill);
  } finally {
    spill.close();
  }
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
