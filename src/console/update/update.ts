/** The one place where the state changes: a message in, the next state and the effects out. Pure. */

import { checked } from '../editors/value/keys.ts';
import { agendaKeys } from '../screens/agenda/view.ts';
import { openReturn } from '../screens/journal/actions.ts';
import { outputArrived } from '../screens/runs/actions.ts';
import { snapshotKeys } from '../screens/snapshots/view.ts';
import { keepCursor } from '../state/cursor.ts';
import { draftEffects } from '../state/drafts.ts';
import type { Message, State, Step } from '../state/model.ts';
import { still } from '../state/model.ts';
import { onNearest } from '../state/nearest.ts';
import { painted } from '../state/questions.ts';
import { onKey, onPaste } from './input.ts';
import { arriving, lost, refreshed, withOutput, withRuns } from './refresh.ts';
import {
  applied,
  edited,
  firstOf,
  progress,
  scheduleRefused,
  scheduleSaved,
  withoutPlan,
} from './results.ts';

export function update(state: State, message: Message): Step {
  const [next, effects] = react(state, message);
  return [next, message.type === 'drafts' ? effects : [...effects, ...draftEffects(state, next)]];
}

function react(state: State, message: Message): Step {
  switch (message.type) {
    case 'key':
      return onKey(state, message.key, message.at);
    case 'painted':
      return still(painted(state, message.at));
    case 'paste':
      return onPaste(state, message.text);
    case 'resized':
      return still({ ...state, columns: message.columns, rows: message.rows });
    case 'clock':
      return still({ ...state, now: message.now });
    case 'arriving':
      return still(arriving(state, message.jobs));
    case 'refreshed':
      return refreshed(state, message);
    case 'lost':
      return still(lost(state, message));
    case 'runs':
      return outputArrived(withRuns(state, message.name, message.runs), message.name);
    case 'output':
      return still(withOutput(state, message));
    case 'snapshots':
      return still(
        onNearest(state, 'snapshots', (screen) => ({
          ...screen,
          files: message.files,
          problem: message.problem,
          cursor: keepCursor(screen.cursor, snapshotKeys(screen.files), snapshotKeys(message.files))
            .cursor,
        })),
      );
    case 'plan':
      return still(
        onNearest(state, 'plan', (screen) =>
          screen.id === message.id
            ? { ...screen, plan: message.plan, cursor: firstOf(message.plan) }
            : screen,
        ),
      );
    case 'agenda':
      return still(
        onNearest(state, 'agenda', (screen) =>
          screen.hours === message.hours
            ? {
                ...screen,
                agenda: message.agenda,
                cursor: { key: agendaKeys(message.agenda).keys[0] ?? null, row: 0 },
              }
            : screen,
        ),
      );
    case 'journal':
      return still(
        onNearest(state, 'journal', (screen) => ({
          ...screen,
          changes: message.changes,
          problem: message.problem,
          cursor: { key: message.changes[0]?.id ?? null, row: 0 },
        })),
      );
    case 'return':
      return openReturn(state, message.changes, message.reversals);
    case 'no-plan':
      return still(withoutPlan(state, message.id));
    case 'progress':
      return still(progress(state, message));
    case 'applied':
      return applied(state, message);
    case 'schedule-saved':
      return scheduleSaved(state, message);
    case 'schedule-refused':
      return still(scheduleRefused(state, message));
    case 'drafts':
      return still({ ...state, drafts: new Map([...message.drafts, ...state.drafts]) });
    case 'edited':
      return edited(state, message);
    case 'waiting':
      return still({ ...state, waiting: message.text });
    case 'check':
      return still(checked(state, message.lines));
    case 'forget':
      return still(state.flash === message.flash ? { ...state, flash: null } : state);
    case 'flash':
      return still({ ...state, waiting: null, flash: message.flash });
  }
}
