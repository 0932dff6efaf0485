import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';

/** What comes is garbage as soon as it is written: more room for it would only be more memory. */
const young = '--semi-space-growth-factor=1';

/**
 * What V8 takes to optimise a function, malloc never gives back; the more is put into it, the more that is. Keys are
 * no slower for it.
 */
const lean = '--max-inlined-bytecode-size-cumulative=200';

/** Left alone V8 lets more garbage of the jobs that were written pile up than all jobs take. */
const tight = '--heap-growing-percent=40';

const watching = [young, tight, lean];

/** What the start was compiled to is kept for the next one at the end: by then V8 would have thrown it away. */
const compiled = '--no-flush-bytecode';

const passing = [young, compiled];
const changing = [young, tight, compiled];

/** As V8 starts. The code of a V8 with other flags is not kept for the next start (bin/compiled.js). */
const usual = [
  '--max-inlined-bytecode-size-cumulative=920',
  '--semi-space-growth-factor=2',
  '--heap-growing-percent=0',
  '--flush-bytecode',
];

/** What is under way with flags of its own, in the order of its beginning: those of the last one count. */
const under: { readonly flags: readonly string[] }[] = [];

/** So many at least, or it takes more time than the memory is worth. */
const many = 2_500;

/** For jobs that pass through, from a server to the disk. */
export const sparedPassing = <T>(work: () => Promise<T>): Promise<T> => spared(passing, work);

/** For what changes so many jobs, some after the others. */
export const sparedChanging = <T>(jobs: number, work: () => Promise<T>): Promise<T> =>
  jobs < many ? work() : spared(changing, work);

/** So long a console starts: nothing of that is garbage, and with more room it is copied less often; ms. */
const starting = 1_000;

/**
 * For a console, which stays open for days: what it reads of a server is garbage a moment later, and V8
 * keeps room for as much of it as ever came at once.
 */
export async function sparedWatching<T>(work: () => Promise<T>, after = starting): Promise<T> {
  const working = work();
  const isOver = working.then(nothing, nothing);
  await Promise.race([isOver, sleep(after, undefined, { ref: false })]);
  return spared(watching, () => working);
}

const nothing = (): void => {};

/** What has to be done by V8 as it started, in the midst of work that is spared. */
export const asStarted = <T>(work: () => Promise<T>): Promise<T> => spared(usual, work);

/** The same for what is loaded at once: what V8 makes of a script fits the flags that it has while it does. */
export function loadAsStarted<T>(load: () => T): T {
  if (under.length === 0) return load();
  const end = begin(usual);
  try {
    return load();
  } finally {
    end();
  }
}

async function spared<T>(flags: readonly string[], work: () => Promise<T>): Promise<T> {
  const end = begin(flags);
  try {
    return await work();
  } finally {
    end();
  }
}

/** Gives what ends it: another one may have begun meanwhile, and goes on. */
function begin(flags: readonly string[]): () => void {
  const mine = { flags };
  under.push(mine);
  flag();
  return () => {
    under.splice(under.indexOf(mine), 1);
    flag();
  };
}

function flag(): void {
  for (const one of [...usual, ...(under.at(-1)?.flags ?? [])]) setFlagsFromString(one);
}
