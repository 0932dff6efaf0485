/**
 * The value that a map itself has under a key. Keys that come out of data may be called
 * `constructor` or `__proto__`, which every object answers to.
 */
export const own = <Value>(
  map: Readonly<Record<string, Value>> | null | undefined,
  key: string,
): Value | undefined => (map && Object.hasOwn(map, key) ? map[key] : undefined);
