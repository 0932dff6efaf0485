/** Whether a snapshot is still what came from the server. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CorruptFile, OperatorError } from '../../base/errors.ts';
import { exists, fileError } from '../../config/files.ts';
import { type Input, inputBytes, nameOf } from '../../config/input.ts';
import { BrokenPack, unpacked } from '../../config/unpacked.ts';
import { listSnapshots } from '../archive/list.ts';
import {
  isManifest,
  type Manifest,
  manifestedName,
  NewerManifest,
  packings,
  readManifest,
  snapshotOf,
} from '../archive/manifest.ts';
import { isExecutions } from '../archive/name.ts';
import { reasonOf } from '../file/contents.ts';
import { readJobFiles } from '../file/read.ts';
import { type Damage, damage } from './damage.ts';
import { diagnose } from './diagnose.ts';
import { type FileLines, readLines } from './lines.ts';
import { otherManifest } from './other.ts';

export interface Verdict {
  readonly file: string;
  /**
   * `unproven`: nothing was found that is wrong, and nothing proves it. `unread`: the system did not let it be read.
   */
  readonly verdict: 'proven' | 'unproven' | 'damaged' | 'unread';
  /** How many jobs are as they came from the server; without a manifest, how many can be read. */
  readonly jobs: number;
  /** Why it is unproven or unread; null for the others. */
  readonly why: string | null;
  /** All that is wrong, in the order of the file. */
  readonly damages: readonly Damage[];
}

/**
 * Compares a snapshot with its manifest, line by line, in one pass; what has none is read as a restore reads it. The
 * manifest's name means its snapshot. Throws NotFound, and OperatorError for what cannot be read or changes meanwhile.
 */
export async function verifySnapshot(path: string, stdin?: Input): Promise<Verdict> {
  const file = isManifest(path) ? snapshotOf(path) : path;
  if (isExecutions(file))
    throw new OperatorError(`${file} holds executions, for reading: no manifest proves them`, {
      data: 'It was not verified.',
      next: 'Verify the snapshot itself: the same name without .executions.',
    });
  let manifest: Manifest | null;
  try {
    const named = path === '-' ? null : await manifestedName(file);
    manifest = named === null ? null : await readManifest(named);
  } catch (error) {
    if (error instanceof NewerManifest) return readable(file, stdin, error.message);
    if (!(error instanceof CorruptFile)) throw error;
    const read = await readable(file, stdin, '');
    return damaged(file, [damage('manifest', error.message), ...read.damages], read.jobs);
  }
  if (manifest === null) return readable(file, stdin, 'it has no manifest');
  if (isManifest(path) && !(await exists(file)))
    return damaged(
      file,
      [damage('missing', 'there is a manifest, and the snapshot itself is gone')],
      0,
    );
  return compared(file, manifest);
}

const damaged = (file: string, damages: readonly Damage[], jobs: number): Verdict => ({
  file,
  verdict: 'damaged',
  jobs,
  why: null,
  damages,
});

/** A file without a manifest: how many jobs a restore would find in it, and what it would not. */
async function readable(file: string, stdin: Input | undefined, why: string): Promise<Verdict> {
  try {
    const { jobs, unreadable } = await readJobFiles([file], stdin);
    const damages = unreadable.map((one) =>
      damage('unreadable', reasonOf(one), {
        line: one.places[0]!.line,
        jobs: one.name === null ? [] : [one.name],
      }),
    );
    if (damages.length > 0) return damaged(file, damages, jobs.length);
    return { file, verdict: 'unproven', jobs: jobs.length, why, damages };
  } catch (error) {
    if (!(error instanceof CorruptFile)) throw error;
    return damaged(file, [damage('unreadable', error.message)], 0);
  }
}

/** What is written for no job at all. */
const noLines = [
  {
    name: '',
    bytes: 2,
    sha256: '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945',
    definition: '',
  },
];

async function compared(file: string, manifest: Manifest): Promise<Verdict> {
  const expected = manifest.count === 0 ? noLines : manifest.lines;
  const { lines, broken } = await linesOf(file, expected);
  const whole = lines.sha256 === manifest.sha256 && lines.rest.length === 0;
  if (whole && broken === null && lines.same === expected.length && agrees(manifest))
    return { file, verdict: 'proven', jobs: manifest.count, why: null, damages: [] };
  const other = await otherManifest(file, lines, manifest);
  if (other !== null) return damaged(file, [other], 0);
  const damages = diagnose(expected, lines);
  if (broken !== null) damages.push(damage('compression', broken.why));
  if (lines.endless)
    damages.push(
      damage(
        'endless',
        `it goes on for more than ${lines.bytes} bytes, and was not read to its end`,
      ),
    );
  if (damages.length === 0)
    damages.push(
      damage('manifest', 'the manifest does not agree with itself: it was edited or damaged'),
    );
  const lost = new Set(damages.flatMap(({ kind, jobs }) => (unharmed.has(kind) ? [] : jobs)));
  return damaged(file, damages, Math.max(0, manifest.count - lost.size));
}

/** Their jobs are there as they were. */
const unharmed = new Set(['moved', 'added', 'end', 'line-ends', 'mark']);

const agrees = ({ count, lines, bytes }: Manifest): boolean =>
  count === lines.length &&
  (count === 0 || bytes === lines.reduce((sum, line) => sum + line.bytes + 1, 0));

/** The lines as far as they can be unpacked. */
async function linesOf(file: string, expected: Manifest['lines']) {
  let broken: BrokenPack | null = null;
  async function* bytes() {
    try {
      yield* unpacked(nameOf(file), inputBytes(file));
    } catch (error) {
      if (!(error instanceof BrokenPack)) throw error;
      broken = error;
    }
  }
  const before = await stamp(file);
  const lines: FileLines = await readLines(bytes(), expected);
  if ((await stamp(file)) !== before)
    throw new OperatorError(`${file} was written to while it was read`, {
      data: 'It was not verified.',
      next: 'Wait until nothing writes it any more, and verify it again.',
    });
  return { lines, broken: broken as BrokenPack | null };
}

async function stamp(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch (error) {
    throw fileError(path, 'read', error);
  }
}

/** Each of these files, one after the other: what cannot be read hides none of the others. */
export async function verifyEach(paths: readonly string[], stdin?: Input): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const path of paths)
    verdicts.push(await verifySnapshot(path, stdin).catch((error: unknown) => unread(path, error)));
  return verdicts;
}

function unread(file: string, error: unknown): Verdict {
  if (!(error instanceof OperatorError)) throw error;
  return { file, verdict: 'unread', jobs: 0, why: error.message, damages: [] };
}

/** What a folder of snapshots has to be verified: all snapshots, and the manifests whose snapshot is gone. */
export async function snapshotsToVerify(folder: string): Promise<string[]> {
  const files = (await listSnapshots(folder)).map(({ path }) => path);
  const names = new Set(await readdir(folder).catch(() => []));
  const alone = [...names].filter(
    (name) =>
      isManifest(name) &&
      !name.startsWith('.') &&
      ![...packings(snapshotOf(name))].some((one) => names.has(one)),
  );
  return [...files, ...alone.sort().map((name) => join(folder, name))];
}
