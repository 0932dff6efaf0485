/** A tree of families in words and lines, for both twins. */
import { counted } from '../base/counted.ts';
import type { Branch, Fault } from '../job/family-tree.ts';
import type { JobFacts } from '../job/job.ts';
import { jobStatus, type Standing } from '../job/status.ts';
import { statusSpan } from './job-columns.ts';
import { plain, quiet, type Span, toned } from './line.ts';

/** `│ └ `, before the name. */
export function stem({ lasts }: Branch<JobFacts>): string {
  const above = lasts.slice(0, -1).map((isLast) => (isLast ? '  ' : '│ '));
  const own = lasts.length === 0 ? '' : lasts.at(-1) ? '└ ' : '├ ';
  return above.join('') + own;
}

/** What each fault means, `other` being the job that it is about. */
const meanings: Readonly<Record<Fault, (branch: Branch<JobFacts>) => string>> = {
  phantom: ({ other }) =>
    `${other} lists it, and it does not exist: what is listed behind it does not run`,
  'cut-off': ({ other }) => `it does not run: ${other}, listed before it, does not exist`,
  doubled: () => 'it is listed more than once, and runs as often',
  unlisted: ({ other }) => `it never runs: ${other} does not list it`,
  foreign: ({ other }) =>
    `it runs after this too, though ${other === '' ? 'it has no parent' : `its parent is ${other}`}`,
  orphan: ({ other }) => `it never runs: its parent ${other} does not exist`,
  circle: ({ other }) =>
    `a circle: once one of them runs, they run each other without an end; its parent is ${other}`,
  'above-disabled': ({ other }) => `it waits for ${other}, which is disabled`,
  expired: () => 'it has expired, and is skipped',
  mixed: ({ job }) =>
    `its schedule ${job?.schedule ?? ''} does not count: it runs after its parent only`,
};

/** A note is worth an eye; the others keep something from running. */
const onlyNotes: ReadonlySet<Fault> = new Set(['mixed', 'above-disabled', 'expired']);

export const isBroken = ({ faults }: Branch<JobFacts>): boolean =>
  faults.some((fault) => !onlyNotes.has(fault));

export const faultTexts = (branch: Branch<JobFacts>): string[] =>
  branch.faults.map((fault) => meanings[fault](branch));

export const stateOf = (branch: Branch<JobFacts>, standing: Standing): Span =>
  branch.job === null ? toned('✗ missing', 'bad') : statusSpan(jobStatus(branch.job, standing));

/** What does not run when this one fails, else why it does not run itself. */
export function heldSpan(branch: Branch<JobFacts>): Span {
  const texts = faultTexts(branch);
  if (texts.length > 0)
    return toned(`! ${texts.join('; ')}`, isBroken(branch) ? 'bad' : 'attention');
  if (branch.job?.disabled && branch.held > 0)
    return toned(
      `${counted(branch.held)} below ${branch.held === 1 ? 'waits' : 'wait'} for it`,
      'attention',
    );
  if (branch.held === 0) return quiet('');
  return plain(`${counted(branch.held)} below ${branch.held === 1 ? 'does' : 'do'} not run`);
}

export const whenOf = ({ job, depth }: Branch<JobFacts>): string =>
  job === null ? '' : depth > 0 ? 'after' : job.schedule;
