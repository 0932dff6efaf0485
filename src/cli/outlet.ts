/** Standard output and standard error, which may be closed, full, or without a reader. */
import type { Writable } from 'node:stream';

/** Listens to a stream's failures, so that none of them ends the work; gives what to ask for the first. */
export function watchOutput(stream: Writable): (signal: AbortSignal) => Promise<Error | null> {
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure ??= error;
  });
  return async (signal) => {
    const leaving = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    // Behind all that was written before. An operator who leaves does not wait for a slow reader.
    const flushed = new Promise<void>((resolve) => stream.write('', () => resolve()));
    await Promise.race([flushed, leaving]);
    return failure;
  };
}

/** Whether nobody reads a stream any more (`| head`, a closed terminal); a full disk is another thing. */
export const nobodyReads = (error: unknown): boolean =>
  ['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );

/** Writes and waits until the system has it; throws the stream's error. */
export function write(stream: Writable, part: Uint8Array | string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  stream.write(part, (error) => (error ? reject(error) : resolve()));
  return promise;
}
