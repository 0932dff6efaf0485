/** When a console keeps the code that its start was compiled to. */
import type { Io } from './io.ts';
import { asStarted } from './spare-memory.ts';

/** The first seconds belong to the keys; ms. */
const quiet = 1_000;
/** A second with less work than this share has no key in it, and no frame but those of a clock. */
const idle = 0.1;

/** Keeps it after the first idle second of a console that has something to show: it may be killed later. */
export function keepWhenIdle({ compiled, signal }: Io, hasStarted: () => boolean): void {
  if (compiled === undefined) return;
  let before = performance.eventLoopUtilization();
  const looking = setInterval(() => {
    const since = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    if (since.utilization > idle || !hasStarted()) return;
    clearInterval(looking);
    void asStarted(() => compiled.keep());
  }, quiet);
  looking.unref();
  signal.addEventListener('abort', () => clearInterval(looking), { once: true });
}
