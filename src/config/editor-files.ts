/**
 * The files that are given to the operator's own editor. They lie in a folder of ours and not in the
 * system's temporary one, so that what was saved in them is found again when the console ended before
 * its editor did, or the editor saved after it had seemed to end.
 */
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import * as z from 'zod/mini';
import { type Draft, type Found, readNotes } from './drafts.ts';
import { foreignEncoding, wideEncoding } from './encoding.ts';
import { fileName } from './file-name.ts';
import { fileError, privateFolder } from './files.ts';
import { isRunning } from './running.ts';

/** What was saved in the file of an earlier editor and not taken up. */
export interface Left extends Draft {
  /** The file that holds it; it is done with when the text is kept elsewhere. */
  readonly path: string;
}

export interface EditorFiles {
  /** By job, the newest of each. A file that another console has open is left to that one. */
  left(): Promise<Found<Left>>;
  /** Makes a file for a job. Gives its path; throws OperatorError. */
  make(file: {
    readonly job: string;
    readonly text: string;
    readonly base: string;
  }): Promise<string>;
  /** Removes a file that was made, and nothing else. */
  remove(path: string): Promise<void>;
}

/** Lies beside each file and says what it is. */
const noteShape = z.object({
  job: z.string(),
  /** What the editor was given. */
  given: z.string(),
  base: z.string(),
  /** The console that made it. */
  pid: z.number(),
});

const day = 24 * 3_600_000;
const ending = '.yaml';
const noteOf = (path: string): string => path.replace(/\.yaml$/, '.json');

export function openEditorFiles(folder: string): EditorFiles {
  async function left(): Promise<Found<Left>> {
    // Editors leave files of their own beside ours.
    const { values, passedOver } = await readNotes(folder, noteShape, /(?<!\.json)$/);
    const drafts = new Map<string, Left>();
    for (const { path: note, value } of values) {
      if (value.pid !== process.pid && isRunning(value.pid)) continue;
      const path = note.replace(/\.json$/, ending);
      const saved = await readSaved(path);
      if (saved === null) continue;
      const nothing = saved.text === value.given || saved.text.trim() === '';
      if (!nothing && saved.at >= (drafts.get(value.job)?.at ?? 0))
        drafts.set(value.job, { ...saved, base: value.base, path });
      // A window that is still open may save in it.
      if (nothing && Date.now() - saved.at > day) await remove(path);
    }
    return { drafts, passedOver };
  }

  return {
    left,
    remove,
    make: async ({ job, text, base }) => {
      await privateFolder(folder);
      const path = await makeFile(join(folder, fileName(job)), text);
      const note = { job, given: text, base, pid: process.pid };
      await writeFile(noteOf(path), JSON.stringify(note), { mode: 0o600 }).catch((error) => {
        throw fileError(path, 'written', error);
      });
      return path;
    },
  };
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(noteOf(path), { force: true });
}

/** Another console may have the same job open: no file is ever taken over. */
async function makeFile(start: string, text: string): Promise<string> {
  for (let count = 1; ; count++) {
    const path = `${start}${count === 1 ? '' : `~${count}`}${ending}`;
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(text).finally(() => file.close());
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw fileError(path, 'written', error);
    }
  }
}

/** Null where the file is gone or cannot be read. Any encoding is read: it is what somebody typed. */
async function readSaved(path: string): Promise<{ text: string; at: number } | null> {
  try {
    const [bytes, { mtimeMs }] = [await readFile(path), await stat(path)];
    return { text: decoded(bytes), at: mtimeMs };
  } catch {
    return null;
  }
}

/**
 * Text of any encoding, with the line ends and without the mark that editors of Windows put. Lines
 * that are no UTF-8 are read by themselves: an editor may have left the others as they were.
 */
export function decoded(bytes: Uint8Array): string {
  const wide = wideEncoding(bytes);
  const text =
    wide === undefined ? linesOf(bytes).map(decodedLine).join('\n') : decode(wide, bytes);
  return text.replace(/\r\n/g, '\n');
}

/** The first line that is not UTF-8, from 1, and its encoding; line 0 for the whole file. */
export function foreignLine(bytes: Uint8Array): { line: number; encoding: string } | null {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return { line: 0, encoding: wide };
  const encodings = linesOf(bytes).map((line) => foreignEncoding(line));
  const at = encodings.findIndex((encoding) => encoding !== undefined);
  return at < 0 ? null : { line: at + 1, encoding: encodings[at]! };
}

const linesOf = (bytes: Uint8Array): Buffer[] =>
  Buffer.from(bytes)
    .toString('latin1')
    .split('\n')
    .map((line) => Buffer.from(line, 'latin1'));

const decodedLine = (line: Buffer): string => decode(foreignEncoding(line) ?? 'utf-8', line);

/** Nothing decodes UTF-32 here, and no editor writes it by itself. */
const decode = (encoding: string, bytes: Uint8Array): string =>
  new TextDecoder(encoding.startsWith('UTF-32') ? 'utf-8' : encoding).decode(bytes);
