/** What is wrong with a snapshot file, in an operator's words. */
import { access } from 'node:fs/promises';
import { CorruptFile, NotFound, OperatorError } from '../base/errors.ts';
import type { Position, Unexpected } from './scan.ts';

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
};

/** A failure of the file system as an error for the operator; any other error stays what it is. */
export function fileError(path: string, doing: 'read' | 'written', error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof OperatorError || code === undefined) return error;
  if (code === 'ENOENT') {
    const missing =
      doing === 'read' ? `there is no file ${path}` : `there is no folder for ${path}`;
    return new NotFound(missing, { cause: error });
  }
  const reason = reasons[code];
  return reason === undefined
    ? error
    : new OperatorError(`${path} cannot be ${doing}: ${reason}`, { cause: error });
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** An object of the file that is no job; `what` goes on from "this". */
export function notAJob(file: string, at: Position, what: string, cause?: unknown): CorruptFile {
  return new CorruptFile(`${file}, ${place(at)}: this ${what}`, {
    next: 'Mend that place, or use another snapshot.',
    cause,
  });
}

const place = ({ line, byte }: Position): string => `line ${line}, byte ${byte}`;

/** The file is not made of jobs where the error says. */
export function unexpected(
  file: string,
  { at, character, expected, objects }: Unexpected,
): CorruptFile {
  if (expected === 'begin') return notASnapshot(file, character, at);
  const data = `Jobs before that place: ${objects}.`;
  if (character === '')
    return new CorruptFile(`${file} is cut off: what begins on ${place(at)} has no end`, {
      data,
      next: 'Take the snapshot again, or use another copy.',
    });
  return new CorruptFile(
    `${file}, ${place(at)}: ${shown(character)} where a job or the end should be`,
    { data, next: 'Mend that place, or use another snapshot.' },
  );
}

const shown = (character: string): string =>
  /[ -~]/.test(character)
    ? JSON.stringify(character)
    : `the byte 0x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Files that are mistaken for snapshots, by the byte they begin with; "" is no byte at all. */
const mistaken: Record<string, readonly [what: string, next: string]> = {
  '': [
    'is empty: there is no job in it',
    'The curl-and-jq script leaves such a file when the server does not answer. Use another one.',
  ],
  '<': [
    'is a web page, not a snapshot',
    'What answered when it was made was not Dkron. Use another one.',
  ],
  '\x1f': ['is compressed', 'Unpack it first: gunzip < FILE > SNAPSHOT'],
  '\xff': ['is UTF-16 text', 'Convert it first: iconv -f UTF-16 -t UTF-8 FILE > SNAPSHOT'],
};

function notASnapshot(file: string, character: string, at: Position): CorruptFile {
  const [what, next] = mistaken[character] ?? [
    `is not a snapshot: it begins with ${shown(character)} (${place(at)})`,
    'A snapshot is a JSON array of jobs, or one job a line.',
  ];
  return new CorruptFile(`${file} ${what}`, { next });
}
