/** How long a request is waited for, and what ends the waiting. */

/** Why a read is asked for once more. */
export const anew = new Error('by new connections');

/** Aborts with `anew` when connections are renewed, as long as it has not `ended`. */
export function unlessRenewed(signal: AbortSignal | undefined, renewed: AbortSignal) {
  const waiting = new AbortController();
  const again = (): void => waiting.abort(anew);
  renewed.addEventListener('abort', again, { once: true });
  return {
    signal: AbortSignal.any([waiting.signal, ...(signal === undefined ? [] : [signal])]),
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
  const either = signal === undefined ? [] : [signal];
  return {
    signal: AbortSignal.any([waiting.signal, ...either]),
    began: () => clearTimeout(timer),
  };
}
