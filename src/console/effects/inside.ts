/** The effects of a console over a snapshot: what asks a server is not done, which is said. */
import { insideText } from '../state/closed.ts';
import type { EffectOf } from '../state/message.ts';
import type { Effect } from '../state/model.ts';
import { flash, type Here, type HereOptions, runnerHere } from './here.ts';

export interface InsideOptions extends HereOptions {
  /** Out of it, with the names of jobs to restore. */
  readonly leave: (restore: readonly string[]) => void;
}

type Rows = { readonly [Type in Effect['type']]: (effect: EffectOf<Type>) => void };

export function runnerInside(options: InsideOptions): (effect: Effect) => void {
  const { dispatch, state, leave } = options;
  const here: (effect: Here) => void = runnerHere(options);
  const nothing = (): void => {};
  const refused = (): void => {
    const { inside } = state().setting;
    if (inside !== undefined) dispatch(flash('info', insideText(inside)));
  };
  /** The compiler demands a row for every one. */
  const rows: Rows = {
    'leave-snapshot': ({ restore }) => leave(restore),
    agenda: here,
    lint: here,
    'read-ttls': here,
    'count-crowd': here,
    'find-calm': here,
    'save-text': here,
    copy: here,
    'check-later': here,
    'rest-later': here,
    'forget-later': here,
    redraw: here,
    suspend: here,
    quit: here,
    // They come by themselves, as the cursor and the focus move.
    'load-runs': nothing,
    pace: nothing,
    follow: nothing,
    'load-output': refused,
    refresh: refused,
    run: refused,
    'save-schedule': refused,
    'set-disabled': refused,
    delete: refused,
    clear: refused,
    'run-again': refused,
    'stop-again': nothing,
    'find-again': nothing,
    'discard-again': refused,
    undo: refused,
    'note-snapshot': refused,
    'plan-prune': refused,
    prune: refused,
    'list-journal': refused,
    'read-operation': refused,
    'read-history': refused,
    'read-runs': refused,
    'ask-why': refused,
    'read-overview': refused,
    'set-paused': refused,
    compare: refused,
    'open-context': refused,
    'settle-cluster': refused,
    snapshot: refused,
    'list-snapshots': refused,
    'verify-snapshots': refused,
    'look-inside': refused,
    'plan-edits': refused,
    'plan-undo': refused,
    'plan-restore': refused,
    'open-plan': refused,
    'keep-plan': refused,
    'plan-from': refused,
    export: refused,
    'apply-plan': refused,
    resume: refused,
    discard: refused,
    'plan-maintenance': refused,
    'forget-maintenance': refused,
    'keep-draft': refused,
    'edit-outside': refused,
  };
  // Which effect goes with which row the compiler has checked, but cannot follow.
  return (effect) => (rows[effect.type] as (effect: Effect) => void)(effect);
}
