/** Changes of single jobs through the write door, and its answers in the operator's words. */
import { randomUUID } from 'node:crypto';
import { explain } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Journal } from '../dkron/journal.ts';
import { clearExecutions, runJob } from '../dkron/run.ts';
import { deleteJob, setDisabled, writeJob } from '../dkron/write.ts';
import { type WriteResult, withUnnoted } from '../dkron/write-result.ts';
import { families } from '../job/family.ts';
import type { Job } from '../job/job.ts';
import type { Flash, Message } from './model.ts';

export interface Writing {
  readonly saveSchedule: (seen: Job, schedule: string, timezone: string) => Promise<void>;
  readonly setDisabled: (seen: Job, disabled: boolean) => Promise<void>;
  readonly run: (names: readonly string[]) => Promise<void>;
  readonly remove: (jobs: readonly Job[]) => Promise<void>;
  readonly clear: (names: readonly string[]) => Promise<void>;
}

export interface WritingOptions {
  readonly client: Dkron;
  readonly journal: Journal;
  readonly readOnly: boolean;
  readonly dispatch: (message: Message) => void;
  readonly refresh: () => void;
}

export function createWriting(options: WritingOptions): Writing {
  const { client, journal, readOnly, dispatch, refresh } = options;
  const tell = (level: Flash['level'], text: string): void =>
    dispatch({ type: 'flash', flash: { level, text } });

  return {
    saveSchedule: async (seen, schedule, timezone) => {
      const { name } = seen;
      const wanted = { ...seen, schedule, timezone };
      const result = await writeJob(
        client,
        { seen, wanted },
        { journal, readOnly, merge: true },
      ).catch(
        // Whatever happened, the editor opens again with the text in it.
        (error: unknown) => ({ outcome: 'refused', error }) as const,
      );
      if (result.outcome === 'written' || result.outcome === 'same')
        dispatch({ type: 'schedule-saved', name, text: sentence(result, `${name}, schedule`) });
      else {
        const now = result.outcome === 'changed' ? (result.now?.job ?? null) : null;
        dispatch({ type: 'schedule-refused', name, lines: explain(result.error), now });
        refresh();
      }
    },
    setDisabled: async ({ name }, disabled) => {
      const result = await setDisabled(client, name, disabled, { journal, readOnly });
      const done = result.outcome === 'written' || result.outcome === 'same';
      tell(
        done ? 'ok' : 'error',
        sentence(result, `${name}, ${disabled ? 'disabled' : 'enabled'}`),
      );
      refresh();
    },
    clear: async (names) => {
      const failures: string[] = [];
      for (const name of names) {
        const result = await clearExecutions(client, name, { readOnly });
        if (result.outcome !== 'done') failures.push(explain(result.error).join(' · '));
      }
      const what = names.length === 1 ? names[0] : `${names.length} jobs`;
      if (failures.length === 0) tell('ok', `the runs of ${what} are cleared`);
      else tell('error', failures.join(' · '));
      refresh();
    },
    remove: async (jobs) => {
      const failures: string[] = [];
      const unnoted: string[] = [];
      const operation = randomUUID();
      for (const seen of families(jobs).parentsFirst.toReversed()) {
        const result = await deleteJob(client, seen, { journal, operation, readOnly });
        if (result.outcome !== 'written') failures.push(sentence(result, seen.name));
        else if (result.unnoted !== undefined) unnoted.push(result.unnoted);
      }
      const gone = jobs.length - failures.length;
      const names = jobs.length === 1 ? jobs[0]?.name : `${gone} of ${jobs.length} jobs`;
      if (gone === jobs.length)
        tell(
          'ok',
          [`deleted, and not there any more: ${names} (u undoes)`, ...unnoted.slice(0, 1)].join(
            '; ',
          ),
        );
      else tell('error', [`deleted ${names}`, ...failures].join(' · '));
      refresh();
    },
    run: async (names) => {
      const what = names.length === 1 ? names[0] : `${names.length} jobs`;
      // Dkron answers when a run has ended; until then it shows as running by itself.
      const running = names.map((name) => runJob(client, name, { readOnly }));
      tell('info', `asked to run ${what}; the end shows here`);
      refresh();
      const results = await Promise.all(running);
      const failures = results.flatMap((result) =>
        result.outcome === 'done' ? [] : [explain(result.error).join(' · ')],
      );
      if (failures.length === 0) tell('ok', `the run of ${what} has ended; o shows the output`);
      else tell('error', failures.join(' · '));
      refresh();
    },
  };
}

function sentence(result: WriteResult, what: string): string {
  if (result.outcome === 'written')
    return withUnnoted(`written and verified: ${what} (u undoes)`, result);
  if (result.outcome === 'same') return `nothing to write: the server has it so already`;
  return explain(result.error).join(' · ');
}
