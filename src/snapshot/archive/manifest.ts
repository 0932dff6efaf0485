/**
 * What is written beside a snapshot: of what, when and how it was taken, and what proves that it is still
 * what came from the server. A snapshot without one can be read, and is said to be unverified.
 */
import * as z from 'zod/mini';
import { CorruptFile, NotFound } from '../../base/errors.ts';
import { exists, regularText } from '../../config/files.ts';

/** By a person at a screen or a shell, by a timetable, or before a write of several jobs. */
export type Kind = (typeof kinds)[number];
export const kinds = ['hand', 'scheduled', 'safety'] as const;

const lineShape = z.object({
  name: z.string(),
  /** Length of the line in bytes, without its line break. */
  bytes: z.int().check(z.minimum(0), z.maximum(0xffffffff)),
  /** SHA-256 of these bytes, hex. */
  sha256: z.string(),
  /** Of what an operator defines (definition.ts), hex. */
  definition: z.string(),
});

/** A job of a snapshot, in the order of the file. */
export type ManifestLine = z.infer<typeof lineShape>;

const headShape = z.object({
  /** Of the manifest itself. */
  format: z.literal(1),
  /** The version of dkron-tui that took it. */
  program: z.string(),
  /** RFC 3339 in UTC, when the list was asked for. */
  taken: z.string(),
  kind: z.enum(kinds),
  /** The id of the operation in the journal that a safety snapshot was taken for. */
  operation: z.nullable(z.string()),
  label: z.nullable(z.string()),
  pinned: z.boolean(),
  /** As cluster/register.ts knows it; null where nobody asked which it is. */
  cluster: z.nullable(z.object({ id: z.string(), name: z.string() })),
  /** Without user and password. */
  url: z.string(),
  /** Of the node that answered; null where it did not tell. */
  dkron: z.nullable(z.string()),
  node: z.nullable(z.string()),
  leader: z.nullable(z.string()),
  /** What was chosen of the server's jobs; null: all of them. */
  chosen: z.nullable(z.object({ filter: z.nullable(z.string()), names: z.array(z.string()) })),
  count: z.number(),
  /** Length of the jobs in bytes, unpacked. */
  bytes: z.number(),
  /** SHA-256 of these bytes, hex. */
  sha256: z.string(),
  /** Of the definitions of all jobs (definition.ts), hex. */
  definitions: z.string(),
  /** The name of the file of histories beside it; null without. */
  executions: z.nullable(z.string()),
});

/** A manifest without its lines: enough to list a snapshot by. */
export type ManifestHead = z.infer<typeof headShape>;

export interface Manifest extends ManifestHead {
  readonly lines: readonly ManifestLine[];
}

const manifestShape = z.extend(headShape, { lines: z.array(lineShape) });

const ending = '.manifest.json';

/** Where the manifest of a snapshot is. */
export const manifestPath = (snapshot: string): string => `${snapshot}${ending}`;

/** A value as the head of a manifest; null for what is none. */
export function manifestHead(value: unknown): ManifestHead | null {
  const parsed = headShape.safeParse(value);
  return parsed.success ? parsed.data : null;
}

export const isManifest = (name: string): boolean => name.endsWith(ending);

/** The snapshot that a manifest is of. */
export const snapshotOf = (manifest: string): string => manifest.slice(0, -ending.length);

/** Between the head and the lines. Strings in JSON hold no line break, so it stands nowhere else. */
export const linesBegin = ',\n  "lines": [';

/** All before the lines: a field a line. */
export const manifestHeadText = (head: object): string =>
  `{\n${Object.entries(head)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',\n')}`;

/** As text: the head a field a line, then a line a job, so that it can be read without a program. */
export const manifestText = ({ lines, ...head }: Manifest): string =>
  [...manifestPieces(head, lines)].join('');

/** How many lines go together. */
const together = 500;

/** The same in pieces: of 100 000 jobs it has twenty megabytes. */
export function* manifestPieces(
  head: ManifestHead,
  lines: Iterable<ManifestLine>,
): Generator<string> {
  yield `${manifestHeadText(head)}${linesBegin}`;
  let count = 0;
  let piece = '';
  for (const { name, bytes, sha256, definition } of lines) {
    piece += `${count++ === 0 ? '\n' : ',\n'}    {"name":${JSON.stringify(name)},"bytes":${bytes},"sha256":"${sha256}","definition":"${definition}"}`;
    if (count % together > 0) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}${count > 0 ? '\n  ' : ''}]\n}\n`;
}

/** What a snapshot may be called when it is packed or unpacked by hand: its own name first. */
export function packings(snapshot: string): Set<string> {
  const bare = snapshot.replace(/\.(?:gz|zst)$/i, '');
  return new Set([snapshot, bare, `${bare}.gz`, `${bare}.zst`]);
}

/** The name whose manifest proves this snapshot, packed or unpacked since or not; null where there is none. */
export async function manifestedName(snapshot: string): Promise<string | null> {
  for (const name of packings(snapshot)) if (await exists(manifestPath(name))) return name;
  return null;
}

/**
 * The manifest of a snapshot; null where it has none. Throws CorruptFile for one that is broken or of a newer
 * format: it is not guessed at.
 */
export async function readManifest(snapshot: string): Promise<Manifest | null> {
  const path = manifestPath(snapshot);
  const text = await regularText(path, largest).catch((error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  if (text === null) return null;
  const value = json(text);
  const parsed = manifestShape.safeParse(value);
  if (parsed.success) return parsed.data;
  const { format } = newerShape.safeParse(value).data ?? {};
  if (format !== undefined) throw new NewerManifest(path, format);
  throw notRead(path, parsed.error.issues[0]!.path.join('.'));
}

/** Of a million jobs. */
const largest = 400 << 20;

const newerShape = z.object({ format: z.number().check(z.minimum(2)) });

/** A manifest that a later version wrote: nothing is known to be wrong. */
export class NewerManifest extends CorruptFile {
  constructor(path: string, format: number) {
    super(`${path} is a manifest of format ${format}, and this version reads format 1`, {
      data: 'The snapshot itself may be good: it is read without its manifest, and not verified.',
      next: 'Verify it with the newer dkron-tui that wrote it.',
    });
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const notRead = (path: string, where: string): CorruptFile =>
  new CorruptFile(`${path} is no manifest that this version can read${where && ` (at ${where})`}`, {
    data: 'The snapshot itself may be good: it is read without its manifest, and not verified.',
    next: 'Take its manifest from another copy.',
  });
