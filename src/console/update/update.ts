/** The one place where the state changes: a message in, the next state and the effects out. Pure. */

import { checked } from '../editors/value/keys.ts';
import { againGoesOn, againShown } from '../screens/again/arrived.ts';
import { agendaWorkedOut } from '../screens/agenda/arrived.ts';
import { overviewRead } from '../screens/cluster/arrived.ts';
import { compared } from '../screens/comparison/arrived.ts';
import { historyRead } from '../screens/history/arrived.ts';
import { workedOut } from '../screens/jobs/ahead.ts';
import { journalRead, operationRead } from '../screens/journal/arrived.ts';
import { openReturn } from '../screens/journal/return.ts';
import { linted, ttlsRead } from '../screens/lint/arrived.ts';
import { applied, planCompared, progress, withoutPlan } from '../screens/plan/arrived.ts';
import { prunePlanned } from '../screens/prune/arrived.ts';
import { runsRead } from '../screens/run-comparison/arrived.ts';
import { outputArrived } from '../screens/runs/actions.ts';
import { leftSnapshot, snapshotsListed, snapshotsVerified } from '../screens/snapshots/arrived.ts';
import { followed } from '../screens/text/followed.ts';
import { whyTold } from '../screens/why/arrived.ts';
import { calmFound, crowdCounted, crowdEffects } from '../state/counting.ts';
import { draftEffects } from '../state/drafts.ts';
import { followEffects } from '../state/live.ts';
import type { MessageOf } from '../state/message.ts';
import type { Message, State, Step } from '../state/model.ts';
import { still } from '../state/model.ts';
import { begun, rested } from '../state/passing.ts';
import { painted } from '../state/questions.ts';
import { arriving } from './arriving.ts';
import { onKey, onPaste } from './input.ts';
import { maintenance } from './maintenance.ts';
import { recognised } from './recognised.ts';
import { due, lost, overseen, paced, refreshed, timed, withOutput, withRuns } from './refresh.ts';
import { edited, scheduleRefused, scheduleSaved } from './results.ts';
import { restFound, unfinished } from './unfinished.ts';

export function update(state: State, message: Message): Step {
  // Which message goes with which handler the compiler has checked, but cannot follow.
  const handle = handlers[message.type] as (state: State, message: Message) => Step;
  const [next, effects] = begun(state, handle(state, message));
  const drafts = message.type === 'drafts' ? [] : draftEffects(state, next);
  const follow = followEffects(state, next);
  return [next, [...effects, ...drafts, ...follow, ...crowdEffects(state, next)]];
}

/** Who types has the focus, whatever the terminal said of it. */
function withFocus(state: State, then: (state: State) => Step): Step {
  const [focused, first] = paced(state, { focused: true });
  const [next, effects] = then(focused);
  return [next, first.length === 0 ? effects : [...first, ...effects]];
}

type Handlers = {
  readonly [T in Message['type']]: (state: State, message: MessageOf<T>) => Step;
};

/** What each message does. Where it belongs to one screen, that screen's folder has it. */
const handlers: Handlers = {
  key: (state, { key, at }) =>
    withFocus({ ...state, usedAt: state.now }, (focused) => onKey(focused, key, at)),
  rested: (state) => still(rested(state)),
  painted: (state, { at }) => still(painted(state, at)),
  paste: (state, { text }) => withFocus(state, (focused) => onPaste(focused, text)),
  resized: (state, { columns, rows }) => still({ ...state, columns, rows }),
  clock: (state, { now }) => still({ ...state, now }),
  arriving: (state, message) => still(arriving(state, message)),
  'worked-out': workedOut,
  refreshed,
  recognised,
  lost: (state, message) => still(lost(state, message)),
  overseen: (state, message) => still(overseen(state, message)),
  roster: (state, { changes }) => still({ ...state, roster: changes }),
  timed: (state, message) => still(timed(state, message)),
  due: (state, message) => still(due(state, message)),
  forward: (state, { forward }) => still({ ...state, forward }),
  focus: (state, { focused }) => paced(state, { focused }),
  runs: (state, { name, runs }) => outputArrived(withRuns(state, name, runs), name),
  output: (state, message) => still(withOutput(state, message)),
  followed,
  snapshots: (state, message) => still(snapshotsListed(state, message)),
  verified: (state, message) => still(snapshotsVerified(state, message)),
  plan: (state, message) => still(planCompared(state, message)),
  agenda: (state, message) => still(agendaWorkedOut(state, message)),
  ttls: ttlsRead,
  linted: (state, message) => still(linted(state, message)),
  crowd: (state, { counted }) => still(crowdCounted(state, counted)),
  calm: (state, message) => still(calmFound(state, message)),
  journal: (state, message) => still(journalRead(state, message)),
  operation: (state, message) => still(operationRead(state, message)),
  history: (state, message) => still(historyRead(state, message)),
  'runs-read': (state, message) => still(runsRead(state, message)),
  why: (state, message) => still(whyTold(state, message)),
  compared: (state, message) => still(compared(state, message)),
  again: (state, message) => still(againShown(state, message)),
  'again-states': (state, message) => still(againGoesOn(state, message)),
  overview: (state, message) => still(overviewRead(state, message)),
  return: openReturn,
  'prune-plan': (state, message) => still(prunePlanned(state, message)),
  'left-snapshot': leftSnapshot,
  'no-plan': (state, { id }) => still(withoutPlan(state, id)),
  progress: (state, message) => still(progress(state, message)),
  applied,
  'schedule-saved': scheduleSaved,
  'schedule-refused': (state, message) => still(scheduleRefused(state, message)),
  unfinished: (state, message) => still(unfinished(state, message)),
  maintenance: (state, message) => still(maintenance(state, message)),
  rest: (state, message) => still(restFound(state, message)),
  drafts: (state, { drafts }) => still({ ...state, drafts: new Map([...drafts, ...state.drafts]) }),
  edited,
  waiting: (state, { text, progress = null }) => still({ ...state, waiting: text, progress }),
  check: (state, { lines }) => still(checked(state, lines)),
  forget: (state, { flash }) => still(state.flash === flash ? { ...state, flash: null } : state),
  flash: (state, { flash }) => still({ ...state, waiting: null, progress: null, flash }),
};
