/**
 * Two seconds of writing: at most so much time passes between the fresh read of a job and its write,
 * while the list is read seldom enough not to slow Dkron down.
 */
const size = 2500;

export function* batches<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
