/** Runs the effects that `update` asks for, and dispatches what came of them. */

import { env } from 'node:process';
import { Defect, explain } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { runKey } from '../../dkron/execution.ts';
import type { Execution } from '../../dkron/shapes.ts';
import type { Job } from '../../job/job.ts';
import { maintenanceId } from '../state/maintenance.ts';
import type { Effect, Message } from '../state/model.ts';
import { outputLimit } from '../state/runs.ts';
import { contextId } from '../state/screen.ts';
import { finishId } from '../state/unfinished.ts';
import { editOutside } from './editor.ts';
import { createFollower } from './follow.ts';
import { failureTeller, flash, type HereOptions, runnerHere } from './here.ts';
import { liveSighting } from './history.ts';
import type { AtHome, Home } from './home.ts';
import { createOverviewReader } from './overview.ts';
import { planEdits, planReturn } from './plan-edits.ts';
import type { Poller } from './polling.ts';
import { createRunsReader } from './run-comparison.ts';
import { verify } from './verify.ts';
import { createWhy } from './why.ts';

export interface RunnerOptions extends HereOptions {
  readonly client: Dkron;
  readonly poller: Pick<Poller, 'refresh' | 'pace' | 'busy'>;
  readonly home: AtHome;
  /** Executions that were read. */
  readonly heard: (name: string, executions: readonly Execution[]) => void;
  /** Shows the cluster of that context in place of this one. */
  readonly goTo: (context: string) => void;
  /** Shows a snapshot over this console. */
  readonly look: (file: string) => Promise<void>;
  /** What the operator says of the cluster that answers. */
  readonly settle: (as: 'same' | 'other') => Promise<void>;
}

/** How long the cursor rests on a job before its runs are asked for, ms. */
const rest = 250;

export function createRunner(options: RunnerOptions): (effect: Effect) => void {
  const { client, clock, poller, terminal, home, state, dispatch, goTo, look, settle, known } =
    options;
  const reportFailure = failureTeller(options);
  const here = runnerHere(options);
  const follow = createFollower({
    ...options,
    busy: poller.busy,
    answering: home.answering,
    watch: reportFailure,
  });
  let cancelRuns = (): void => {};
  const readRuns = createRunsReader({ client, dispatch, state });
  const askWhy = createWhy({ client, dispatch, state });
  const readOverview = createOverviewReader({ client, clock, dispatch, known });

  const atHome = (work: (home: Home) => Promise<unknown>, after?: Message): void =>
    reportFailure(home.opened().then(work), after);
  /** Of what asks the server. */
  const asking = (work: (home: Home) => Promise<unknown>, after?: Message): void =>
    reportFailure(home.answering().then(work), after);

  async function loadRuns(name: string): Promise<void> {
    const at = clock.now();
    try {
      await home.answering();
      const { value } = await client.executions(name, { outputLimit });
      options.heard(name, value);
      dispatch({ type: 'runs', name, runs: { list: value, at } });
    } catch (error) {
      const failure = known(error);
      dispatch({ type: 'runs', name, runs: { list: [], at, error: failure.message } });
      if (failure instanceof Defect) dispatch(flash('error', explain(failure).join(' · ')));
    }
  }

  async function loadOutput(name: string, execution: string, whole: boolean): Promise<void> {
    const limit = 20_000;
    const run = whole
      ? (await client.execution(name, execution)).value
      : (await client.executions(name, { outputLimit: limit })).value.find(
          (candidate) => runKey(candidate) === execution,
        );
    if (!run) return dispatch(flash('error', `${name}: Dkron does not keep this run any more`));
    dispatch({ type: 'output', execution, text: run.output, truncated: run.output_truncated });
  }

  async function outside(seen: Job, isNew: boolean): Promise<void> {
    const at = terminal();
    if (at === null) return;
    const { files, drafts } = await home.opened();
    const { drafts: kept } = state();
    const options = { files, drafts, now: clock.now, env };
    dispatch({ ...(await editOutside(options, at, seen, kept)), isNew });
  }

  return (effect) => {
    switch (effect.type) {
      case 'refresh':
        return poller.refresh(effect.names);
      case 'pace':
        return poller.pace(effect.pace);
      case 'load-runs':
        if (effect.soon !== true) return void loadRuns(effect.name);
        cancelRuns();
        cancelRuns = clock.after(rest, () => void loadRuns(effect.name));
        return;
      case 'follow':
        return follow(effect.run);
      case 'load-output':
        return asking(() => loadOutput(effect.name, effect.execution, effect.whole));
      case 'save-schedule':
        // Its editor waits for what came of it.
        return asking(({ jobEffects }) => jobEffects.saveSchedule(effect.plan, effect.agreed), {
          type: 'schedule-refused',
          name: effect.plan.items[0]?.name ?? '',
          lines: [],
        });
      case 'set-disabled':
      case 'delete':
        return asking(({ jobEffects }) => jobEffects.apply(effect.plan, effect.agreed));
      case 'run':
        return asking(({ jobEffects }) => jobEffects.run(effect.names, effect.agreed));
      case 'clear':
        return asking(({ jobEffects }) => jobEffects.clear(effect.names, effect.agreed));
      case 'run-again':
        return asking(({ againEffects }) => againEffects.run(effect));
      case 'stop-again':
        return atHome(async ({ againEffects }) => againEffects.stop());
      case 'find-again':
        return atHome(({ againEffects }) => againEffects.find());
      case 'discard-again':
        return atHome(({ againEffects }) => againEffects.discard());
      case 'set-paused':
        return asking(({ jobEffects }) => jobEffects.setPaused(effect));
      case 'read-overview':
        return void home.answering().then(readOverview, () => {});
      case 'snapshot':
        return asking(({ planEffects }) => planEffects.snapshot(effect));
      case 'list-snapshots':
        return atHome(({ planEffects }) => planEffects.list());
      case 'verify-snapshots':
        return reportFailure(verify(effect.files, dispatch));
      case 'note-snapshot': {
        const { type: _, file, ...notes } = effect;
        return atHome(({ archiveEffects }) => archiveEffects.note(file, notes));
      }
      case 'plan-prune':
        return atHome(({ archiveEffects }) => archiveEffects.planPrune(effect.words));
      case 'prune':
        return atHome(({ archiveEffects }) => archiveEffects.prune(effect.words, effect.files));
      case 'look-inside':
        return reportFailure(look(effect.file));
      case 'leave-snapshot':
        // This is not one.
        return;
      case 'plan-restore':
        return asking(({ planEffects }) => planEffects.plan(effect), {
          type: 'no-plan',
          id: effect.file,
        });
      case 'open-plan':
        return asking(({ planTexts }) => planTexts.open(effect.file), {
          type: 'no-plan',
          id: effect.file,
        });
      case 'keep-plan':
        return asking(({ planTexts }) => planTexts.keep(effect));
      case 'plan-from':
        return asking(({ planFrom }) => planFrom(effect), {
          type: 'no-plan',
          id: contextId(effect.context),
        });
      case 'export':
        return asking(({ planEffects }) => planEffects.export(effect.folder, effect.names));
      case 'apply-plan':
        return asking(({ planEffects }) => planEffects.apply(effect));
      case 'resume':
        return asking(({ unfinishedEffects }) => unfinishedEffects.resume(effect.operation), {
          type: 'no-plan',
          id: finishId(effect.operation),
        });
      case 'discard':
        return atHome(({ unfinishedEffects }) => unfinishedEffects.discard(effect.operation));
      case 'plan-maintenance':
        return asking(({ maintenanceEffects }) => maintenanceEffects.plan(effect.step), {
          type: 'no-plan',
          id: maintenanceId(effect.step),
        });
      case 'forget-maintenance':
        return atHome(({ maintenanceEffects }) => maintenanceEffects.forget());
      case 'undo':
        return asking(({ journalEffects }) => journalEffects.undo(effect.what));
      case 'open-context':
        return goTo(effect.name);
      case 'settle-cluster':
        return reportFailure(settle(effect.as));
      case 'list-journal':
        return atHome(({ journalEffects }) => journalEffects.list(effect.olderThan));
      case 'read-operation':
        return atHome(({ journalEffects }) => journalEffects.read(effect.key));
      case 'read-history':
        return atHome(({ historyEffects }) =>
          historyEffects.read(effect.name, liveSighting(state(), effect.name)),
        );
      case 'read-runs': {
        const { type: _, ...which } = effect;
        const problem = 'They could not be read';
        return asking(({ historyEffects }) => readRuns(which, historyEffects), {
          ...{ type: 'runs-read', ...which, runs: null, problem },
        });
      }
      case 'ask-why': {
        const { job } = effect;
        const none = { text: 'It could not be looked for', failed: true } as const;
        return asking(({ whose }) => askWhy(job, whose), { type: 'why', job, why: null, none });
      }
      case 'compare': {
        const { from, to } = effect;
        const problem = 'They could not be compared';
        return (to === null || typeof from !== 'string' ? asking : atHome)(
          ({ compare }) => compare(from, to),
          {
            ...{ type: 'compared', from, to, comparison: null, problem },
          },
        );
      }
      case 'keep-draft':
        return reportFailure(
          home.later().then(({ drafts }) => drafts.keep(effect.key, effect.draft)),
        );
      case 'edit-outside':
        return reportFailure(outside(effect.seen, effect.isNew === true));
      case 'plan-edits':
        return reportFailure(planEdits(effect, options), { type: 'no-plan', id: effect.id });
      case 'plan-undo':
        return reportFailure(planReturn(effect, options), { type: 'no-plan', id: effect.id });
      case 'agenda':
      case 'lint':
      case 'read-ttls':
      case 'count-crowd':
      case 'find-calm':
      case 'save-text':
      case 'copy':
      case 'check-later':
      case 'rest-later':
      case 'forget-later':
      case 'redraw':
      case 'suspend':
      case 'quit':
        return here(effect);
    }
  };
}
