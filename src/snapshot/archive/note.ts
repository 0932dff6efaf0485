/** What is noted of a snapshot in its manifest later: a pin, a label, its executions. The lines of the jobs stay as they are. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CorruptFile, NotFound, OperatorError } from '../../base/errors.ts';
import { exists, fileError, privateFolder } from '../../config/files.ts';
import { inTurn } from '../../config/lease.ts';
import { writeWhole } from '../../config/whole-file.ts';
import { indexFolder } from './index.ts';
import {
  linesBegin,
  type ManifestHead,
  manifestHead,
  manifestHeadText,
  manifestPath,
} from './manifest.ts';

export type Notes = Partial<Pick<ManifestHead, 'pinned' | 'label' | 'executions'>>;

/** Whoever changes or removes a snapshot and its manifest does it in turn with the others. */
export async function inTurnFor<T>(snapshot: string, work: () => Promise<T>): Promise<T> {
  const folder = await privateFolder(indexFolder(dirname(snapshot)));
  return inTurn(join(folder, `${basename(snapshot)}.turn`), work);
}

/**
 * Notes it; what else the manifest says stays, byte for byte. Throws NotFound for a snapshot that is gone or
 * has no manifest, CorruptFile for a manifest that cannot be read.
 */
export async function noteOn(snapshot: string, notes: Notes): Promise<ManifestHead> {
  if (!(await exists(snapshot))) throw gone(snapshot);
  return inTurnFor(snapshot, async () => {
    if (!(await exists(snapshot))) throw gone(snapshot);
    const path = manifestPath(snapshot);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      const failure = fileError(path, 'read', error);
      throw failure instanceof NotFound ? withoutManifest(snapshot) : failure;
    });
    const { head, lines } = parts(path, text);
    const noted = { ...head, ...notes };
    await writeWhole(path, `${manifestHeadText(noted)}${lines}`);
    return manifestHead(noted)!;
  });
}

/** The head as a value, with what a later version may say there, and the text of all that follows. */
function parts(path: string, text: string): { readonly head: object; readonly lines: string } {
  const end = text.indexOf(linesBegin);
  try {
    const head: unknown = JSON.parse(`${text.slice(0, end)}}`);
    if (end >= 0 && manifestHead(head) !== null)
      return { head: head as object, lines: text.slice(end) };
  } catch {
    // It is told below.
  }
  throw new CorruptFile(`${path} is no manifest that this version can change`, {
    data: 'Nothing was changed.',
    next: "'dkron-tui verify' says what is wrong with it.",
  });
}

const gone = (snapshot: string): NotFound =>
  new NotFound(`there is no snapshot ${snapshot} any more`, {
    data: 'Nothing was changed.',
    next: "'dkron-tui snapshots' lists those that are there.",
  });

const withoutManifest = (snapshot: string): OperatorError =>
  new OperatorError(`${snapshot} has no manifest, which is where pins and labels stand`, {
    data: 'Nothing was changed.',
    next: 'Give the file a name of its own, without backup-dkron_ in front: prune leaves it alone then.',
  });
