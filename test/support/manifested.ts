/** Snapshots with their manifests, made without a server. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Job } from '../../src/job/job.ts';
import { definitionHash, definitionsHash } from '../../src/snapshot/archive/definition.ts';
import {
  type Manifest,
  type ManifestLine,
  manifestPath,
  manifestText,
} from '../../src/snapshot/archive/manifest.ts';
import { aJob } from './jobs.ts';

const sum = (text: string): string => createHash('sha256').update(text).digest('hex');

export const manifestLine = (job: Job): ManifestLine => {
  const text = JSON.stringify(job);
  return {
    name: job.name,
    bytes: Buffer.byteLength(text),
    sha256: sum(text),
    definition: definitionHash(job),
  };
};

/** What a snapshot of jobs of these names is, and its manifest. */
export function aSnapshot(names: readonly string[], about: Partial<Manifest> = {}) {
  const jobs = names.map((name, at) => aJob({ name, success_count: at }));
  const text = jobs.length === 0 ? '[]\n' : jobs.map((job) => `${JSON.stringify(job)}\n`).join('');
  const lines = jobs.map(manifestLine);
  const manifest: Manifest = {
    format: 1,
    program: '0.1.0',
    taken: '2026-11-21T02:10:00.000Z',
    kind: 'hand',
    operation: null,
    label: null,
    pinned: false,
    cluster: null,
    url: 'http://127.0.0.1:8080',
    dkron: '4.1.2',
    node: 'n1',
    leader: 'n1',
    chosen: null,
    count: jobs.length,
    bytes: Buffer.byteLength(text),
    sha256: sum(text),
    definitions: definitionsHash(lines),
    executions: null,
    lines,
    ...about,
  };
  return { text, manifest };
}

/** Writes a file and the manifest beside it. */
export async function writeSnapshot(
  path: string,
  content: string | Uint8Array,
  manifest: Manifest,
): Promise<string> {
  await writeFile(path, content);
  await writeFile(manifestPath(path), manifestText(manifest));
  return path;
}
