/** The fields of a job, one a row. */

import { findingWords } from '../../job/finding.ts';
import type { Job } from '../../job/job.ts';
import { type Around, checkJob } from '../../job/lint.ts';
import { keysOf, type Keys as List, windowOf } from '../cursor.ts';
import { draftKey } from '../drafts.ts';
import { editablePaths, type Keys, pathOf, textAt } from '../field-values.ts';
import { listRows } from '../layout.ts';
import { bold, type Line, plain, quiet, toned } from '../line.ts';
import { memo } from '../memo.ts';
import type { FieldsScreen, State } from '../model.ts';
import { aroundOf } from '../schedule-context.ts';
import { fillRows, spread } from './compose.ts';
import { cells, row, type Width } from './table.ts';

export const fieldRows = memo((job: Job): List & { readonly paths: readonly Keys[] } => {
  const paths = editablePaths(job);
  return { ...keysOf(paths.map(pathOf)), paths };
});

export const fieldsTitle = (state: State, screen: FieldsScreen): Line =>
  spread([plain(' '), bold(screen.name), quiet('  fields')], [], state.columns);

const findingsOf = memo((job: Job, around: Around) => checkJob(job, around));

export function fieldsBody(state: State, screen: FieldsScreen): Line[] {
  const job = state.jobs.byName.get(screen.name)?.job;
  if (!job) return [[quiet('   It is not on this server any more.')]];
  const height = listRows(state);
  const rows = fieldRows(job);
  const findings = findingsOf(job, aroundOf(state));
  const widths: Width[] = [{ width: 32 }, { width: Math.max(8, state.columns - 37) }];
  const { start, end } = windowOf(screen.cursor, rows, height);
  const cursor = screen.cursor.key ?? rows.keys[0];
  const lines = rows.paths.slice(start, end).map((keys) => {
    const path = pathOf(keys);
    const text = textAt(job, keys).replace(/\s*\n\s*/g, ' ');
    const problem = findings.find((candidate) => candidate.path === path);
    const draft = state.drafts.has(draftKey(job.name, path)) ? '(draft) ' : '';
    const value =
      problem === undefined
        ? plain(draft + text)
        : toned(
            `${draft}${text}  ! ${findingWords(problem)}`,
            problem.level === 'error' ? 'bad' : 'attention',
          );
    return row(cells([quiet(path), value], widths), {
      cursor: path === cursor,
      marked: false,
      columns: state.columns,
    });
  });
  return [
    [plain('   '), ...cells(['FIELD', 'VALUE'].map(quiet), widths)],
    ...fillRows(lines, height),
  ];
}
