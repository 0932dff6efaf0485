/** The details of a job as the screens show them: with the drafts there are of it. */
import type { Job } from '../../../job/job.ts';
import { detailLines } from '../../../view/job-details.ts';
import type { Line } from '../../../view/line.ts';
import { draftsText } from '../../state/drafts.ts';
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
      drafts: draftsText(state, job.name),
      past: state.setting.inside !== undefined,
      trouble: troubleOf(state, job),
      takes: takesOf(state, job),
    },
    edited,
  );
