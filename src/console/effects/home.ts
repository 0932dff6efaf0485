/** What belongs to one cluster on this machine and at its door; opened once it is known which it is. */
import type { Clock } from '../../base/clock.ts';
import { OperatorError } from '../../base/errors.ts';
import { createGuard } from '../../cluster/guard.ts';
import { nameOf } from '../../cluster/identify.ts';
import { type Drafts, openDrafts } from '../../config/drafts.ts';
import { type EditorFiles, openEditorFiles } from '../../config/editor-files.ts';
import type { ClusterPlaces } from '../../config/places.ts';
import type { Dkron } from '../../dkron/client.ts';
import { openDoor } from '../../dkron/write/door.ts';
import { openJournal } from '../../journal/file.ts';
import { type MissedFile, openMissed } from '../../oversight/kept.ts';
import { openRoster, type RosterFile } from '../../oversight/kept-roster.ts';
import { openTimes, type TimesFile } from '../../oversight/kept-times.ts';
import { openAgain } from '../../plan/again/record.ts';
import { openMaintenance } from '../../plan/maintenance/store.ts';
import type { Keep } from '../../plan/safety.ts';
import { openUnfinished } from '../../plan/unfinished/store.ts';
import { safetyIn } from '../../snapshot/take/safety.ts';
import type { Message, Setting, State } from '../state/model.ts';
import { type AgainEffects, createAgainEffects } from './again.ts';
import { type ArchiveEffects, createArchiveEffects } from './archive.ts';
import { type Compare, createCompare } from './comparison.ts';
import type { WithContext } from './elsewhere.ts';
import { createHistoryEffects, type HistoryEffects } from './history.ts';
import { createJobEffects, type JobEffects } from './jobs.ts';
import { createJournalEffects, type JournalEffects } from './journal.ts';
import { createMaintenanceEffects, type MaintenanceEffects } from './maintenance.ts';
import { createPlanFrom, type PlanFrom } from './plan-from.ts';
import { createPlanTexts, type PlanTexts } from './plan-texts.ts';
import { createPlanEffects, type PlanEffects } from './plans.ts';
import type { Poller } from './polling.ts';
import type { Recogniser } from './recognise.ts';
import type { Underway } from './underway.ts';
import { createUnfinishedEffects, type UnfinishedEffects } from './unfinished.ts';
import type { Whose } from './why.ts';

export interface Home {
  readonly jobEffects: JobEffects;
  readonly planEffects: PlanEffects;
  readonly planTexts: PlanTexts;
  readonly archiveEffects: ArchiveEffects;
  readonly journalEffects: JournalEffects;
  readonly unfinishedEffects: UnfinishedEffects;
  readonly maintenanceEffects: MaintenanceEffects;
  readonly againEffects: AgainEffects;
  /** Begins nothing any more, as far as that can be said of what is under way. */
  readonly stop: () => void;
  readonly historyEffects: HistoryEffects;
  /** What is known of the cluster's past. */
  readonly whose: Whose;
  readonly planFrom: PlanFrom;
  readonly compare: Compare;
  readonly drafts: Drafts;
  readonly missed: MissedFile;
  readonly roster: RosterFile;
  readonly times: TimesFile;
  readonly files: EditorFiles;
}

export interface HomeOptions {
  readonly client: Dkron;
  readonly clock: Clock;
  /** What the cluster is called. */
  readonly called: string;
  /** Hands out the cluster of another context. */
  readonly elsewhere: WithContext;
  readonly setting: Setting;
  readonly underway: Underway;
  readonly recogniser: Pick<Recogniser, 'shown' | 'changed'>;
  readonly refresh: Poller['refresh'];
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
  readonly known: (error: unknown) => OperatorError;
}

/** `id` is the cluster's. */
export function openHome(id: string, places: ClusterPlaces, options: HomeOptions): Home {
  const {
    client,
    clock,
    called,
    elsewhere,
    setting,
    underway,
    recogniser,
    refresh,
    state,
    dispatch,
    known,
  } = options;
  const { readOnly, protectedAs, token = false, serverZone } = setting;
  const journal = openJournal(places.journal, { cluster: id });
  void journal.tidy();
  const noted = underway.watch(journal);
  const guard = createGuard({
    client,
    watched: recogniser.shown,
    now: clock.now,
    changed: recogniser.changed,
  });
  const door = openDoor({ client, journal: noted, readOnly, protectedAs, guard, clock });
  const cluster = () => {
    const shown = recogniser.shown();
    return { id, name: shown === null ? id : nameOf(shown) };
  };
  const folder = setting.snapshots ?? places.snapshots;
  const keep: Keep = (jobs, operation) =>
    safetyIn({ dkron: client, folder, cluster: cluster(), now: clock.now })(jobs, operation);
  const here = { client, journal, guard, clock, serverZone, token, dispatch };
  const maintenance = createMaintenanceEffects({
    ...here,
    store: openMaintenance(places.maintenance),
  });
  const unfinished = createUnfinishedEffects({
    ...here,
    store: openUnfinished(places.unfinished),
    maintenance,
    cluster,
  });
  const jobEffects = createJobEffects({ door, unfinished, keep, dispatch, refresh });
  const planEffects = createPlanEffects({
    client,
    door,
    unfinished,
    keep,
    cluster,
    folder,
    serverZone,
    token,
    now: clock.now,
    known,
    dispatch,
  });
  const archiveEffects = createArchiveEffects({
    id,
    folder,
    journal,
    now: clock.now,
    list: planEffects.list,
    dispatch,
  });
  const againEffects = createAgainEffects({
    ...{ client, door, clock, state, dispatch, refresh },
    store: openAgain(places.again),
  });
  const drafts = openDrafts(places.drafts);
  return {
    jobEffects: {
      saveSchedule: underway.track(jobEffects.saveSchedule),
      apply: underway.track(jobEffects.apply),
      clear: underway.track(jobEffects.clear),
      setPaused: underway.track(jobEffects.setPaused),
      // Dkron answers when a run has ended: nobody waits for that.
      run: jobEffects.run,
    },
    planEffects: {
      ...planEffects,
      apply: underway.track(planEffects.apply),
      snapshot: underway.track(planEffects.snapshot),
      export: underway.track(planEffects.export),
    },
    planTexts: createPlanTexts({ client, cluster, serverZone, token, now: clock.now, dispatch }),
    archiveEffects: { ...archiveEffects, prune: underway.track(archiveEffects.prune) },
    unfinishedEffects: unfinished,
    maintenanceEffects: maintenance,
    againEffects,
    stop: () => {
      planEffects.stop();
      againEffects.close();
    },
    journalEffects: createJournalEffects(client, journal, dispatch),
    historyEffects: createHistoryEffects({ id, folder, journal, dispatch }),
    whose: { folder, cluster: id, journal },
    planFrom: createPlanFrom({ client, elsewhere, serverZone, token, now: clock.now, dispatch }),
    compare: createCompare({ client, called, elsewhere, now: clock.now, dispatch }),
    drafts: { ...drafts, keep: underway.track(drafts.keep) },
    missed: openMissed(places.missed),
    roster: openRoster(places.roster),
    times: openTimes(places.times),
    files: openEditorFiles(places.editor),
  };
}

/** The home of the cluster that is shown, for effects that may be asked for at any moment. */
export interface AtHome {
  /** Rejects with OperatorError before it is known which cluster answers. */
  readonly opened: () => Promise<Home>;
  /** For what asks the server: rejects also while another cluster answers. */
  readonly answering: () => Promise<Home>;
  /** As soon as it is known. */
  readonly later: () => Promise<Home>;
}

export interface KeyToHome extends AtHome {
  readonly open: (home: Home) => void;
}

/** The cluster that is shown, once it is known, and whether it answers. */
export function keyToHome(of: () => Pick<Recogniser, 'shown' | 'isSure'>): KeyToHome {
  const { promise, resolve } = Promise.withResolvers<Home>();
  const opened = async (): Promise<Home> => {
    if (of().shown() === null) throw notYet();
    // Its rows are there a moment before it is.
    return promise;
  };
  return {
    open: resolve,
    opened,
    answering: async () => {
      const home = await opened();
      if (!of().isSure()) throw anotherAnswers();
      return home;
    },
    later: () => promise,
  };
}

const notYet = (): OperatorError =>
  new OperatorError('it is not known yet which cluster answers', {
    data: 'Nothing was sent.',
    next: 'Try again when the list of jobs is there.',
  });

const anotherAnswers = (): OperatorError =>
  new OperatorError('another cluster answers than the one that is shown', {
    data: 'Nothing was sent.',
    next: 'C shows the other one.',
  });

/** What other programs may have begun or ended on the cluster. Rejects with defects only. */
export async function tellOfOthers(home: AtHome): Promise<void> {
  try {
    const { maintenanceEffects, againEffects } = await home.opened();
    await Promise.all([maintenanceEffects.tell(), againEffects.check()]);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
  }
}
