/** Changes of single jobs through the write door, and its answers in the operator's words. */
import { explain } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Journal } from '../dkron/journal.ts';
import { runJob } from '../dkron/run.ts';
import { deleteJob, setDisabled, writeJob } from '../dkron/write.ts';
import type { WriteResult } from '../dkron/write-result.ts';
import type { Job } from '../job/job.ts';
import type { Flash, Message } from './model.ts';

export interface Writing {
  readonly saveSchedule: (seen: Job, schedule: string, timezone: string) => Promise<void>;
  readonly setDisabled: (seen: Job, disabled: boolean) => Promise<void>;
  readonly run: (name: string) => Promise<void>;
  readonly remove: (seen: Job) => Promise<void>;
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
      const result = await writeJob(client, { seen, wanted }, { journal, readOnly }).catch(
        // Whatever happened, the editor opens again with the text in it.
        (error: unknown) => ({ outcome: 'refused', error }) as const,
      );
      if (result.outcome === 'written' || result.outcome === 'same')
        dispatch({ type: 'schedule-saved', name, text: sentence(result, `${name}, schedule`) });
      else {
        dispatch({ type: 'schedule-refused', name, lines: explain(result.error) });
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
    remove: async (seen) => {
      const result = await deleteJob(client, seen, { journal, readOnly });
      const done = result.outcome === 'written';
      tell(done ? 'ok' : 'error', sentence(result, `${seen.name}, deleted`));
      refresh();
    },
    run: async (name) => {
      // Dkron answers when the run has ended; until then it shows as running by itself.
      const running = runJob(client, name, { readOnly });
      tell('info', `${name}: asked to run; its end shows here`);
      refresh();
      const result = await running;
      if (result.outcome === 'done') tell('ok', `${name}: the run has ended; o shows its output`);
      else tell('error', explain(result.error).join(' · '));
      refresh();
    },
  };
}

function sentence(result: WriteResult, what: string): string {
  if (result.outcome === 'written') return `written and verified: ${what}`;
  if (result.outcome === 'same') return `nothing to write: the server has it so already`;
  return explain(result.error).join(' · ');
}
