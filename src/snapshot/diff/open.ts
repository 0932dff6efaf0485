/** The two sides of a comparison by their words, with what each of them is called. */
import type { Input } from '../../config/input.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Scope } from '../../job/compare.ts';
import { aboutOf } from '../archive/open.ts';
import type { Comparison } from './compare.ts';
import { type Side, sideOfFile, sideOfServer } from './side.ts';

/** Another cluster than the one at hand, by what leads there. */
export type Elsewhere = { readonly context: string } | { readonly url: string };

/** The path of a file, `-` for standard input; null for what the server has; or what another one has. */
export type Which = string | null | Elsewhere;

/** What a side is called. */
export interface Title {
  readonly name: string;
  /** Null for the server. */
  readonly file: string | null;
  /** ms since the epoch; null where nobody knows. */
  readonly at: number | null;
  /** What happened then. */
  readonly what: 'taken' | 'last changed' | 'read';
  /** How many jobs can be read in it. */
  readonly jobs: number;
}

export interface TitledSide {
  readonly title: Title;
  readonly side: Side;
}

/** A comparison to be shown. */
export interface TitledComparison extends Comparison {
  readonly from: Title;
  readonly to: Title;
}

export type OnServer = (dkron: Dkron, called: string) => Promise<TitledSide>;

export interface Opening {
  readonly scope: Scope;
  readonly stdin?: Input;
  /** Hands out a server, and what it is called. */
  readonly onServer: (which: null | Elsewhere, work: OnServer) => Promise<TitledSide>;
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

/** Reads both. Throws as sideOfFile, and what the client throws. */
export async function openSides(
  from: Which,
  to: Which,
  opening: Opening,
): Promise<readonly [TitledSide, TitledSide]> {
  // Files first: of a server only what differs from the other side is kept.
  const [old, now] = [await ofFile(from, opening), await ofFile(to, opening)];
  const before = old ?? (await ofServer(from, now?.side ?? null, opening));
  return [before, now ?? (await ofServer(to, before.side, opening))];
}

const none: Input = (async function* () {})();

async function ofFile(path: Which, { scope, stdin = none }: Opening): Promise<TitledSide | null> {
  if (typeof path !== 'string') return null;
  const side = await sideOfFile(path, stdin, scope);
  const { name, taken, proof } = await aboutOf(path);
  const what = proof === 'manifest' ? 'taken' : 'last changed';
  return { side, title: { name, file: path, at: taken, what, jobs: countOf(side) } };
}

const ofServer = (which: Which, other: Side | null, { scope, onServer, now, signal }: Opening) =>
  onServer(which as null | Elsewhere, async (dkron, called) => {
    const at = now();
    const side = await sideOfServer(dkron, scope, other, signal);
    const name = `live ${called}`;
    return { side, title: { name, file: null, at, what: 'read', jobs: countOf(side) } };
  });

function countOf(side: Side): number {
  let count = 0;
  for (const _ of side.names()) count++;
  return count;
}
