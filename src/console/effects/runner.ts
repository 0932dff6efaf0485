/** Runs the effects that `update` asks for, and dispatches what came of them. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import type { Clock } from '../../base/clock.ts';
import { Defect, explain, type OperatorError } from '../../base/errors.ts';
import { fileName } from '../../config/file-name.ts';
import { fileError } from '../../config/files.ts';
import type { Dkron } from '../../dkron/client.ts';
import { runKey } from '../../dkron/execution.ts';
import type { Job } from '../../job/job.ts';
import { agenda, instantFromMillis } from '../../schedule/index.ts';
import type { EffectOf } from '../state/message.ts';
import type { Effect, Flash, Message, State } from '../state/model.ts';
import { editOutside } from './editor.ts';
import type { AtHome, Home } from './home.ts';
import type { Poller } from './poller.ts';
import type { Terminal } from './terminal.ts';

export interface RunnerOptions {
  readonly client: Dkron;
  readonly clock: Clock;
  readonly poller: Pick<Poller, 'refresh' | 'pace'>;
  /** Null until the screen is there. */
  readonly terminal: () => Terminal | null;
  readonly dispatch: (message: Message) => void;
  readonly home: AtHome;
  readonly state: () => State;
  /** Where ctrl-s saves to. */
  readonly folder: string;
  /** Shows the cluster of that context in place of this one. */
  readonly goTo: (context: string) => void;
  /** What the operator says of the cluster that answers. */
  readonly settle: (as: 'same' | 'other') => Promise<void>;
  /** Any failure as an error for the operator; of a defect of ours the details are kept. */
  readonly known: (error: unknown) => OperatorError;
}

export const flash = (level: Flash['level'], text: string): Message => ({
  type: 'flash',
  flash: { level, text },
});

const noTerminal: Flash = { level: 'error', text: 'no terminal yet' };

/** How long the cursor rests on a job before its runs are asked for, ms. */
const rest = 250;
/** No key for so long, and a long text is checked, ms. */
const aPause = 300;
/** How long words about a key stand there, ms. */
const aMoment = 3_000;
/** The strip and the rows show a line; the end of a longer output is enough. */
const outputLimit = 2_000;

export function createRunner(options: RunnerOptions): (effect: Effect) => void {
  const { client, clock, poller, terminal, home, state, dispatch, folder, goTo, settle, known } =
    options;
  let cancelRuns = (): void => {};
  let cancelCheck = (): void => {};

  /** What goes wrong is shown, never thrown: the console stays open. */
  const reportFailure = (work: Promise<unknown>, after?: Message): void => {
    work.catch((error: unknown) => {
      if (after) dispatch(after);
      dispatch(flash('error', explain(known(error)).join(' · ')));
    });
  };

  const atHome = (work: (home: Home) => Promise<unknown>, after?: Message): void =>
    reportFailure(
      Promise.resolve().then(() => work(home.opened())),
      after,
    );
  /** Of what asks the server. */
  const asking = (work: (home: Home) => Promise<unknown>, after?: Message): void =>
    reportFailure(
      Promise.resolve().then(() => work(home.answering())),
      after,
    );

  async function loadRuns(name: string): Promise<void> {
    const at = clock.now();
    try {
      home.answering();
      const { value } = await client.executions(name, { outputLimit });
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

  async function saveText(name: string, text: string): Promise<void> {
    const path = join(folder, `${fileName(name)}.txt`);
    await writeFile(path, text, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
      throw fileError(path, 'written', error);
    });
    dispatch(flash('ok', `saved to ${path}`));
  }

  async function outside(seen: Job, isNew: boolean): Promise<void> {
    const at = terminal();
    if (at === null) return;
    const { drafts: kept } = state();
    const { files, drafts } = home.opened();
    const options = { files, drafts, now: clock.now, env };
    dispatch({ ...(await editOutside(options, at, seen, kept)), isNew });
  }

  return (effect) => {
    switch (effect.type) {
      case 'refresh':
        return poller.refresh();
      case 'pace':
        return poller.pace(effect.pace);
      case 'load-runs':
        if (effect.soon !== true) return void loadRuns(effect.name);
        cancelRuns();
        cancelRuns = clock.after(rest, () => void loadRuns(effect.name));
        return;
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
      case 'snapshot':
        return asking(({ planEffects }) => planEffects.snapshot());
      case 'list-snapshots':
        return atHome(({ planEffects }) => planEffects.list());
      case 'plan-restore':
        return asking(({ planEffects }) => planEffects.plan(effect.file), {
          type: 'no-plan',
          id: effect.file,
        });
      case 'apply-plan':
        return asking(({ planEffects }) =>
          planEffects.apply(effect.plan, effect.names, effect.agreed),
        );
      case 'agenda':
        // The screen says first that it is being worked out.
        clock.after(20, () => dispatch(agendaOf(state(), effect)));
        return;
      case 'undo':
        return asking(({ journalEffects }) => journalEffects.undo(effect.change));
      case 'open-context':
        return goTo(effect.name);
      case 'settle-cluster':
        return reportFailure(settle(effect.as));
      case 'list-journal':
        return atHome(({ journalEffects }) => journalEffects.list());
      case 'keep-draft':
        return reportFailure(
          home.later().then(({ drafts }) => drafts.keep(effect.key, effect.draft)),
        );
      case 'save-text':
        return reportFailure(saveText(effect.name, effect.text));
      case 'edit-outside':
        return reportFailure(outside(effect.seen, effect.isNew === true));
      case 'copy':
        return dispatch({ type: 'flash', flash: terminal()?.copy(effect.text) ?? noTerminal });
      case 'check-later':
        cancelCheck();
        cancelCheck = clock.after(aPause, () => dispatch({ type: 'check', lines: effect.lines }));
        return;
      case 'forget-later':
        clock.after(aMoment, () => dispatch({ type: 'forget', flash: effect.flash }));
        return;
      case 'redraw':
        terminal()?.redraw();
        return dispatch({ type: 'clock', now: clock.now() });
      case 'suspend':
        return reportFailure(terminal()?.suspend() ?? Promise.resolve());
      case 'quit':
        return terminal()?.quit();
    }
  };
}

/** More than a tall window has rows. */
const busiestShown = 60;

/** The agenda over the jobs as they are now. */
function agendaOf(
  { jobs, setting, server, now }: State,
  { names, from, hours }: EffectOf<'agenda'>,
): Message {
  const chosen = names.flatMap((name) => jobs.byName.get(name)?.job ?? []);
  const stretch = {
    from: instantFromMillis(from),
    to: instantFromMillis(from + hours * 3_600_000),
    now: instantFromMillis(now),
    serverTimezone: setting.serverZone,
    ...(server === null ? {} : { version: server.version }),
  };
  return { type: 'agenda', agenda: agenda(chosen, stretch, busiestShown), hours };
}
