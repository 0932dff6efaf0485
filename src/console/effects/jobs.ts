/** Changes that are asked about where they stand, and their outcome in the operator's words. */

import { counted } from '../../base/counted.ts';
import { explain, type OperatorError } from '../../base/errors.ts';
import type { Door } from '../../dkron/write/door.ts';
import { failuresOf } from '../../dkron/write/run-end.ts';
import { type Applied, applyPlan, type Begin } from '../../plan/apply.ts';
import { clearAll } from '../../plan/clear.ts';
import type { CheckedPlan, RestoreResult } from '../../plan/model.ts';
import { isDone, told, toldRun, verdict, waitingText } from '../../plan/outcome.ts';
import { toldPause } from '../../plan/pause.ts';
import type { Keep } from '../../plan/safety.ts';
import type { EffectOf } from '../state/message.ts';
import type { Flash, Message } from '../state/model.ts';
import { type SummaryOptions, summaryOf } from './summary.ts';
import type { UnfinishedEffects } from './unfinished.ts';

export interface JobEffects {
  /** Carries out all of a plan. */
  readonly apply: (plan: CheckedPlan, agreed?: string) => Promise<void>;
  /** Carries out the plan of one job, whose editor is told what came of it. */
  readonly saveSchedule: (plan: CheckedPlan, agreed?: string) => Promise<void>;
  readonly run: (names: readonly string[], agreed?: string) => Promise<void>;
  readonly setPaused: (effect: Omit<EffectOf<'set-paused'>, 'type'>) => Promise<void>;
  readonly clear: (names: readonly string[], agreed?: string) => Promise<void>;
}

export interface JobEffectOptions {
  readonly door: Door;
  readonly unfinished: Pick<UnfinishedEffects, 'forgetUndone' | 'keep' | 'tell'>;
  /** Takes the safety snapshots. */
  readonly keep: Keep;
  readonly dispatch: (message: Message) => void;
  /** Reads these jobs again, or all. */
  readonly refresh: (names?: readonly string[]) => void;
}

export function createJobEffects(options: JobEffectOptions): JobEffects {
  const { door, unfinished, keep, dispatch, refresh } = options;
  const tell = (level: Flash['level'], text: string): void =>
    dispatch({ type: 'flash', flash: { level, text } });
  const onWait = (failure: OperatorError): void => tell('info', waitingText(failure));
  const doorFor = (agreed: string | undefined): Door => door.agreed(agreed ?? null);
  const carryOut = (
    plan: CheckedPlan,
    agreed?: string,
    begin: Begin | null = null,
  ): Promise<Applied> =>
    applyPlan(doorFor(agreed), plan, new Set(plan.items.map(({ name }) => name)), {
      keep,
      onWait,
      begin,
    });
  const report = (results: readonly RestoreResult[], how: SummaryOptions = {}): void => {
    const { text, ok } = summaryOf(results, how);
    tell(ok ? 'ok' : 'error', text);
  };
  const namesOf = (results: readonly RestoreResult[]): string[] => results.map(({ name }) => name);
  const refused = (name: string, lines: readonly string[], now: RestoreResult['now']): void => {
    dispatch({ type: 'schedule-refused', name, lines, now: now ?? null });
    refresh([name]);
  };

  return {
    apply: async (plan, agreed) => {
      const { begin } = await unfinished.keep(titleOf(plan));
      try {
        const { results, ...more } = await carryOut(plan, agreed, begin);
        report(results, { ...more, notes: await unfinished.forgetUndone(plan, results) });
        // Families changed: who else did, only all of them tell.
        refresh(hasDeletions(plan) ? undefined : namesOf(results));
      } finally {
        await unfinished.tell();
      }
    },
    saveSchedule: async (plan, agreed) => {
      const [item] = plan.items;
      if (item === undefined) return;
      const { name } = item;
      try {
        const [result] = (await carryOut(plan, agreed)).results;
        if (result === undefined) return;
        if (isDone(result))
          dispatch({ type: 'schedule-saved', name, text: summaryOf([result]).text });
        else refused(name, linesOf(result), result.now);
      } catch (error) {
        // Whatever happened, the editor opens again with the text in it.
        refused(name, withVerdict('refused', explain(error)), null);
      }
    },
    clear: async (names, agreed) => {
      report(await clearAll(doorFor(agreed), names, { onWait }), { hint: null });
      refresh(names);
    },
    setPaused: async ({ paused, node, agreed }) => {
      const result = await doorFor(agreed).setPaused(paused, { node, onWait });
      const { text, ok } =
        'error' in result
          ? { text: explain(result.error).join(' · '), ok: false }
          : toldPause(paused, node, result);
      tell(ok ? 'ok' : 'error', text);
      // What the header says of the node comes with the next look.
      refresh();
    },
    run: async (names, agreed) => {
      // Dkron answers when a run has ended; until then it shows as running by itself.
      const running = names.map((name) => runAndLook(name, doorFor(agreed)));
      tell(
        'info',
        `run requested: ${names.length === 1 ? names[0] : counted(names.length)}; the result shows here`,
      );
      refresh(names);
      report(await Promise.all(running), { hint: 'l shows the output' });
      refresh(names);
    },
  };

  async function runAndLook(name: string, through: Door): Promise<RestoreResult> {
    const lookedFor = ({ message }: OperatorError): void =>
      tell('info', `${message}; ${name} is looked for until it is found`);
    const result = await through.run(name, {
      onLost: lookedFor,
      onWait: lookedFor,
      outputLimit: 0,
    });
    if (result.outcome !== 'done') return { name, ...told('run', result) };
    const failures = failuresOf(result.executions);
    return { name, ...toldRun(failures.map(({ node_name }) => node_name)) };
  }
}

/** As it is called where it is not finished: `Disable 3 jobs`. */
function titleOf(plan: CheckedPlan): string {
  const { items, action } = plan;
  const verb = action ?? (hasDeletions(plan) ? 'delete' : 'write');
  return `${verb[0]!.toUpperCase()}${verb.slice(1)} ${counted(items.length)}`;
}

const hasDeletions = ({ items }: CheckedPlan): boolean =>
  items.some(({ kind }) => kind === 'delete');

/** What happened, what it means and what to do, a line each. */
const linesOf = ({ outcome, message, error }: RestoreResult): readonly string[] =>
  error === undefined ? [message] : withVerdict(outcome, explain(error));

const withVerdict = (outcome: RestoreResult['outcome'], [what, ...more]: string[]): string[] => [
  `${verdict('write', outcome)}: ${what}`,
  ...more,
];
