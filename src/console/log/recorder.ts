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

/** So many jobs a line: to veil them must not hold up a key. */
const together = 20;

/** A snapshot is looked into over a console that goes on below: what each hears is told apart by these. */
let consoles = 0;

/** Undefined when no log is kept. `secrets`: what the way to the server keeps secret so far. */
export function createRecorder(
  log: Log,
  start: State,
  secrets: () => readonly string[],
): Recorder | undefined {
  if (!log.on) return undefined;
  const veil = createVeil(secrets);
  let known: Jobs = new Map();
  const { setting, columns, rows, now, zone } = start;
  const of = { console: ++consoles };
  log.note('console', () => ({ ...of, setting, columns, rows, now, zone }));

  /** What the list became since the last: a log of thousands of jobs stays short. Gives who is gone. */
  function noteJobs(jobs: Jobs): readonly string[] {
    const before = known;
    known = jobs;
    if (jobs === before) return [];
    const changed = [...jobs.values()].filter((entry) => before.get(entry.job.name) !== entry);
    for (let at = 0; at < changed.length; at += together) {
      const part = changed.slice(at, at + together);
      log.note('jobs', () => ({ ...of, jobs: part.map(veil.entry) }));
    }
    return [...before.keys()].filter((name) => !jobs.has(name));
  }

  return {
    message: (state, message) => {
      const gone = message.type === 'refreshed' ? noteJobs(message.jobs) : [];
      if (message.type === 'arriving')
        noteJobs(
          new Map([...known, ...message.jobs.map((entry) => [entry.job.name, entry] as const)]),
        );
      log.note('message', () => ({
        ...of,
        message: toJson(recordOf(message, veil, state)),
        ...(gone.length === 0 ? {} : { gone }),
      }));
    },
    effect: (effect) => log.note('effect', () => ({ ...of, effect: effectNote(effect) })),
  };
}
