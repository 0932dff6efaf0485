/** One job: its details above, its runs below with the cursor on one of them. */

import { counted } from '../../../base/counted.ts';
import { jobStatus, standingOf } from '../../../job/status.ts';
import { bar, fillRows, rule, spread } from '../../../view/compose.ts';
import { statusSpan } from '../../../view/job-columns.ts';
import { bold, type Line, quiet } from '../../../view/line.ts';
import { zoneText } from '../../../view/zones.ts';
import { windowOf } from '../../state/cursor.ts';
import { firstShown, jobRows } from '../../state/layout.ts';
import type { JobScreen, State } from '../../state/model.ts';
import { standingsIn } from '../../state/standings.ts';
import { runRows, runsAt, runsCount } from '../runs/view.ts';
import { detailsOf } from './details.ts';

export function jobTitle(state: State, screen: JobScreen): Line {
  const job = state.jobs.byName.get(screen.job)?.job;
  if (!job) return [bold(` ${screen.job}`), quiet('  is not on this server any more')];
  return spread(
    [bold(` ${job.name}  `), statusSpan(jobStatus(job, standingOf(standingsIn(state), job.name)))],
    [quiet(`${job.executor}  `)],
    state.columns,
  );
}

export function jobBody(state: State, screen: JobScreen, inset: readonly Line[]): Line[] {
  const job = state.jobs.byName.get(screen.job)?.job;
  const edited = inset.length > 0;
  const all = job ? detailsOf(state, job, state.columns - 2, edited) : [];
  const details = [...all.slice(0, 1), ...inset, ...all.slice(1)];
  const rows = jobRows(state, details.length);
  const top = edited ? 0 : firstShown(screen.top, details.length, rows.details);
  const more = details.length - top - rows.details;
  const shown = fillRows(
    details.slice(top, top + rows.details).map((line): Line => [bar(screen.inPane), ...line]),
    rows.details,
  );
  const runs = runsAt(state, screen.job);
  const newer = windowOf(screen.cursor, runs, rows.runs).start;
  const count = runsCount(state, screen.job);
  const word = [
    'Runs',
    ...(count === null ? [] : [`${count}${newer > 0 ? `, ${newer} newer above` : ''}`]),
    zoneText(state, job),
    ...(more > 0 ? [`${counted(more, 'more line')} of the job: tab`] : []),
  ].join(' ─ ');
  return [
    ...shown,
    rule(state.columns, word),
    ...fillRows(runRows(state, screen, rows.runs), rows.runs),
  ];
}
