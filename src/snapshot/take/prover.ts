/** What proves a snapshot, and what `restore` would say of it, while its bytes pass. */
import { hash } from 'node:crypto';
import { OperatorError } from '../../base/errors.ts';
import { definitionHash, lineDefinitions, sortedDefinitionsHash } from '../archive/definition.ts';
import type { Manifest } from '../archive/manifest.ts';
import { gatherJobs } from '../file/contents.ts';
import { whyNoJob } from '../file/errors.ts';
import { type Found, isJob, type Unreadable } from '../file/found.ts';
import { jsonJobs } from '../file/json-jobs.ts';
import type { Damage } from './damage.ts';
import { LineTable } from './line-table.ts';

export interface Proof extends Pick<Manifest, 'definitions'> {
  readonly lines: LineTable;
  /** Null for a snapshot that restores as it is. */
  readonly damage: Damage | null;
}

export interface Prover {
  push(bytes: Uint8Array): void;
  end(): Proof;
}

const file = 'snapshot';

/** Of the bytes of a snapshot as format.ts writes it, in pieces of any size. */
export function prover(): Prover {
  const define = lineDefinitions();
  /** A row for each line: those that are not good have no name. */
  const lines = new LineTable();
  const troubles = gatherJobs();
  /** The names of jobs that are in `troubles`. */
  const troubled = new Set<string>();
  let whole: OperatorError | null = null;
  let rest: Uint8Array[] = [];

  const isNew = (name: string): boolean => lines.find(name) < 0 && !troubled.has(name);

  function line(text: Uint8Array): void {
    if (whole !== null) return;
    const written = define(text);
    if (written !== null && isNew(written.name)) addLine(text, written);
    else parsed(text);
  }

  function addLine(text: Uint8Array, row: { readonly name: string; readonly definition: string }) {
    lines.add({ ...row, bytes: text.length, sha256: hash('sha256', text, 'hex') });
  }

  /** What is not written as usual, or has a name that was there before. */
  function parsed(text: Uint8Array): void {
    const place = { line: lines.count + 1, column: 1 };
    const reader = jsonJobs(file, place);
    try {
      const found = [...reader.push(text), ...reader.end()];
      const [job] = found;
      // The array of a server without jobs.
      if (job === undefined) return;
      if (found.length === 1 && isJob(job) && isNew(job.job.name)) {
        addLine(text, { name: job.job.name, definition: definitionHash(job.job) });
        return;
      }
      for (const one of found.length === 1 ? found : found.map(unparted)) trouble(one);
    } catch (error) {
      // A snapshot is written to its end, whatever is wrong with it.
      if (!(error instanceof OperatorError)) throw error;
      whole = error;
    }
    addLine(text, nobody);
  }

  function trouble(found: Found): void {
    const name = isJob(found) ? found.job.name : found.name;
    const earlier = name === null || troubled.has(name) ? -1 : lines.find(name);
    if (earlier >= 0) troubles.add(doubleOf(name!, earlier + 1));
    if (name !== null) troubled.add(name);
    troubles.add(found);
  }

  return {
    push(piece) {
      const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      let at = 0;
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, at)) {
        const part = chunk.subarray(at, end);
        line(rest.length === 0 ? part : Buffer.concat([...rest, part]));
        rest = [];
        at = end + 1;
      }
      if (at < chunk.length) rest.push(Buffer.from(chunk.subarray(at)));
    },
    end() {
      if (rest.length > 0) line(Buffer.concat(rest));
      const { unreadable } = troubles.read();
      return {
        definitions: sortedDefinitionsHash(lines.definitions()),
        lines,
        damage: whole === null && unreadable.length === 0 ? null : { unreadable, whole },
      };
    },
  };
}

const newline = 0x0a;

const nobody = { name: '', definition: '0'.repeat(32) };

/** What shares its line with something else was not written by a Dkron. */
function unparted(found: Found): Unreadable {
  if (!isJob(found)) return found;
  return { name: found.job.name, places: [found.place], why: whyNoJob.noJson, foreign: false };
}

/** The good job of an earlier line that has the name of another. */
const doubleOf = (name: string, line: number): Unreadable => ({
  name,
  places: [{ file, line, column: 1 }],
  why: '',
  foreign: false,
});
