import { basename } from 'node:path';
import { andMore } from '../base/counted.ts';
import { nameOf } from '../config/input.ts';
import type { Origin } from '../journal/entry.ts';

/** What the journal calls a plan of these files; their folders are nobody else's business. */
export const originOf = (what: string, files: readonly string[]): Origin => ({
  what,
  source: andMore(
    files.map((file) => basename(nameOf(file))),
    mentioned,
  ),
});

const mentioned = 2;
