/** The one place where the state changes: a message in, the next state and the effects out. Pure. */
import type { Execution } from '../dkron/shapes.ts';
import type { RestorePlan } from '../restore/model.ts';
import { edits } from '../terminal/editing.ts';
import { altAsEscape, type Key } from '../terminal/keys.ts';
import { openReturn } from './actions/journal.ts';
import { keepCursor } from './cursor.ts';
import { draftEffects, draftKey, withDraft } from './drafts.ts';
import type { Cursor, Effect, Message, Screen, State, Step } from './model.ts';
import { still } from './model.ts';
import { bodyKey, bodyPaste, bodyPlan, closeBodyEditor } from './overlays/body.ts';
import { choosePaste, helpKey, paletteKey } from './overlays/choose.ts';
import { confirmKey } from './overlays/confirm.ts';
import { fileKey, filePaste } from './overlays/file.ts';
import { filterKey, filterPaste } from './overlays/filter.ts';
import { scheduleKey, schedulePaste } from './overlays/schedule.ts';
import { typedKey } from './overlays/typed.ts';
import { actionForKey, runAction } from './registry.ts';
import { glanceAt, topScreen, withTop } from './screens.ts';
import { runKey, runsAt } from './views/runs.ts';
import { snapshotKeys } from './views/snapshots.ts';
import { visibleOf } from './visible.ts';

export function update(state: State, message: Message): Step {
  const [next, effects] = react(state, message);
  return [next, message.type === 'drafts' ? effects : [...effects, ...draftEffects(state, next)]];
}

function react(state: State, message: Message): Step {
  switch (message.type) {
    case 'key':
      return onKey(state, message.key);
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
      return still(withRuns(state, message.name, message.runs));
    case 'output':
      return still(withOutput(state, message));
    case 'snapshots':
      return still(
        onNearest(state, 'snapshots', (screen) => ({
          ...screen,
          files: message.files,
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
          screen.hours === message.hours ? { ...screen, agenda: message.agenda } : screen,
        ),
      );
    case 'journal':
      return still(
        onNearest(state, 'journal', (screen) => ({
          ...screen,
          changes: message.changes,
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
    case 'waiting':
      return still({ ...state, waiting: message.text });
    case 'flash':
      return still({ ...state, waiting: null, flash: message.flash });
  }
}

function onKey(before: State, key: Key): Step {
  const state: State = { ...before, flash: null };
  const [next, effects] = routeAll(state, unbound(state, key) ? altAsEscape(key) : [key]);
  // A row that a refresh put under the cursor is looked at for one key before it can be acted on.
  const looked = before.startled && topScreen(before).kind === 'jobs';
  return [looked ? { ...next, startled: false } : next, effects];
}

function routeAll(state: State, keys: readonly Key[]): Step {
  return keys.reduce<Step>(
    ([before, effects], key) => {
      const [after, more] = routeKey(before, key);
      return [after, [...effects, ...more]];
    },
    [state, []],
  );
}

/** No action has an alt key, and an editor only some: the others are Esc, quickly followed by the key. */
const unbound = ({ overlay }: State, { name }: Key): boolean =>
  name.includes('alt-') && (overlay === null || overlay.kind === 'confirm' || !edits(name));

function routeKey(state: State, key: Key): Step {
  const { overlay } = state;
  if (key.name === 'ctrl-c') return leave(state);
  if (key.name === 'ctrl-z' || key.name === 'ctrl-l') return byKey(state, key);
  switch (overlay?.kind) {
    case undefined:
      return byKey(state, key);
    case 'help':
      return helpKey(state, overlay, key);
    case 'palette':
      return paletteKey(state, overlay, key);
    case 'filter':
      return filterKey(state, overlay, key);
    case 'file':
      return fileKey(state, overlay, key);
    case 'confirm':
      return confirmKey(state, overlay, key);
    case 'typed':
      return typedKey(state, overlay, key);
    case 'body':
      return bodyKey(state, overlay, key);
    case 'schedule':
      return scheduleKey(state, overlay, key);
  }
}

function byKey(state: State, key: Key): Step {
  const action = actionForKey(state, key.name);
  return action ? runAction(state, action) : still(state);
}

/** Ctrl-C leaves at once, except from typed text that is not kept yet: that becomes a draft first. */
function leave(state: State): Step {
  if (state.overlay?.kind === 'body') return closeBodyEditor(state, state.overlay);
  if (state.overlay?.kind !== 'schedule') return [state, [{ type: 'quit' }]];
  return scheduleKey(state, state.overlay, { name: 'esc', coalesced: false });
}

function onPaste(state: State, text: string): Step {
  const { overlay } = state;
  switch (overlay?.kind) {
    case 'filter':
      return filterPaste(state, overlay, text);
    case 'palette':
    case 'help':
      return choosePaste(state, overlay, text);
    case 'file':
      return filePaste(state, overlay, text);
    case 'schedule':
      return schedulePaste(state, overlay, text);
    case 'body':
      return bodyPaste(state, overlay, text);
    default:
      // Pasted text is never a row of commands.
      return still({
        ...state,
        flash: { level: 'info', text: 'pasted text does nothing here' },
      });
  }
}

/** The topmost screen of a kind changed: what it asked for arrives also while another lies over it. */
function onNearest<K extends Screen['kind']>(
  state: State,
  kind: K,
  change: (screen: Extract<Screen, { kind: K }>) => Screen,
): State {
  const at = state.screens.findLastIndex((screen) => screen.kind === kind);
  if (at < 0) return state;
  const screens = state.screens.with(at, change(state.screens[at] as never));
  return { ...state, screens: screens as unknown as State['screens'] };
}

/** Rows of the first list as they come; later lists replace the old one whole. */
function arriving(state: State, jobs: Extract<Message, { type: 'arriving' }>['jobs']): State {
  if (state.jobs.at !== null) return state;
  const byName = new Map(state.jobs.byName);
  for (const entry of jobs) byName.set(entry.job.name, entry);
  return keepPlace(state, { ...state, jobs: { byName, at: null } });
}

type Refreshed = Extract<Message, { type: 'refreshed' }>;

function refreshed(state: State, message: Refreshed): Step {
  const { server, leader, whom, now, took } = message;
  const arrived: State = {
    ...state,
    now,
    server,
    leader,
    whom,
    link: { kind: 'live', took },
    jobs: { byName: message.jobs, at: now },
    busy: busyByJob(state.busy, message.busy),
  };
  const next = keepPlace(state, arrived);
  return [next, followUp(state, next)];
}

/** Runs that are looked at are read again when their job changed, or while it runs. */
function followUp(before: State, after: State): Effect[] {
  const screen = topScreen(after);
  if (screen.kind === 'jobs')
    return screen.cursor.key !== null && moved(before, after, screen.cursor.key)
      ? glanceAt(after)
      : [];
  if (screen.kind !== 'job' && screen.kind !== 'executions') return [];
  return moved(before, after, screen.name) ? [{ type: 'load-runs', name: screen.name }] : [];
}

function moved(before: State, after: State, name: string): boolean {
  return (
    before.jobs.byName.get(name) !== after.jobs.byName.get(name) ||
    before.busy.get(name) !== after.busy.get(name) ||
    after.runs.get(name)?.error !== undefined ||
    !after.runs.has(name)
  );
}

/** The same map as before when nothing runs differently, so that no row is drawn again for nothing. */
function busyByJob(before: State['busy'], executions: readonly Execution[]): State['busy'] {
  const busy = new Map<string, Execution[]>();
  for (const run of executions) busy.set(run.job_name, [...(busy.get(run.job_name) ?? []), run]);
  const keys = (runs: readonly Execution[]): string => runs.map(runKey).join(' ');
  const same =
    busy.size === before.size &&
    [...busy].every(([name, runs]) => keys(runs) === keys(before.get(name) ?? []));
  return same ? before : busy;
}

/** The data changed: the cursor of the jobs table stays on its job, in its row of the window. */
function keepPlace(before: State, after: State): State {
  const screen = after.screens[0];
  const { cursor, gone } = keepCursor(screen.cursor, visibleOf(before), visibleOf(after));
  const marks = [...screen.marks].every((name) => after.jobs.byName.has(name))
    ? screen.marks
    : new Set([...screen.marks].filter((name) => after.jobs.byName.has(name)));
  const screens = [{ ...screen, cursor, marks }, ...after.screens.slice(1)] as State['screens'];
  return { ...after, screens, startled: after.startled || gone };
}

function lost(state: State, { reason, now, retryAt }: Extract<Message, { type: 'lost' }>): State {
  const since = state.link.kind === 'lost' ? state.link.since : now;
  return { ...state, now, link: { kind: 'lost', reason, since, retryAt } };
}

function withRuns(
  state: State,
  name: string,
  runs: Extract<Message, { type: 'runs' }>['runs'],
): State {
  // Only what is looked at is kept: a long walk over the table must not fill the memory.
  const kept = [...state.runs].slice(-50);
  const known = state.runs.get(name);
  // Asked for before what is there, and slower.
  if (known && runs.at < known.at) return state;
  // What was read before stays when it cannot be read again.
  const read = runs.error !== undefined && known ? { ...known, error: runs.error } : runs;
  const next: State = { ...state, runs: new Map([...kept, [name, read]]) };
  const screen = topScreen(next);
  if ((screen.kind !== 'job' && screen.kind !== 'executions') || screen.name !== name) return next;
  const { cursor } = keepCursor(screen.cursor, runsAt(state, name), runsAt(next, name));
  return withTop(next, { ...screen, cursor });
}

function withOutput(state: State, message: Extract<Message, { type: 'output' }>): State {
  return onNearest(state, 'text', (screen) =>
    // The end of it may come after the whole of it.
    screen.execution === message.execution && (screen.truncated || !message.truncated)
      ? { ...screen, text: message.text, truncated: message.truncated }
      : screen,
  );
}

/** A plan is read from what would change on. */
function firstOf(plan: RestorePlan): Cursor {
  const first = plan.items.find(({ kind }) => kind === 'change' || kind === 'new');
  return { key: (first ?? plan.items[0])?.name ?? null, row: 0 };
}

function withoutPlan(state: State, id: string): State {
  const screens = state.screens.filter((screen) => screen.kind !== 'plan' || screen.id !== id);
  return { ...state, screens: screens as unknown as State['screens'] };
}

function progress(state: State, { result, total }: Extract<Message, { type: 'progress' }>): State {
  const next = onNearest(state, 'plan', (screen) => ({
    ...screen,
    results: new Map(screen.results).set(result.name, result),
    applying: { done: (screen.applying?.done ?? 0) + 1, total },
  }));
  const ofBody = next.screens.some(
    (screen) => screen.kind === 'plan' && screen.id === bodyPlan(result.name),
  );
  const saved = ofBody && (result.outcome === 'written' || result.outcome === 'same');
  return saved ? withDraft(next, draftKey(result.name, 'body'), null) : next;
}

function applied(state: State, { text, ok }: Extract<Message, { type: 'applied' }>): Step {
  const next = onNearest(state, 'plan', (screen) => ({
    ...screen,
    applying: null,
    marks: new Set<string>(),
  }));
  return [
    { ...next, waiting: null, flash: { level: ok ? 'ok' : 'error', text } },
    [{ type: 'refresh' }],
  ];
}

function scheduleSaved(
  state: State,
  { name, text }: Extract<Message, { type: 'schedule-saved' }>,
): Step {
  const { overlay } = state;
  const saved: State = { ...state, flash: { level: 'ok', text } };
  const mine = overlay?.kind === 'schedule' && overlay.seen.name === name;
  // Left while it was saved and opened again: what is typed now is not what was saved.
  if (mine && !overlay.saving) return [saved, [{ type: 'refresh' }]];
  const closed: State = mine ? { ...saved, overlay: null } : saved;
  return [withDraft(closed, draftKey(name, 'schedule'), null), [{ type: 'refresh' }]];
}

function scheduleRefused(
  state: State,
  { name, lines }: Extract<Message, { type: 'schedule-refused' }>,
): State {
  if (state.overlay?.kind !== 'schedule' || state.overlay.seen.name !== name)
    return { ...state, flash: { level: 'error', text: `${name}: ${lines.join(' ')}` } };
  return { ...state, overlay: { ...state.overlay, saving: false, refusal: lines } };
}
