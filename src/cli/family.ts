/** `family`: the tree that the console's families show. */
import type { Command } from 'commander';
import { NotFound } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { type Branch, familyOf, familyTree } from '../job/family-tree.ts';
import type { Job } from '../job/job.ts';
import { jobStatus, type Standings, standingOf } from '../job/status.ts';
import { faultTexts, heldSpan, stateOf, stem, whenOf } from '../view/family.ts';
import { plain, quiet } from '../view/line.ts';
import { withDkron } from './connect.ts';
import { type Invocation, invocationOf } from './invocation.ts';
import { jobsMatching } from './jobs.ts';
import { type Column, printJson, printNote, printTable } from './output.ts';
import { oversightOf } from './oversight.ts';

export function register(program: Command): void {
  program
    .command('family')
    .description(
      'show parents and children as Dkron runs them, and what does not run when one fails',
    )
    .argument('[name]', 'a job of the family; all families without it')
    .action(async (name: string | undefined, _: object, command: Command) => {
      const invocation = invocationOf(command);
      await withDkron(invocation, (dkron) => tell(invocation, dkron, name ?? null));
    });
}

async function tell(invocation: Invocation, dkron: Dkron, name: string | null): Promise<void> {
  const { io, json } = invocation;
  const { jobs: listed, standings } = await jobsMatching(
    dkron,
    '',
    io.signal,
    oversightOf(invocation),
  );
  const jobs = new Map(listed.map(({ job }) => [job.name, job]));
  if (name !== null && !jobs.has(name))
    throw new NotFound(`there is no job ${name} on ${dkron.url}`);
  const branches = familyOf(familyTree<Job>(jobs, Date.now()), name);
  if (json)
    return printJson(
      io,
      branches.map((branch) => jsonOf(branch, standings)),
    );
  if (branches.length > 0) return printTable(io, columnsOf(standings), branches);
  printNote(
    io,
    name === null ? 'no job has a parent or children' : `${name} has no parent and no children`,
  );
}

const columnsOf = (standings: Standings): Column<Branch<Job>>[] => [
  { title: 'JOB', cell: (branch) => plain(stem(branch) + branch.name) },
  { title: 'STATUS', cell: (branch) => stateOf(branch, standingOf(standings, branch.name)) },
  { title: 'RUNS', cell: (branch) => quiet(whenOf(branch)) },
  { title: 'IF IT FAILS', cell: heldSpan },
];

/** `depth` are the steps below the root; `held` is how many do not run when it fails. */
const jsonOf = (branch: Branch<Job>, standings: Standings) => ({
  name: branch.name,
  depth: branch.depth,
  exists: branch.job !== null,
  status: branch.job === null ? null : jobStatus(branch.job, standingOf(standings, branch.name)),
  held: branch.held,
  faults: branch.faults.map((fault, at) => ({ fault, text: faultTexts(branch)[at] })),
});
