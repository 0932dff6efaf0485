/** A console over a snapshot: the screens of jobs, without a server, a client, or anything kept on disk. */
import { cwd } from 'node:process';
import { type Clock, systemClock } from '../base/clock.ts';
import { type Log, noLog } from '../base/log.ts';
import { operatorError } from '../config/defects.ts';
import { type Places, placesBelow } from '../config/places.ts';
import type { VerifiedSnapshot } from '../snapshot/verify/inside.ts';
import { placeOf } from '../view/zones.ts';
import { runnerInside } from './effects/inside.ts';
import type { Terminal } from './effects/terminal.ts';
import { createRecorder } from './log/recorder.ts';
import type { Session } from './session.ts';
import type { Effect, Flash, Setting } from './state/model.ts';
import { startState } from './state/start.ts';
import { createStore } from './store.ts';
import { startTicking } from './ticking.ts';
import { startWorking } from './working.ts';

export interface InsideOptions {
  readonly opened: VerifiedSnapshot;
  readonly serverZone: string;
  /** Filters by name; none unless told. */
  readonly views?: Setting['views'];
  /** What is shown of it first; all of it unless told. */
  readonly filter?: string;
  /** Whose clock times are told by, as of a session. */
  readonly zone?: string;
  /** Back to the console below, with the names of jobs to restore; without it one quits. */
  readonly leave?: (restore: readonly string[]) => void;
  readonly places?: Places;
  readonly log?: Log;
}

/** What a list of jobs does not say by itself, and what is missing in it. */
function greeting({ about, verified, unreadable }: VerifiedSnapshot): Flash {
  if (verified.verdict === 'damaged' || verified.verdict === 'unread')
    return {
      level: 'error',
      text: `Not all of this came from the server: ${verified.text} · 'dkron-tui verify ${about.file}' tells all.`,
    };
  const [first, ...more] = unreadable;
  if (first === undefined)
    return {
      level: 'info',
      text: 'Status and counts are as they were then; next runs are counted from now.',
    };
  const others = more.length === 0 ? '' : ` (and ${more.length} more: :unreadable)`;
  return {
    level: 'error',
    text: `${first.name} cannot be read: ${first.why}${others} · All other jobs are here.`,
  };
}

export function openInside(options: InsideOptions, clock: Clock = systemClock): Session {
  const { opened, serverZone, leave, log = noLog, places = placesBelow() } = options;
  const { about, jobs, unreadable, verified } = opened;
  const setting: Setting = Object.assign(placeOf(serverZone), {
    inside: { ...about, verified, over: leave !== undefined, filter: options.filter ?? '' },
    context: null,
    contexts: [],
    views: options.views ?? {},
    snapshots: null,
    keep: null,
    url: '',
    label: about.name,
    colour: null,
    readOnly: true,
    protectedAs: null,
  });
  const start = startState(setting, { columns: 80, rows: 24 }, clock.now(), options.zone);
  const recorder = createRecorder(log, start, () => []);
  let left = false;
  let terminal: Terminal | null = null;
  const act = (effect: Effect): void => {
    if (!left) run(effect);
  };
  const store = createStore(start, act, recorder);
  const run = runnerInside({
    clock,
    terminal: () => terminal,
    dispatch: store.dispatch,
    state: store.state,
    folder: cwd(),
    known: (error) => operatorError(error, places.defects, log),
    leave: leave ?? (() => terminal?.quit()),
  });
  store.dispatch({ type: 'arriving', jobs, seenAt: about.taken ?? clock.now(), unreadable });
  store.dispatch({ type: 'flash', flash: greeting(opened) });
  const stopTicking = startTicking(store, clock);
  const stopWorking = startWorking(store, clock);
  return {
    store,
    attach: (attached) => {
      terminal = attached;
    },
    begun: Promise.resolve(),
    underway: () => null,
    close: () => {
      left = true;
      stopTicking();
      stopWorking();
      return Promise.resolve([]);
    },
  };
}
