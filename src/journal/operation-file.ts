/** The file of one operation in the journal's folder: written by one program only, never by two. */
import { open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFound } from '../base/errors.ts';
import { fileName } from '../config/file-name.ts';
import { fileError, flushFolder, privateFolder } from '../config/files.ts';
import { isMonth } from './months.ts';

const ending = '.jsonl';
const named = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z_.+\.jsonl$/;

/** The names of the operations of a folder, newest first, and of what else is there. */
export async function operationNames(
  folder: string,
): Promise<{ readonly operations: string[]; readonly strangers: string[] }> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  return {
    operations: names
      .filter((name) => named.test(name))
      .sort()
      .reverse(),
    strangers: names.filter((name) => !named.test(name) && !isMonth(name)),
  };
}

/** The path of an operation that was begun before, maybe by another program; null for none. */
export async function pathOfOperation(folder: string, operation: string): Promise<string | null> {
  const end = `_${fileName(operation)}${ending}`;
  try {
    const { operations } = await operationNames(folder);
    const name = operations.find((one) => one.endsWith(end));
    return name === undefined ? null : join(folder, name);
  } catch (error) {
    const failure = fileError(folder, 'read', error);
    if (failure instanceof NotFound) return null;
    throw failure;
  }
}

/**
 * Ends the last line, so that the next is one of its own. What a crash left of a line goes: nothing was sent for it.
 * Throws OperatorError.
 */
export async function endLastLine(path: string): Promise<void> {
  try {
    const bytes = await readFile(path);
    const end = bytes.lastIndexOf('\n') + 1;
    if (end === bytes.length) return;
    if (isWhole(bytes.subarray(end).toString())) await writeDown(path, 'a', '\n');
    else await truncate(path, end);
  } catch (error) {
    throw fileError(path, 'written', error);
  }
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** What sorts an operation among the names of others: `20261121T143210123Z` for its time. */
export const stampOf = (at: string): string => new Date(at).toISOString().replace(/[-:.]/g, '');

/**
 * Makes the file of an operation and writes lines into it; they are on the disk when this resolves.
 * It sorts after all that are there, also when the clock was set back.
 *
 * @returns its path. Throws OperatorError and leaves no file when that fails.
 */
export async function createOperation(
  folder: string,
  { at, operation }: { readonly at: string; readonly operation: string },
  text: string,
): Promise<string> {
  let path = folder;
  try {
    await privateFolder(folder);
    const { operations } = await operationNames(folder);
    path = join(folder, `${stampAfter(operations[0], at)}_${fileName(operation)}${ending}`);
    await writeDown(path, 'wx', text).catch(async (error: unknown) => {
      await rm(path).catch(() => {});
      throw error;
    });
    await flushFolder(folder);
    return path;
  } catch (error) {
    throw fileError(path, 'written', error);
  }
}

/** Writes more lines of the operation; none of them stays when that fails. Throws OperatorError. */
export async function appendToOperation(path: string, text: string): Promise<void> {
  try {
    const { size } = await stat(path);
    await writeDown(path, 'a', text).catch(async (error: unknown) => {
      await truncate(path, size);
      throw error;
    });
  } catch (error) {
    throw fileError(path, 'written', error);
  }
}

/** The text is on the disk when this resolves. */
async function writeDown(path: string, flags: 'wx' | 'a', text: string): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
}

function stampAfter(newest: string | undefined, at: string): string {
  const wanted = stampOf(at);
  if (newest === undefined || newest.slice(0, wanted.length) < wanted) return wanted;
  const last = newest.replace(named, '$1-$2-$3T$4:$5:$6.$7Z');
  return stampOf(new Date(Date.parse(last) + 1).toISOString());
}
