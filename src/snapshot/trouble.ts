/** What is wrong with a snapshot file, in an operator's words. */
import { CorruptFile } from '../base/errors.ts';
import type { Position, Unexpected } from './scan.ts';

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
