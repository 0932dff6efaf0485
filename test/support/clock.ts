import type { Clock } from '../../src/base/clock.ts';

export interface FakeClock extends Clock {
  /** Lets time pass; what falls due meanwhile happens at its own time. */
  readonly advance: (ms: number) => void;
  /** Sets it without letting time pass, as a machine that wakes from sleep does: what waits goes on waiting. */
  readonly set: (to: number) => void;
  /** How long from now until each waiting alarm, soonest first. */
  readonly waiting: () => readonly number[];
}

/** Time that passes only when a test says so. */
export function fakeClock(start = Date.parse('2026-11-21T14:31:29Z')): FakeClock {
  let now = start;
  const alarms = new Set<{ at: number; readonly then: () => void }>();
  const first = () => [...alarms].sort((a, b) => a.at - b.at)[0];
  const after: Clock['after'] = (ms, then) => {
    const alarm = { at: now + ms, then };
    alarms.add(alarm);
    return () => void alarms.delete(alarm);
  };
  return {
    now: () => now,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    after,
    advance: (ms) => {
      const end = now + ms;
      for (let next = first(); next && next.at <= end; next = first()) {
        alarms.delete(next);
        now = Math.max(now, next.at);
        next.then();
      }
      now = end;
    },
    set: (to) => {
      const by = to - now;
      now = to;
      for (const alarm of alarms) alarm.at += by;
    },
    waiting: () => [...alarms].map(({ at }) => at - now).sort((a, b) => a - b),
  };
}
