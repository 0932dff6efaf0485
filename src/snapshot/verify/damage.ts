/** What is wrong with a snapshot, where, and how it is said. */

/** A name for programs, which stays when the words change. */
export type DamageKind =
  /** Lines: other bytes of the same length, or of another one. */
  | 'changed'
  | 'edited'
  | 'removed'
  | 'added'
  | 'moved'
  /** A line break where none was, or none where one was. */
  | 'split'
  | 'joined'
  /** The end of the file is missing, or its last line break alone. */
  | 'cut'
  | 'end'
  /** All lines end as on Windows; a byte order mark stands before the first one. */
  | 'line-ends'
  | 'mark'
  /** It goes on for much longer than the snapshot did. */
  | 'endless'
  | 'empty'
  /** What is compressed cannot be unpacked to its end. */
  | 'compression'
  /** The manifest: broken, or of another file. */
  | 'manifest'
  | 'other-manifest'
  /** There is a manifest, and no snapshot to it. */
  | 'missing'
  /** Without a manifest: what cannot be read as a job. */
  | 'unreadable';

export interface Damage {
  readonly kind: DamageKind;
  /** From 1, in the file as it is; of what is missing, where it was. Null for the whole file. */
  readonly line: number | null;
  /** Offset from 0 in the file, unpacked; null where it is not known. */
  readonly byte: number | null;
  /** The jobs that it is about; empty where none is known. */
  readonly jobs: readonly string[];
  /** A sentence for people, with all of that but the file. */
  readonly text: string;
}

export const damage = (
  kind: DamageKind,
  text: string,
  { line = null, byte = null, jobs = [] }: Partial<Omit<Damage, 'kind' | 'text'>> = {},
): Damage => ({ kind, line, byte, jobs, text });

/** `line 12 (job a)` */
export const lineText = (line: number, job: string | null): string =>
  job === null ? `line ${line}` : `line ${line} (job ${job})`;
