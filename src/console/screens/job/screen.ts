import { jobRows } from '../../state/layout.ts';
import type { JobScreen, State } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { runsAt, runsOverhang } from '../runs/view.ts';
import { cellsPast } from '../sideways.ts';
import { detailsOf } from './details.ts';
import { jobBody, jobTitle } from './view.ts';

const detailRows = (state: State, { job: name }: JobScreen): number => {
  const job = state.jobs.byName.get(name)?.job;
  return job ? detailsOf(state, job, state.columns - 2).length : 0;
};

export const jobScreen: ScreenRow<JobScreen> = {
  // What can be done with a job can be done from the list, too: actions/job.ts.
  actions: [],
  title: jobTitle,
  body: jobBody,
  listing: (state, screen) => ({
    list: runsAt(state, screen.job),
    cursor: screen.cursor,
    height: jobRows(state, detailRows(state, screen)).runs,
  }),
  runsOf: ({ job }) => job,
  part: (state, screen) => {
    const lines = detailRows(state, screen);
    return lines === 0 ? null : { lines, height: jobRows(state, lines).details };
  },
  sideways: (state, screen) => cellsPast(runsOverhang(state, screen), state.columns >> 2),
};
