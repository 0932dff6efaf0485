/** A snapshot taken from a server, and read back while it is written. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { counted } from '../../base/counted.ts';
import { CorruptFile, OperatorError } from '../../base/errors.ts';
import { version } from '../../base/version.ts';
import { writeWhole } from '../../config/whole-file.ts';
import type { Dkron } from '../../dkron/client.ts';
import { Miscounted } from '../../dkron/list.ts';
import { definitionHash, definitionsHash } from '../archive/definition.ts';
import {
  type Kind,
  type Manifest,
  type ManifestLine,
  manifestPath,
  manifestText,
} from '../archive/manifest.ts';
import { snapshotName } from '../archive/name.ts';
import { gatherJobs, reasonOf } from '../file/contents.ts';
import { fileJobs } from '../file/file-jobs.ts';
import { type Found, isJob, type Unreadable } from '../file/found.ts';
import { formatSnapshot, type SnapshotPart } from './format.ts';
import { saveSnapshot } from './save.ts';

/** What came of the server's list that a restore would refuse. */
export interface Damage {
  readonly unreadable: readonly Unreadable[];
  /** What else is wrong with the list: its length, or that too much of it cannot be read. */
  readonly whole: OperatorError | null;
}

/** Where a snapshot goes: a file that must not be there yet, or a folder in which it gets its name. */
export type Destination = { readonly file: string } | { readonly folder: string };

export interface TakeOptions {
  readonly kind: Kind;
  /** The operation of the journal that a safety snapshot is taken for. */
  readonly operation?: string;
  readonly label?: string;
  /** The cluster that answers, where that is known. */
  readonly cluster: Manifest['cluster'];
  /** ms since the epoch */
  readonly now?: () => number;
  readonly signal?: AbortSignal;
}

export interface Taken {
  readonly path: string;
  readonly manifest: Manifest;
  /** Null for a snapshot that restores as it is. */
  readonly damage: Damage | null;
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
  const { kind, operation = null, label = null, cluster, now = Date.now, signal } = options;
  const taken = new Date(now());
  const about = await aboutServer(dkron, signal);
  const reading = readSnapshot(dkron, signal);
  const path = 'file' in to ? to.file : join(to.folder, snapshotName(taken, label));
  const saved = await saveSnapshot(
    path,
    reading.parts,
    'file' in to ? 'refuse' : 'number',
    () => reading.damage() !== null,
  );
  const manifest: Manifest = {
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
    chosen: null,
    count: saved.jobs,
    bytes: saved.bytes,
    ...reading.proof(),
    executions: null,
  };
  const damage = reading.damage();
  // What is kept under another name is for a person to look at, and proves nothing.
  if (damage === null) await writeWhole(manifestPath(saved.path), manifestText(manifest));
  return { path: saved.path, manifest, damage };
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
export function readSnapshot(dkron: Dkron, signal?: AbortSignal): Reading {
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
      yield* dkron.jobBytes({ signal });
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
