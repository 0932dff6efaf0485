/** Reads and writes files; what the file system refuses is told in words. */
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NotFound, OperatorError } from '../base/errors.ts';

/** Makes a folder that only its owner may look into: what is kept there may hold secrets. */
export async function privateFolder(path: string): Promise<string> {
  try {
    await makeFolder(path);
  } catch (error) {
    throw fileError(path, 'made', error);
  }
  return path;
}

/** Node's own recursion says "no such file" of a read-only file system. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await isFolder(path))) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path);
  }
}

/** Whether there is a folder that can be read. */
export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );

/** Makes what happened to the names in a folder outlast a power cut. */
export async function flushFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * The text of a regular file of `most` bytes. Throws NotFound, and OperatorError for what is larger or something else:
 * a pipe would be waited for, a device has no end.
 */
export async function regularText(path: string, most: number): Promise<string> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const entry = await file.stat();
      if (!entry.isFile()) throw new OperatorError(`${path} cannot be read: it is no regular file`);
      if (entry.size > most)
        throw new OperatorError(`${path} cannot be read: it is larger than ${most >> 20} MB`);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(path, 'read', error);
  }
}

type Doing = 'read' | 'written' | 'made' | 'removed';

/** What the system's codes say, and what helps; `path` goes on from the sentence. */
const reasons: Readonly<Record<string, readonly [reason: string, next: string]>> = {
  EACCES: ['permission denied', 'Check the owner and the permissions of it and of its folders.'],
  EPERM: ['permission denied', 'Check the owner and the permissions of it and of its folders.'],
  EROFS: ['the file system is read-only', 'Use a place on another file system.'],
  ENOSPC: ['the disk is full', 'Free some space there, or use another folder.'],
  EDQUOT: ['the disk quota is used up', 'Free some space there, or use another folder.'],
  EFBIG: ['it would become larger than this system allows', 'Use a place with another limit.'],
  EISDIR: ['it is a folder', 'Give the name of a file.'],
  ENOTDIR: ['a part of its path is not a folder', 'Check the path.'],
  EEXIST: ['it already exists', 'Move it away, or give another name.'],
  ENOTEMPTY: ['a folder of that name is in the way', 'Move it away, or give another name.'],
  ELOOP: ['its symbolic links form a loop', 'Check the symbolic links of the path.'],
  ENAMETOOLONG: ['its name is too long', 'Give a shorter name.'],
  EMFILE: ['this program has too many files open', 'Raise the limit (ulimit -n).'],
  ENFILE: ['the system has too many files open', 'Try again when less is running.'],
  ENOMEM: ['the system has no memory left', 'Try again when less is running.'],
  EBUSY: ['another program uses it', 'Try again later.'],
  ETXTBSY: ['it is a program that is running', 'Give another name.'],
  EIO: ['the device reports an error', 'Check the disk, or use another place.'],
  ENXIO: ['there is no device behind it', 'Give another file.'],
  ENODEV: ['there is no device behind it', 'Give another file.'],
  ESTALE: ['the network file system has lost it', 'Try again, or use a local place.'],
  ETIMEDOUT: ['its file system does not answer', 'Try again, or use a local place.'],
  EINVAL: ['its file system does not allow that', 'Use another place.'],
  ENOTSUP: ['its file system does not allow that', 'Use another place.'],
  EAGAIN: ['it is not ready', 'Try again later.'],
  ERR_FS_FILE_TOO_LARGE: ['it is larger than 2 GB', 'Split it into smaller files.'],
};

/**
 * A failure of the file system as an error for the operator: which file, why, what it means for the
 * data, what to do. `data` is what this means here, where the caller knows better; null for nothing.
 * Any other error stays what it is.
 */
export function fileError(
  path: string,
  doing: Doing,
  error: unknown,
  data?: string | null,
): unknown {
  if (error instanceof OperatorError || !isOfSystem(error)) return error;
  const { code = '' } = error;
  const usual = doing === 'read' ? 'Nothing was changed.' : 'Nothing was kept in it.';
  const meaning = data === null ? {} : { data: data ?? usual };
  if (code === 'ENOENT') {
    const missing =
      doing === 'read' ? `there is no file ${path}` : `there is no folder for ${path}`;
    return new NotFound(missing, { ...meaning, next: 'Check the path.', cause: error });
  }
  const [reason, next] = reasons[code] ?? [`the system says ${code}`, 'Try another place.'];
  return new OperatorError(`${path} cannot be ${doing}: ${reason}`, {
    ...meaning,
    next,
    cause: error,
  });
}

const isOfSystem = (error: unknown): error is NodeJS.ErrnoException => {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return (
    code !== undefined &&
    (syscall !== undefined || reasons[code] !== undefined || code === 'ENOENT')
  );
};

/** The system's own calls that only look; the others make, change or remove. */
const looking = new Set(['access', 'lstat', 'opendir', 'read', 'readlink', 'scandir', 'stat']);

/** Whether a folder holds nothing or is not there; one that cannot be read may hold something. */
export const isEmpty = (path: string): Promise<boolean> =>
  readdir(path).then(
    (names) => names.length === 0,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );

/** As `fileError`, for a failure of a file that its own door did not put in words. */
export function systemError(error: unknown): unknown {
  const { path, syscall = '' } = (error ?? {}) as NodeJS.ErrnoException;
  if (path === undefined) return error;
  return fileError(path, looking.has(syscall) ? 'read' : 'written', error, null);
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
