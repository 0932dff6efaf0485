/** Writes a console's messages and effects into the log, as they come. */
import type { Log } from '../../base/log.ts';
import type { JobText } from '../../job/job.ts';
import type { Effect, Message, State } from '../state/model.ts';
import { effectNote } from './effect.ts';
import { toJson } from './json.ts';
import { recordOf } from './message.ts';
import { createVeil } from './veil.ts';

export interface Recorder {
  /** Before the message changes the state. */
  message(state: State, message: Message): void;
  effect(effect: Effect): void;
}

type Jobs = ReadonlyMap<string, JobText>;

/** Undefined where nobody listens. `secrets`: what the server's address keeps secret. */
export function createRecorder(
  log: Log,
  start: State,
  secrets: readonly string[],
): Recorder | undefined {
  if (!log.on) return undefined;
  const veil = createVeil(secrets);
  let jobs: Jobs = new Map();
  const { setting, columns, rows, now, zone } = start;
  log.note('console', () => ({ setting, columns, rows, now, zone }));
  return {
    message: (state, message) =>
      log.note('message', () => {
        const recorded = recordOf(message, veil, state);
        if (recorded.type !== 'refreshed') return { message: toJson(recorded) };
        const before = jobs;
        jobs = recorded.jobs;
        return { message: toJson({ ...recorded, jobs: differenceOf(before, jobs) }) };
      }),
    effect: (effect) => log.note('effect', () => ({ effect: effectNote(effect) })),
  };
}

/** What the list became since the last, so that a log of thousands of jobs stays short. */
export interface JobsSince {
  readonly gone: readonly string[];
  readonly set: readonly JobText[];
}

const differenceOf = (before: Jobs, after: Jobs): JobsSince => ({
  gone: [...before.keys()].filter((name) => !after.has(name)),
  set: [...after].filter(([name, entry]) => before.get(name) !== entry).map(([, entry]) => entry),
});
