import { access, mkdir, open } from 'node:fs/promises';
import { NotFound, OperatorError } from '../base/errors.ts';

/** Makes a folder that only its owner may look into: what is kept there may hold secrets. */
export async function privateFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  return path;
}

/** Makes what happened to the names in a folder outlast a power cut. */
export async function flushFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'a file is in the way',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  EIO: 'the device reports an error',
  EMFILE: 'this program has too many files open',
  ENXIO: 'there is no such device',
  EBUSY: 'another program is using it',
};

/** A failure of the file system as an error for the operator; any other error stays what it is. */
export function fileError(path: string, doing: 'read' | 'written', error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof OperatorError || code === undefined || syscall === undefined) return error;
  if (code === 'ENOENT') {
    const missing =
      doing === 'read' ? `there is no file ${path}` : `there is no folder for ${path}`;
    return new NotFound(missing, { cause: error });
  }
  const reason = reasons[code] ?? `the system refuses it (${code})`;
  return new OperatorError(`${path} cannot be ${doing}: ${reason}`, { cause: error });
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
