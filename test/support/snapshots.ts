/** Snapshots with their manifests, without a server. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '../../src/job/job.ts';
import { definitionHash, definitionsHash } from '../../src/snapshot/archive/definition.ts';
import type { SnapshotFile } from '../../src/snapshot/archive/list.ts';
import {
  type Manifest,
  type ManifestHead,
  type ManifestLine,
  manifestPath,
  manifestText,
} from '../../src/snapshot/archive/manifest.ts';
import { aJob } from './jobs.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The manifest of this text, one job a line. */
export function manifestOf(jobs: readonly Job[], fields: Partial<ManifestHead> = {}): Manifest {
  const texts = jobs.map((job) => JSON.stringify(job));
  const body = bodyOf(jobs);
  const lines = jobs.map(
    (job, at): ManifestLine => ({
      name: job.name,
      bytes: Buffer.byteLength(texts[at]!),
      sha256: sha256(texts[at]!),
      definition: definitionHash(job),
    }),
  );
  return {
    format: 1,
    program: '1.0.0',
    taken: '2026-11-21T02:10:59.000Z',
    kind: 'hand',
    operation: null,
    label: null,
    pinned: false,
    cluster: { id: 'c1', name: 'prod' },
    url: 'http://dkron:8080',
    dkron: '4.1.2',
    node: 'n1',
    leader: 'n1',
    chosen: null,
    count: jobs.length,
    bytes: Buffer.byteLength(body),
    sha256: sha256(body),
    definitions: definitionsHash(lines),
    executions: null,
    ...fields,
    lines,
  };
}

const bodyOf = (jobs: readonly Job[]): string =>
  jobs.length === 0 ? '[]\n' : jobs.map((job) => `${JSON.stringify(job)}\n`).join('');

export const headOf = (fields: Partial<ManifestHead> = {}): ManifestHead => {
  const { lines: _, ...head } = manifestOf([aJob({ name: 'a' })], fields);
  return head;
};

/** A snapshot as a list has it. */
export const aSnapshot = (fields: Partial<SnapshotFile> = {}): SnapshotFile => ({
  name: 'one',
  path: `/s/${fields.name ?? 'one'}`,
  bytes: 10,
  modified: 0,
  taken: fields.modified ?? 0,
  jobs: 1,
  proof: 'none',
  head: null,
  differs: null,
  ...fields,
});

/** Writes a snapshot and its manifest, and returns its path. */
export async function putSnapshot(
  folder: string,
  name: string,
  jobs: readonly Job[],
  fields: Partial<ManifestHead> = {},
): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bodyOf(jobs), { mode: 0o600 });
  await writeFile(manifestPath(path), manifestText(manifestOf(jobs, fields)), { mode: 0o600 });
  return path;
}
