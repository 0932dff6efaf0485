/** The history of a job as the log has it. */
import type { Version } from '../../journal/history/seen.ts';
import type { Step } from '../../journal/history/steps.ts';
import type { History } from '../../snapshot/history/history.ts';
import type { Veil } from './veil.ts';

export const historyOf = ({ steps, ...history }: History, veil: Veil): History => ({
  ...history,
  steps: steps.map((step) => stepOf(step, veil)),
  passedOver: history.passedOver.map(({ snapshot, why }) => ({
    snapshot,
    why: veil.sentence(why),
  })),
  unreadable: history.unreadable.map(veil.sentence),
});

export const stepOf = ({ from, to, ...step }: Step, veil: Veil): Step => ({
  ...step,
  from: from && versionOf(from, veil),
  to: to && versionOf(to, veil),
  changes: step.changes.map((one) => veil.change((to ?? from)?.job.executor ?? '', one)),
});

const versionOf = ({ job, text }: Version, veil: Veil): Version => ({
  job: veil.job(job),
  text: veil.definition(text),
});
