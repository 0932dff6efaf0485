import { readFileSync } from 'node:fs';

/** One answer of the real Dkron code; `next` holds up to five runs. */
export interface Vector {
  readonly schedule: string;
  readonly name: string;
  readonly timezone: string;
  readonly from: string;
  readonly valid: boolean;
  readonly error: string | null;
  readonly next: readonly string[];
}

/** The same cases: the schedule after `~`, and the `next` the API shows right after creation. */
export interface ApiNextVector {
  readonly schedule: string;
  readonly name: string;
  readonly timezone: string;
  readonly from: string;
  readonly effective: string;
  readonly apiNext: string;
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../data/schedule/${file}`, import.meta.url), 'utf8'));

export const publicVectors = read('vectors-public.json') as Vector[];
export const afterVectors = read('vectors-after.json') as Vector[];
export const apiNextVectors = read('vectors-public.apinext.json') as ApiNextVector[];
