/** What is asked about the past of a job, and what comes of it. */
import type { History } from '../../snapshot/history/history.ts';
import type { RunComparisonEffect, RunComparisonMessage } from './run-comparison.ts';
import type { WhyEffect, WhyMessage } from './why.ts';

/** `problem`: why it could not be read. */
interface HistoryMessage {
  readonly type: 'history';
  readonly name: string;
  readonly history: History | null;
  readonly problem?: string;
}

export type PastMessage = HistoryMessage | RunComparisonMessage | WhyMessage;

export type PastEffect =
  | { readonly type: 'read-history'; readonly name: string }
  | RunComparisonEffect
  | WhyEffect;
