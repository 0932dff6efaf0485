/** A list of jobs that is asked for at once: the server makes it while the rest is made ready here. */
import type { Dkron, ListReadOptions, ReadOptions } from './client.ts';
import type { ListHead } from './list.ts';

/**
 * The same Dkron, which was asked for its jobs: whoever reads them first gets that answer, and everybody after that
 * one of his own. What nobody reads ends with the client.
 */
export function askedForJobs(dkron: Dkron, { signal }: ReadOptions): Dkron {
  let head: ListHead | null = null;
  let bytes = 0;
  let watch: ListReadOptions | null = null;
  const list = dkron
    .jobBytes({
      signal,
      onHead(told) {
        head = told;
        watch?.onHead?.(told);
      },
      onBytes(count) {
        if (watch === null) bytes += count;
        else watch.onBytes?.(count);
      },
    })
    [Symbol.asyncIterator]();
  const first = list.next();
  // Who reads it is told.
  first.catch(() => {});

  async function* early(): AsyncGenerator<readonly Uint8Array[]> {
    try {
      for (let next = await first; !next.done; next = await list.next()) yield next.value;
    } finally {
      await list.return?.();
    }
  }

  return {
    ...dkron,
    jobBytes(reading = {}) {
      if (watch !== null) return dkron.jobBytes(reading);
      watch = reading;
      if (head !== null) watch.onHead?.(head);
      if (bytes > 0) watch.onBytes?.(bytes);
      return early();
    },
  };
}
