/** When a console keeps the code that it was compiled to. */
import type { Store } from '../console/store.ts';
import type { Io } from './io.ts';
import { asStarted } from './spare-memory.ts';

/** The frame with the first list is painted by then, and nothing that a start does not wait for has run; ms. */
const shown = 50;
/** The first seconds belong to the keys; ms. */
const quiet = 1_000;
/** A second with less work than this share has no key in it, and no frame but those of a clock. */
const idle = 0.1;

/**
 * What ran until the first list was there is kept then, and no more: the next start reads all of it before
 * its first row. What was loaded since is kept after the first idle second: it may be killed later.
 */
export function keepCompiled({ compiled, signal }: Io, { state, subscribe }: Store): void {
  if (compiled === undefined) return;
  const keep = (): void => void asStarted(() => compiled.keep());
  const hasStarted = (): boolean => state().link.kind !== 'connecting';
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    if (!hasStarted()) return;
    stop();
    timer = setTimeout(keep, shown).unref();
  };
  const stop = subscribe(look);
  let before = performance.eventLoopUtilization();
  const looking = setInterval(() => {
    const since = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    if (since.utilization > idle || !hasStarted()) return;
    clearInterval(looking);
    keep();
  }, quiet);
  looking.unref();
  const end = (): void => {
    stop();
    clearTimeout(timer);
    clearInterval(looking);
  };
  signal.addEventListener('abort', end, { once: true });
}
