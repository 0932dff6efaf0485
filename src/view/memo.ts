/** Remembering the answers of pure functions: state is replaced, never changed, so identity tells. */

/** The last answer. */
export function memo<A extends readonly unknown[], R>(
  compute: (...args: A) => R,
): (...args: A) => R {
  let last: Answered<A, R> | undefined;
  return (...args) => {
    if (!last || !sameArgs(last.args, args)) last = { args, answer: compute(...args) };
    return last.answer;
  };
}

/**
 * The last answer for each key, such as the row that shows a job: of so many keys that were asked
 * for last, at least. What was asked with the `same` has the very same answer.
 */
export function memoEach<K, A extends readonly unknown[], R>(
  atLeast: number,
  compute: (...args: A) => R,
  same: (a: A, b: A) => boolean = sameArgs,
): (key: K, ...args: A) => R {
  let young = new Map<K, Answered<A, R>>();
  let old = young;
  return (key, ...args) => {
    const known = young.get(key) ?? old.get(key);
    const now = known && same(known.args, args) ? known : { args, answer: compute(...args) };
    if (young.size >= atLeast && !young.has(key)) [old, young] = [young, new Map()];
    young.set(key, now);
    return now.answer;
  };
}

interface Answered<A, R> {
  readonly args: A;
  readonly answer: R;
}

function sameArgs(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (!Object.is(a[at], b[at])) return false;
  return true;
}
