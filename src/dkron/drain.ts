/**
 * Giving up an answer without breaking it off: what is still to come is read into nothing. The
 * tunnel of an old kubectl stands still for everybody when one connection is broken off (kubectl#1620).
 */
import type { Dispatcher } from 'undici';

/** More than that is broken off all the same, bytes. */
const most = 64_000_000;

/** Settles with the answer, or at once with the signal's reason; then the answer goes nowhere. */
export async function unbroken(
  call: Promise<Dispatcher.ResponseData>,
  signal: AbortSignal | undefined,
): Promise<Dispatcher.ResponseData> {
  try {
    return await unlessAborted(call, signal);
  } catch (error) {
    if (signal?.aborted) void call.then(({ body }) => drain(partsOf(body), body), ignore);
    throw error;
  }
}

/** The bytes of a body until the signal. Who stops earlier leaves it to be read to its end. */
export async function* unbrokenBody(
  body: Dispatcher.ResponseData['body'],
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const parts = partsOf(body);
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await unlessAborted(parts.next(), signal);
      ended = done === true;
      if (ended) return;
      yield value;
    }
  } finally {
    if (!ended) void drain(parts, body);
  }
}

type Parts = AsyncIterator<Uint8Array>;

const partsOf = (body: Dispatcher.ResponseData['body']): Parts =>
  body.iterator({ destroyOnReturn: false });

async function drain(parts: Parts, body: Dispatcher.ResponseData['body']): Promise<void> {
  body.on('error', ignore);
  try {
    for (let came = 0; came <= most; ) {
      const { done, value } = await parts.next();
      if (done) return;
      came += value.length;
    }
    body.destroy();
  } catch {
    // It broke off by itself.
  }
}

const ignore = (): void => {};

/** What work gives, or at once the signal's reason. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
