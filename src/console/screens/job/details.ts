/** The details of a job as the screens show them: with the drafts there are of it. */
import type { Job } from '../../../job/job.ts';
import { detailLines } from '../../../view/job-details.ts';
import type { Line } from '../../../view/line.ts';
import { draftKey, draftsText } from '../../state/drafts.ts';
import type { State } from '../../state/model.ts';
import { takesOf } from '../../state/takes.ts';
import { troubleOf } from '../../state/troubles.ts';

export const detailsOf = (
  state: State,
  job: Job,
  columns: number,
  edited = false,
): readonly Line[] =>
  detailLines(
    state,
    job,
    columns,
    {
      skew: state.clocks.skew,
      drafts: draftsText(state, job.name, openDraft(state)),
      past: state.setting.inside !== undefined,
      trouble: troubleOf(state, job),
      takes: takesOf(state, job),
    },
    edited,
  );

/** What is being typed where one sees it: to tell of it too would move all below with the first key. */
const openDraft = ({ overlay }: State): string | undefined =>
  overlay?.kind === 'schedule' ? draftKey(overlay.seen.name, 'schedule') : undefined;
