/** A place in a file, as editors count: lines and columns from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place in one of several files. */
export interface FilePlace extends Position {
  /** As the operator named it, or a file in the folder that was named. */
  readonly file: string;
}

export const startOfFile: Position = { line: 1, column: 1 };

const newline = 0x0a;

/** The place behind these bytes of UTF-8. */
export function moved({ line, column }: Position, over: Uint8Array): Position {
  let start = 0;
  let lines = line;
  for (let at = over.indexOf(newline); at >= 0; at = over.indexOf(newline, start)) {
    lines++;
    start = at + 1;
  }
  let units = lines === line ? column : 1;
  for (let at = start; at < over.length; at++) units += unitsOf(over[at]!);
  return { line: lines, column: units };
}

/** A character's first byte counts for all of it; those of four bytes are two units. */
const unitsOf = (byte: number): number => ((byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1);

/** `jobs.json, line 3, column 14` */
export const placeText = ({ file, line, column }: FilePlace): string =>
  `${file}, line ${line}, column ${column}`;
