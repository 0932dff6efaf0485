/** Changes of single jobs through the write door, and its answers in the operator's words. */

import { randomUUID } from 'node:crypto';
import { counted } from '../../base/counted.ts';
import { explain, type OperatorError } from '../../base/errors.ts';
import type { Door } from '../../dkron/write/door.ts';
import { failuresOf } from '../../dkron/write/run-end.ts';
import { families } from '../../job/family.ts';
import type { Job } from '../../job/job.ts';
import { clearAll } from '../../plan/clear.ts';
import { deleteAll } from '../../plan/delete.ts';
import type { RestoreResult } from '../../plan/model.ts';
import { told, toldRun, verdict, waitingText } from '../../plan/outcome.ts';
import type { Flash, Message } from '../state/model.ts';
import { summaryOf } from './summary.ts';

export interface JobEffects {
  readonly saveSchedule: (seen: Job, schedule: string, timezone: string) => Promise<void>;
  readonly setDisabled: (seen: Job, disabled: boolean) => Promise<void>;
  readonly run: (names: readonly string[]) => Promise<void>;
  readonly remove: (jobs: readonly Job[]) => Promise<void>;
  readonly clear: (names: readonly string[]) => Promise<void>;
}

export interface JobEffectOptions {
  readonly door: Door;
  readonly dispatch: (message: Message) => void;
  readonly refresh: () => void;
}

export function createJobEffects(options: JobEffectOptions): JobEffects {
  const { door, dispatch, refresh } = options;
  const tell = (level: Flash['level'], text: string): void =>
    dispatch({ type: 'flash', flash: { level, text } });
  const onWait = (failure: OperatorError): void => tell('info', waitingText(failure));
  const report = (results: readonly RestoreResult[], hint?: string | null): void => {
    const { text, ok } = summaryOf(results, hint === undefined ? {} : { hint });
    tell(ok ? 'ok' : 'error', text);
    refresh();
  };

  return {
    saveSchedule: async (seen, schedule, timezone) => {
      const { name } = seen;
      const wanted = { ...seen, schedule, timezone };
      const [result] = await door.write([{ seen, wanted }], { onWait, merge: true }).catch(
        // Whatever happened, the editor opens again with the text in it.
        (error: unknown) => [{ outcome: 'refused', error }] as const,
      );
      if (result === undefined) return;
      if (result.outcome === 'written' || result.outcome === 'same') {
        const { text } = summaryOf([{ name, ...told('write', result) }]);
        dispatch({ type: 'schedule-saved', name, text });
      } else {
        const now = result.outcome === 'changed' ? (result.now?.job ?? null) : null;
        const [what = '', ...more] = explain(result.error);
        const lines = [`${verdict('write', result.outcome)}: ${what}`, ...more];
        dispatch({ type: 'schedule-refused', name, lines, now });
        refresh();
      }
    },
    setDisabled: async ({ name }, disabled) => {
      const result = await door.setDisabled(name, disabled, { onWait });
      report([{ name, ...told(disabled ? 'disable' : 'enable', result) }]);
    },
    clear: async (names) => report(await clearAll(door, names, { onWait }), null),
    remove: async (jobs) => {
      const results: RestoreResult[] = [];
      const items = families(jobs)
        .parentsFirst.toReversed()
        .map((job) => ({ name: job.name, job }));
      await deleteAll(door, items, { onWait, operation: randomUUID() }, (name, what) =>
        results.push({ name, ...what }),
      );
      report(results);
    },
    run: async (names) => {
      // Dkron answers when a run has ended; until then it shows as running by itself.
      const running = names.map((name) => runAndLook(name));
      tell(
        'info',
        `asked to run ${names.length === 1 ? names[0] : counted(names.length)}; the end shows here`,
      );
      refresh();
      report(await Promise.all(running), 'l shows the output');
    },
  };

  async function runAndLook(name: string): Promise<RestoreResult> {
    const result = await door.run(name, { onWait, outputLimit: 0 });
    if (result.outcome !== 'done') return { name, ...told('run', result) };
    const failures = failuresOf(result.executions);
    return { name, ...toldRun(failures.map(({ node_name }) => node_name)) };
  }
}
