/** The answer for each object, as long as that is there: what is remembered is never changed. */
export function memoOf<K extends object, R>(compute: (key: K) => R): (key: K) => R {
  const known = new WeakMap<K, { readonly answer: R }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.answer;
    const answer = compute(key);
    known.set(key, { answer });
    return answer;
  };
}

/** The same for an answer that is worked out in steps (steps.ts). */
export function stepsOnce<K extends object, R>(
  compute: (key: K) => Generator<void, R>,
): (key: K) => Generator<void, R> {
  const known = new WeakMap<K, { readonly answer: R }>();
  return function* once(key) {
    const before = known.get(key);
    if (before !== undefined) return before.answer;
    const answer = yield* compute(key);
    known.set(key, { answer });
    return answer;
  };
}
