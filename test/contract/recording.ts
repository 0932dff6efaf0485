import { readFileSync } from 'node:fs';

/** One request that was put to a real Dkron, and what it answered. */
export interface Step {
  readonly group: string;
  readonly step: number;
  /** Milliseconds waited before the request, so that a run could finish. */
  readonly pauseMs?: number;
  readonly request: Request;
  readonly answer: Answer;
}

/**
 * `{{target}}` stands for the address of a small web server, `{{first:PATH}}` for the id of the first
 * item that PATH lists.
 */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  /** Sent as multipart, the content as a file. */
  readonly form?: { readonly field: string; readonly content: string };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The version that the demo server answers as. */
export const newest = '4.1.2';

const recordings = new Map([
  [newest, ['dkron-4.1.2', 'more-4.1.2']],
  ['4.0.9', ['dkron-4.0.9']],
  ['3.2.7', ['dkron-3.2.7']],
]);

/**
 * The groups of a version's recording, each for a server without jobs. A version that was not
 * recorded is held against the newest that was, which shows what it changed.
 */
export function readRecording(version: string): [group: string, steps: readonly Step[]][] {
  const names = recordings.get(version) ?? recordings.get(newest)!;
  return names.flatMap((name) => {
    const file = new URL(`../data/contract/${name}.json`, import.meta.url);
    const steps = JSON.parse(readFileSync(file, 'utf8')) as Step[];
    return [...Map.groupBy(steps, ({ group }) => group)];
  });
}
