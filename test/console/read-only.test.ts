/** Read-only, held over every action in every place: by the screens, and by the door alone. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDrafts } from '../../src/config/drafts.ts';
import { openEditorFiles } from '../../src/config/editor-files.ts';
import { createAgainEffects } from '../../src/console/effects/again.ts';
import { createArchiveEffects } from '../../src/console/effects/archive.ts';
import { type CompareOptions, createCompare } from '../../src/console/effects/comparison.ts';
import { createHistoryEffects } from '../../src/console/effects/history.ts';
import { createJobEffects } from '../../src/console/effects/jobs.ts';
import { createJournalEffects } from '../../src/console/effects/journal.ts';
import { createPlanFrom, type PlanFromOptions } from '../../src/console/effects/plan-from.ts';
import { createPlanTexts } from '../../src/console/effects/plan-texts.ts';
import { createPlanEffects } from '../../src/console/effects/plans.ts';
import { createRunner } from '../../src/console/effects/runner.ts';
import { actions, actionsHere, runAction } from '../../src/console/registry.ts';
import { jump, listingOf } from '../../src/console/screens/table.ts';
import type { Action } from '../../src/console/state/action.ts';
import { writes } from '../../src/console/state/message.ts';
import type { Effect, Message, Overlay, State, Step } from '../../src/console/state/model.ts';
import { topScreen } from '../../src/console/state/stack.ts';
import { update } from '../../src/console/update/update.ts';
import { createClient } from '../../src/dkron/client.ts';
import { openJournal } from '../../src/journal/file.ts';
import { noRoster } from '../../src/oversight/roster.ts';
import { openAgain } from '../../src/plan/again/record.ts';
import { fakeClock } from '../support/clock.ts';
import { countedServer } from '../support/counted-server.ts';
import { doorOf, setDisabled } from '../support/door.ts';
import { atHome } from '../support/home.ts';
import { aJob, anExecution } from '../support/jobs.ts';
import { keepsNothing } from '../support/journal.ts';
import { known as asKnown } from '../support/known.ts';
import { keepsNoMaintenance, keepsNoPlan } from '../support/unfinished.ts';
import { press, pressing, type } from './states.ts';
import { everyWay, type World } from './ways.ts';

const http = { executor: 'http', executor_config: { method: 'GET', url: 'http://x', body: '{}' } };
const jobs = [
  { name: 'a', ...http },
  { name: 'b', disabled: true },
  { name: 'c' },
  { name: 'd', concurrency: 'forbid' },
];

interface Asked {
  readonly state: State;
  readonly action: Action;
  readonly words: string;
}

/** Every action that there is at this place, with each of the words that its completion offers, and without. */
const askedAt = (state: State): Asked[] =>
  actionsHere(state).flatMap((action) =>
    ['', ...(action.complete?.(state) ?? [])].map((words) => ({ state, action, words })),
  );

/** The same at every row that the cursor can stand on. */
function askedOf(state: State): Asked[] {
  const rows = [...(listingOf(state)?.list.keys ?? [])];
  return [state, ...rows.map((_, row) => jump(state, row))].flatMap(askedAt);
}

/** What lies over a screen to change something, or to ask about a change; the others only look. */
const changing: Readonly<Record<Overlay['kind'], boolean>> = {
  confirm: true,
  typed: true,
  schedule: true,
  value: true,
  pick: true,
  help: false,
  palette: false,
  filter: false,
  file: false,
};

/** What is asked about may be of this machine only. */
const asksToWrite = (overlay: Overlay): boolean =>
  'effect' in overlay ? writes[overlay.effect.type] : changing[overlay.kind];

/** What writes, or opens what is there only to write. */
function leadsToWrite(before: State, [after, effects]: Step): boolean {
  const screen = topScreen(after);
  const isPlanned = screen.kind === 'plan' && screen.plan !== null;
  return (
    effects.some((effect) => writes[effect.type] || effect.type === 'edit-outside') ||
    (after.overlay !== null && after.overlay !== before.overlay && asksToWrite(after.overlay)) ||
    (isPlanned && topScreen(before).kind !== 'plan')
  );
}

/** The keys that say yes to what is open. */
const yes: { readonly [Kind in Overlay['kind']]: readonly string[] } = {
  confirm: ['y'],
  typed: ['enter'],
  schedule: ['ctrl-u', ...type('@daily'), 'enter'],
  value: [...type('1'), 'ctrl-s'],
  pick: ['down', 'enter'],
  help: ['esc'],
  palette: ['esc'],
  filter: ['esc'],
  file: ['esc'],
};

function onwards(state: State): readonly string[] {
  const { overlay } = state;
  if (overlay?.kind === 'typed') return [...type(overlay.expected), 'enter'];
  if (overlay !== null) return yes[overlay.kind];
  return topScreen(state).kind === 'plan' ? ['enter'] : [];
}

/** A question, an editor and a plan may come one after the other. */
const rounds = [1, 2, 3];

describe('read-only on the screens', () => {
  const world: World = { jobs: jobs.map(aJob), runs: [anExecution()], text: 'text' };
  const screens = everyWay.filter(({ overlay }) => overlay === null);
  const at = ({ reach }: (typeof screens)[number], readOnly: boolean): State => {
    const state = reach(world);
    return { ...state, setting: { ...state.setting, readOnly } };
  };

  it.each(screens)('of $name: no action begins a change', (way) => {
    for (const { state, action, words } of askedOf(at(way, true)))
      expect(leadsToWrite(state, runAction(state, action, words)), action.id).toBe(false);
  });

  it('closes by name what would begin one otherwise, by key and by command', () => {
    const beginning = new Set(['journal.undo']);
    for (const way of screens)
      for (const { state, action, words } of askedOf(at(way, false)))
        if (!beginning.has(action.id) && leadsToWrite(state, runAction(state, action, words)))
          beginning.add(action.id);
    // A body is shown instead; taking back asks the journal first.
    const closed = actions.filter(({ dangerous }) => dangerous).map(({ id }) => id);
    expect([...beginning].sort()).toEqual([...closed, 'job.body'].sort());
    const state = at(screens[0]!, true);
    for (const { command, dangerous, scope } of actions) {
      if (!dangerous || command === undefined || !scope.includes('jobs')) continue;
      const after = press(state, ':', ...type(command), 'enter');
      expect(after.flash?.text, command).toContain('READ-ONLY');
    }
  }, 120_000);
});

describe('a door that is read-only', () => {
  it('sends nothing but GET, whatever action a console would carry out to its end', async () => {
    const server = await countedServer(...jobs);
    const folder = await mkdtemp(join(tmpdir(), 'read-only-'));
    const client = createClient({ url: server.url });
    onTestFinished(async () => {
      await client.close();
      await rm(folder, { recursive: true, maxRetries: 5 });
    });
    const journal = openJournal(join(folder, 'journal'));
    // So that there is something to take back.
    await setDisabled(client, 'c', true, { journal });
    const before = server.changes();
    expect(before).toEqual(['POST /v1/jobs']);

    const ran = new Set<Effect['type']>();
    const known = new Set<string>();
    const pending: Promise<unknown>[] = [];
    let state: State;
    const take = ([next, effects]: Step): void => {
      state = next;
      for (const effect of effects) {
        const what = JSON.stringify(effect);
        if (known.has(what)) continue;
        known.add(what);
        ran.add(effect.type);
        run(effect);
      }
    };
    const dispatch = (message: Message): void => take(update(state, message));
    const door = doorOf(client, { journal, readOnly: true });
    const clock = fakeClock();
    const reading: PlanFromOptions & CompareOptions = {
      ...{ client, called: 'here', serverZone: 'UTC', now: () => 0, dispatch },
      elsewhere: (_, work) => work({ dkron: client, called: 'other' }),
    };
    const run = createRunner({
      client,
      clock,
      poller: { refresh: () => {}, pace: () => {}, busy: async () => null },
      heard: () => {},
      goTo: () => {},
      look: async () => {},
      terminal: () => ({
        copy: (text) => ({ level: 'ok', text }),
        redraw: () => {},
        notify: () => {},
        handOver: async () => {},
        suspend: async () => {},
        quit: () => {},
      }),
      home: atHome({
        jobEffects: noting(
          createJobEffects({
            door,
            keep: keepsNothing,
            unfinished: keepsNoPlan,
            dispatch,
            refresh: () => {},
          }),
          pending,
        ),
        stop: () => {},
        againEffects: createAgainEffects({
          ...{ client, door, clock, dispatch },
          store: openAgain(join(folder, 'run-again.jsonl')),
          state: () => state,
          refresh: () => {},
        }),
        missed: { read: async () => ({ missed: [], seen: [] }), keep: async () => {} },
        roster: { read: async () => noRoster, keep: async () => {} },
        whose: { folder, cluster: 'c-1', journal: null },
        maintenanceEffects: keepsNoMaintenance,
        times: { read: async () => new Map(), keep: async () => {} },
        unfinishedEffects: { ...keepsNoPlan, resume: async () => {}, discard: async () => {} },
        planEffects: noting(
          createPlanEffects({
            cluster: () => ({ id: 'c-1', name: 'c' }),
            client,
            door,
            keep: keepsNothing,
            unfinished: keepsNoPlan,
            dispatch,
            folder,
            serverZone: 'UTC',
            now: clock.now,
            known: asKnown,
          }),
          pending,
        ),
        planTexts: noting(
          createPlanTexts({
            client,
            cluster: () => ({ id: 'c-1', name: 'c' }),
            serverZone: 'UTC',
            now: clock.now,
            dispatch,
          }),
          pending,
        ),
        archiveEffects: noting(
          createArchiveEffects({
            id: 'c-1',
            folder,
            journal,
            now: clock.now,
            list: async () => {},
            dispatch,
          }),
          pending,
        ),
        journalEffects: noting(createJournalEffects(client, journal, dispatch), pending),
        historyEffects: noting(
          createHistoryEffects({ id: 'c-1', folder, journal, dispatch }),
          pending,
        ),
        planFrom: createPlanFrom(reading),
        compare: createCompare(reading),
        drafts: noting(openDrafts(join(folder, 'drafts')), pending),
        files: noting(openEditorFiles(join(folder, 'editor')), pending),
      }),
      settle: async () => {},
      state: () => state,
      dispatch,
      folder,
      known: asKnown,
    });
    const settle = async (): Promise<void> => {
      while (pending.length > 0) await Promise.allSettled(pending.splice(0));
    };

    const there = (await Array.fromAsync(client.jobs())).map(({ job }) => job);
    const world: World = { jobs: there, runs: [anExecution()], text: 'text' };
    for (const { reach, overlay } of everyWay) {
      const start = reach(world);
      for (const asked of overlay === null ? askedOf(start) : [null]) {
        state = start;
        if (asked) take(runAction(asked.state, asked.action, asked.words));
        await settle();
        for (const _ of rounds)
          for (const key of onwards(state)) {
            take(pressing(state, [key]));
            await settle();
          }
      }
    }
    expect(server.changes()).toEqual(before);
    const all = (Object.keys(writes) as Effect['type'][]).filter((effect) => writes[effect]);
    expect([...ran]).toEqual(expect.arrayContaining(all));
  }, 120_000);
});

/** The same, with every promise that it gives noted. */
const noting = <T extends object>(what: T, pending: Promise<unknown>[]): T =>
  new Proxy(what, {
    get:
      (target, name) =>
      (...args: unknown[]) => {
        const done = (Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>)(
          ...args,
        );
        pending.push(done);
        return done;
      },
  });
