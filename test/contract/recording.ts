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

/** The groups of a version's recording. Each starts on a server without jobs. */
export function readRecording(version: string): ReadonlyMap<string, readonly Step[]> {
  const file = new URL(`../data/contract/dkron-${version}.json`, import.meta.url);
  const steps = JSON.parse(readFileSync(file, 'utf8')) as Step[];
  return Map.groupBy(steps, ({ group }) => group);
}
