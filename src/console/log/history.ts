/** The history of a job as the log has it. */
import type { Version } from '../../journal/history/seen.ts';
import type { History } from '../../snapshot/history/history.ts';
import type { Veil } from './veil.ts';

export const historyOf = ({ steps, ...history }: History, veil: Veil): History => ({
  ...history,
  steps: steps.map(({ from, to, ...step }) => ({
    ...step,
    from: from && versionOf(from, veil),
    to: to && versionOf(to, veil),
    changes: step.changes.map((one) => veil.change((to ?? from)?.job.executor ?? '', one)),
  })),
  passedOver: history.passedOver.map(({ snapshot, why }) => ({
    snapshot,
    why: veil.sentence(why),
  })),
  unreadable: history.unreadable.map(veil.sentence),
});

const versionOf = ({ job, text }: Version, veil: Veil): Version => ({
  job: veil.job(job),
  text: veil.definition(text),
});
