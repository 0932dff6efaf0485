/** A console at work: client, poller, runner and store, wired together and closed together. */
import process, { cwd } from 'node:process';
import { type Clock, systemClock } from '../base/clock.ts';
import { type Log, noLog } from '../base/log.ts';
import { inTurns } from '../base/steps.ts';
import { type Cluster, isSurely } from '../cluster/identify.ts';
import { openRegister } from '../cluster/register.ts';
import { lookCloser } from '../cluster/sighting.ts';
import { operatorError } from '../config/defects.ts';
import type { KnownContexts } from '../config/known-contexts.ts';
import { type Places, placesBelow } from '../config/places.ts';
import { calledOf, isToken, protectedAs, type Target } from '../config/target.ts';
import { openReach } from '../contexts/reach.ts';
import { createClient } from '../dkron/client.ts';
import type { Early } from '../dkron/early.ts';
import { openVerified, type VerifiedSnapshot } from '../snapshot/verify/inside.ts';
import { placeOf } from '../view/zones.ts';
import { findDrafts } from './effects/drafts-found.ts';
import { createElsewhere } from './effects/elsewhere.ts';
import { byForward } from './effects/forwarded.ts';
import { keyToHome, openHome, tellOfOthers } from './effects/home.ts';
import { keepLastRows, showLastRows } from './effects/last-rows.ts';
import { createNotifier } from './effects/notifier.ts';
import { createOverseeing } from './effects/overseeing.ts';
import { startPoller } from './effects/poller.ts';
import { createRecogniser } from './effects/recognise.ts';
import { createRunner } from './effects/runner.ts';
import type { Terminal } from './effects/terminal.ts';
import { watchChanges } from './effects/underway.ts';
import { keepFrame } from './first-frame.ts';
import { createRecorder } from './log/recorder.ts';
import { topRows } from './screens/jobs/top-rows.ts';
import { layOutAhead } from './screens/jobs/visible.ts';
import { jobsShown } from './screens/shown.ts';
import { choiceOf, labelOf } from './state/choice.ts';
import type { Effect } from './state/model.ts';
import { restsOnSnapshot } from './state/stack.ts';
import { startState } from './state/start.ts';
import { createStore, type Store } from './store.ts';
import { startTicking } from './ticking.ts';
import { startWorking } from './working.ts';

export interface SessionOptions {
  readonly target: Target;
  /** The contexts that one can go to; none unless told. */
  readonly contexts?: readonly Target[];
  /** Shows another cluster in place of this one; nothing happens unless told. */
  readonly show?: (target: Target, cluster?: Cluster) => void;
  /** Shows a snapshot over this; told when it is left, with the names of jobs to restore. */
  readonly look?: (opened: VerifiedSnapshot, left: (restore: readonly string[]) => void) => void;
  /** The cluster to show, where the operator has chosen it; else whichever answers. */
  readonly chosen?: Cluster;
  /** Whose clock times are told by: `local`, `job`, `utc` or a zone's name; the operator's own unless told. */
  readonly zone?: string;
  /** Where it keeps things on disk; where the operator's are unless told. */
  readonly places?: Places;
  /** Told of what happens; nobody unless told. */
  readonly log?: Log;
  /** Where secrets and proxies are named; that of this process unless told. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The file that the targets were made of, for the next start; unless told, nothing is kept of it. */
  readonly known?: () => KnownContexts | null;
  /** What was asked of the target already. */
  readonly early?: Early | null;
}

export interface Session {
  readonly store: Store;
  /** Hands over the terminal, once there is one: reading starts before the screen code is loaded. */
  readonly attach: (terminal: Terminal) => void;
  /** Settles once the rows of an earlier console are in the store, or it is known that there are none. */
  readonly begun: Promise<unknown>;
  /** What was sent and has no answer yet, for a sentence; null for nothing. */
  readonly underway: () => string | null;
  /**
   * Begins nothing any more and waits for what was sent, until `giveUp` is aborted. Gives what
   * became of it, in sentences.
   */
  readonly close: (giveUp: AbortSignal) => Promise<string[]>;
}

/** Starts to read the server at once; effects of keys come only after `attach`. */
export function openSession(options: SessionOptions, clock: Clock = systemClock): Session {
  const { target, contexts = [], log = noLog, places = placesBelow() } = options;
  const env = options.env ?? process.env;
  const warn = (text: string): void =>
    store.dispatch({ type: 'flash', flash: { level: 'info', text } });
  const reach = openReach(target, { env, warn });
  const client = createClient({ route: reach.route, log, early: options.early ?? null });
  const known = (error: unknown) => operatorError(error, places.defects, log);
  const setting = Object.assign(placeOf(target.serverZone), {
    context: target.context,
    contexts: contexts.flatMap(choiceOf),
    views: target.views,
    lint: { ttl: target.lint.ttl !== null, ignore: target.lint.ignore },
    snapshots: target.snapshots,
    keep: target.keep,
    url: client.url,
    label: labelOf(target, client.url),
    colour: target.colour,
    readOnly: target.readOnly,
    protectedAs: protectedAs(target),
    token: isToken(target.credentials),
  });
  let left = false;
  const start = startState(setting, { columns: 80, rows: 24 }, clock.now(), options.zone);
  const recorder = createRecorder(log, start, reach.route.secrets);
  const act = (effect: Effect): void => {
    if (!left) runEffect(effect);
  };
  const store = createStore(start, act, recorder);
  const { dispatch } = store;
  const underway = watchChanges();
  const home = keyToHome(() => recogniser);
  const register = openRegister(places, clock.now);
  const way = { context: target.context, address: client.url };
  const called = calledOf(target, client);
  const elsewhere = createElsewhere({
    ...{ contexts, env, log, register, now: clock.now, warn },
    shown: { dkron: client, called },
  });
  const recogniser = createRecogniser({
    register,
    way,
    chosen: options.chosen ?? null,
    closer: (known, seen) => lookCloser(client, known, seen),
    now: clock.now,
    dispatch,
    onKnown: async ({ id }) => {
      const parts = {
        client,
        clock,
        called,
        elsewhere: elsewhere.with,
        setting,
        underway,
        recogniser,
        refresh: poller.refresh,
        state: store.state,
        dispatch,
        known,
      };
      const opened = openHome(id, places.cluster(id), parts);
      home.open(opened);
      await opened.unfinishedEffects.tell();
      await opened.againEffects.find();
      for (const message of await findDrafts(opened.drafts, opened.files)) dispatch(message);
    },
    onTaken: (cluster) => options.show?.(target, cluster),
  });
  /** Whose earlier rows are shown. */
  let ofEarlier: Cluster | null = null;
  const oversight = createOverseeing({
    client,
    clock,
    dispatch,
    ...{ grace: target.grace, serverZone: target.serverZone },
    reread: (names) => poller.refresh(names),
    shown: () => jobsShown(store.state()),
    home: home.later,
    judged: createNotifier(target, client.url, () => terminal),
  });
  const poller = startPoller({
    client,
    saw: (looked, shown) => {
      oversight.saw(looked, shown);
      void tellOfOthers(home);
    },
    dispatch,
    clock,
    recognise: recogniser.recognise,
    layOut: (jobs) => inTurns(layOutAhead(store.state(), jobs)),
    isOfEarlier: (seen) => ofEarlier !== null && isSurely(ofEarlier, seen),
    serverZone: target.serverZone,
    attention: () => ({ shown: jobsShown(store.state()), usedAt: store.state().usedAt }),
    known,
    ...(target.refresh === null ? {} : { interval: target.refresh }),
  });
  let terminal: Terminal | null = null;
  const runEffect = createRunner({
    client,
    clock,
    poller: reach.forward === null ? poller : byForward(reach.forward, poller, store),
    terminal: () => terminal,
    home,
    heard: oversight.heard,
    state: store.state,
    dispatch,
    folder: cwd(),
    ttls: target.lint.ttl,
    goTo: (name) => {
      const chosen = contexts.find(({ context }) => context === name);
      if (chosen !== undefined) options.show?.(chosen);
    },
    look: async (file) => {
      const opened = await openVerified(file, { textless: true });
      // One went on meanwhile: keys that are typed now are meant for what is shown now.
      if (!restsOnSnapshot(store.state(), file)) return;
      options.look?.(opened, (restore) => dispatch({ type: 'left-snapshot', file, restore }));
    },
    settle: async (as) => {
      await recogniser.settle(as);
      poller.refresh();
    },
    known,
  });
  // What was asked before the first look is no answer to a later one.
  const unlooked = store.subscribe(() => {
    if (store.state().link.kind === 'connecting') return;
    options.early?.close();
    unlooked();
  });
  const { chosen = null } = options;
  const begun = showLastRows({ register, way, chosen, places, state: store.state, dispatch }).then(
    (cluster) => (ofEarlier = cluster),
  );
  const keepRows = keepLastRows({
    places,
    shown: recogniser.shown,
    state: store.state,
    rows: topRows,
    keepFrame: (seen, of) => {
      const { columns, rows } = store.state();
      const on = { target, places, url: client.url, known: options.known?.() ?? null, env };
      return keepFrame(on, startState(setting, { columns, rows }, seen.at), seen, of);
    },
    clock,
  });
  const stopTicking = startTicking(store, clock);
  const stopWorking = startWorking(store, clock);
  return {
    store,
    attach: (attached) => {
      terminal = attached;
    },
    begun,
    underway: underway.what,
    close: async (giveUp) => {
      left = true;
      underway.leave();
      stopTicking();
      stopWorking();
      poller.stop();
      await oversight.stop();
      void home.later().then(({ stop }) => stop());
      // The console leaves all the same: what was seen last is a help, not data.
      await Promise.all([recogniser.close().catch(() => {}), elsewhere.close()]);
      await keepRows();
      // What hangs ends with its connection, and is noted as not known.
      const close = (): Promise<void> => client.close();
      if (giveUp.aborted) await close();
      else giveUp.addEventListener('abort', close, { once: true });
      await underway.ended();
      giveUp.removeEventListener('abort', close);
      await close();
      await reach.close();
      return underway.lastWords();
    },
  };
}
