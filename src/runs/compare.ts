/** Two runs of a job, compared: what they printed, and how the job was defined for each. */
import { unfinished } from '../dkron/execution.ts';
import { cutText } from '../dkron/kept-output.ts';
import type { Execution } from '../dkron/shapes.ts';
import { serverTime } from '../job/time.ts';
import type { History } from '../snapshot/history/history.ts';
import { type OutputDifference, outputDifference } from './difference.ts';
import { linesOf, type OutputLines } from './lines.ts';
import { type Definitions, definitionsAt } from './then.ts';

/** What was read: nothing of it is kept. */
export interface ReadRuns {
  /** With their whole outputs. */
  readonly older: Execution;
  readonly newer: Execution;
  /** What snapshots and the journal know of the job; or why that could not be read. */
  readonly history: History | { readonly why: string };
}

export interface ComparedRuns {
  readonly older: Execution;
  readonly newer: Execution;
  readonly definitions: Definitions | { readonly kind: 'unread'; readonly why: string };
  readonly lines: { readonly older: OutputLines; readonly newer: OutputLines };
  readonly output: OutputDifference;
}

export function compareRuns({ older, newer, history }: ReadRuns): ComparedRuns {
  const lines = { older: outputOf(older), newer: outputOf(newer) };
  const [from, to] = [older, newer].map(startOf) as [number | null, number | null];
  const definitions =
    'why' in history
      ? ({ kind: 'unread', why: history.why } as const)
      : from === null || to === null
        ? ({ kind: 'unread', why: 'Dkron does not say when they began' } as const)
        : definitionsAt(history.steps, from, to);
  return { older, newer, definitions, lines, output: outputDifference(lines.older, lines.newer) };
}

const startOf = (run: Execution): number | null => serverTime(run.started_at)?.getTime() ?? null;

function outputOf(run: Execution): OutputLines {
  const cut = run.output_truncated ? 'the server sent only its end' : cutText(run.output);
  const lines = linesOf(run.output, cut);
  return unfinished(run) ? { ...lines, notes: ['it has no end yet', ...lines.notes] } : lines;
}
