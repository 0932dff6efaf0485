/** The heads of manifests: what a snapshot is listed by, read without the lines of its jobs. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import {
  linesBegin,
  type ManifestHead,
  manifestHead,
  manifestPath,
  readManifest,
} from './manifest.ts';

/** Longer ones, which name many chosen jobs, are read as a whole. */
const usual = 8 << 10;

/** A manifest of a million jobs is smaller. */
const largest = 400 << 20;

/** The head of the manifest of a snapshot that has one; null where it cannot be read. */
export async function readHead(snapshot: string): Promise<ManifestHead | null> {
  const text = await beginning(manifestPath(snapshot)).catch(() => null);
  if (text === null) return null;
  const end = text.indexOf(linesBegin);
  try {
    // Written by something else, or with a long head: then it is read with its lines.
    const head = end < 0 ? await readManifest(snapshot) : JSON.parse(`${text.slice(0, end)}}`);
    return manifestHead(head);
  } catch {
    return null;
  }
}

/** Throws for what is no regular file, or is too large for a manifest. */
async function beginning(path: string): Promise<string> {
  // A pipe would be waited for.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(usual), 0, usual, 0);
    if (bytesRead === usual) {
      const entry = await file.stat();
      if (!entry.isFile() || entry.size > largest) throw new Error('no manifest');
    }
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
