/** How long a request is waited for, and what ends the waiting. */

/** Why a read is asked for once more. */
export const anew = new Error('by new connections');

/** Aborts with `anew` when connections are renewed, as long as it has not `ended`. */
export function unlessRenewed(signal: AbortSignal | undefined, renewed: AbortSignal) {
  const waiting = new AbortController();
  const again = (): void => waiting.abort(anew);
  renewed.addEventListener('abort', again, { once: true });
  return {
    signal: signal === undefined ? waiting.signal : AbortSignal.any([waiting.signal, signal]),
    ended: () => renewed.removeEventListener('abort', again),
  };
}

export const late = Object.assign(new Error('no answer'), { code: 'UND_ERR_HEADERS_TIMEOUT' });

/**
 * Aborts a request whose answer has not begun in time, whatever else the server sends meanwhile:
 * undici waits on as long as headers and hints come one by one. 0 waits without an end.
 */
export function beginning(ms: number, signal: AbortSignal | undefined) {
  if (ms === 0) return { signal, began: () => {} };
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(late), ms);
  return {
    signal: signal === undefined ? waiting.signal : AbortSignal.any([waiting.signal, signal]),
    began: () => clearTimeout(timer),
  };
}

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
