import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { counted } from '../base/counted.ts';
import type { ExitName } from '../base/errors.ts';
import { readTtls } from '../contexts/ttl-source.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Live } from '../dkron/live.ts';
import { readNodes } from '../dkron/nodes.ts';
import type { Job } from '../job/job.ts';
import { amongFindings } from '../job/lint/among.ts';
import { type Finding, findingText, type Level, levels } from '../job/lint/finding.ts';
import {
  countLevels,
  type Found,
  inOrder,
  isAtLeast,
  isMendable,
  levelsText,
  mended,
} from '../job/lint/found.ts';
import { ignoring } from '../job/lint/ignore.ts';
import type { Around } from '../job/lint/lint.ts';
import { listedFindings } from '../job/lint/listed.ts';
import type { ReadBy } from '../job/lint/pauses.ts';
import { mayOverrun } from '../job/lint/run-times.ts';
import { parentsOf } from '../job/parent.ts';
import { standingOf } from '../job/status.ts';
import { type Coverage, coverageOf } from '../job/ttl/match.ts';
import { fillTimes } from '../oversight/fill-times.ts';
import type { KnownTimes } from '../oversight/kept-times.ts';
import { standingsFor } from '../oversight/once.ts';
import { planEdits } from '../plan/edits.ts';
import { instantFromMillis } from '../schedule/index.ts';
import { coverageText, ignoredText, levelTones } from '../view/findings.ts';
import { plain, quiet, toned } from '../view/line.ts';
import { type ChangeFlags, change, jobsText } from './change.ts';
import { changeOptions } from './change-options.ts';
import { withDkron } from './connect.ts';
import { endWith, type Invocation, invocationOf } from './invocation.ts';
import { checkedFilter, filterHelp, filterWords } from './jobs.ts';
import { liveJobs } from './live.ts';
import { type Column, printJson, printLines, printTable } from './output.ts';
import { oversightOf } from './oversight.ts';
import { filterOf, viewOption } from './view.ts';
import { withCluster } from './with-cluster.ts';

interface Flags extends ChangeFlags {
  readonly level: Level;
  readonly rule: readonly string[];
  readonly fix?: boolean;
  readonly view?: string;
}

/** `lint`: what the checks say of all jobs; the twin of the console's list of findings. */
export function register(program: Command): void {
  const command = program
    .command('lint')
    .description('check jobs: what is wrong with them, the worst first, and what to write instead')
    .argument('[filter...]', filterWords)
    .option(...viewOption)
    .option('--level <level>', 'the least that is told: error, warning or note', level, 'warning')
    .option('--rule <name>', 'only this rule; may be given several times', several, [])
    .option('--fix', 'show the fixes as a plan, ask, and write them')
    .addHelpText('after', help);
  changeOptions(command).action(async (words: string[], flags: Flags) => {
    const invocation = invocationOf(command);
    const filter = filterOf(invocation.target, words, flags.view);
    const exit = flags.fix
      ? await withCluster(invocation, 'change', async (dkron, reached) => {
          const { live, found } = await look(invocation, dkron, filter, flags);
          const wanted = [...Map.groupBy(found, ({ job }) => job)].flatMap(([name, its]) => {
            const job = live.jobs.find((one) => one.name === name)!;
            return (
              mended(
                job,
                its.map(({ finding }) => finding),
              ) ?? []
            );
          });
          const title = `Mend ${jobsText(wanted)}`;
          return change(reached, dkron, { title, plan: planEdits(wanted, live), live }, flags);
        })
      : await withDkron(invocation, (dkron) => tell(invocation, dkron, filter, flags));
    endWith(command, exit);
  });
}

const help = (): string => `
Exit code 3: something was found that is at least of --level. The options below --fix are of its plan.
--json: { looked, error, warning, note, ignored, ttl?, jobs: [{ name, findings: [{ rule, level, path,
text, fix? }] }] }; the first numbers count jobs and findings, ttl what of the table is about these jobs.
What is left out, and a table of how often jobs have to run, stand in the context: docs/contexts.md.
${filterHelp()}`;

function level(text: string): Level {
  const found = levels.find((one) => one === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError('It must be error, warning or note.');
}

const several = (text: string, before: readonly string[]): string[] => [...before, text];

interface Looked {
  readonly live: Live;
  readonly looked: readonly Job[];
  readonly found: readonly Found[];
  /** How many were left out, by what the context says. */
  readonly ignored: number;
  readonly ttl: Coverage | undefined;
}

async function look(
  invocation: Invocation,
  dkron: Dkron,
  filter: string,
  flags: Pick<Flags, 'level' | 'rule'>,
): Promise<Looked> {
  const { io, target } = invocation;
  const holds = checkedFilter(filter);
  const ttls = target.lint.ttl ? await readTtls(target.lint.ttl, io.env) : undefined;
  const [live, standings, server, nodes] = await Promise.all([
    liveJobs(invocation, dkron),
    standingsFor(dkron, filter, oversightOf(invocation), io.signal),
    dkron.server({ signal: io.signal }),
    readNodes(dkron, { signal: io.signal }),
  ]);
  const times = await learntTimes(invocation, dkron, live.jobs, {
    now: instantFromMillis(Date.now()),
    version: server.value.version,
    serverZone: target.serverZone,
  });
  const unread = live.unreadable.map(({ name }) => ({ name, parent_job: '' }));
  const around: Around = {
    now: instantFromMillis(Date.now()),
    version: server.value.version,
    serverZone: target.serverZone,
    nodes,
    ttls,
    times,
    jobs: new Map(live.jobs.map((job) => [job.name, job])),
    parents: parentsOf([...unread, ...live.jobs]),
  };
  const among = amongFindings(live.jobs);
  const left = ignoring(target.lint.ignore);
  const looked = live.jobs.filter((job) => holds(job, standingOf(standings, job.name)));
  let ignored = 0;
  const isTold = (job: Job, finding: Finding): boolean => {
    if (!isAtLeast(finding.level, flags.level)) return false;
    if (flags.rule.length > 0 && !flags.rule.includes(finding.rule)) return false;
    const isIgnored = left(job, finding);
    ignored += Number(isIgnored);
    return !isIgnored;
  };
  const found = inOrder(
    looked.flatMap((job) =>
      listedFindings(job, around, among)
        .filter((finding) => isTold(job, finding))
        .map((finding): Found => ({ job: job.name, finding })),
    ),
  );
  const ttl = ttls && coverageOf(ttls, live.jobs);
  return { live, looked, found, ignored, ttl };
}

/** How long those take that may not keep their schedules, by what is kept and as much more as there is time for. */
async function learntTimes(
  invocation: Invocation,
  dkron: Dkron,
  jobs: readonly Job[],
  by: ReadBy,
): Promise<KnownTimes> {
  const asked = jobs.filter((job) => mayOverrun(job, by));
  const { kept } = oversightOf(invocation);
  const files = asked.length === 0 ? null : await kept.open(dkron, true);
  if (files === null) return new Map();
  const { signal } = invocation.io;
  const filled = await fillTimes(dkron, asked, {
    ...{ file: files.times, signal, now: Date.now },
    budget: kept.budget,
  });
  if (filled.unread > 0) kept.unread(filled.unread);
  return filled.times;
}

async function tell(
  invocation: Invocation,
  dkron: Dkron,
  filter: string,
  flags: Flags,
): Promise<ExitName> {
  const { io, json } = invocation;
  const seen = await look(invocation, dkron, filter, flags);
  const { looked, found, ignored, ttl } = seen;
  if (json) printJson(io, asJson(seen));
  else {
    if (found.length > 0) printTable(io, columns, found);
    const mendable = found.filter(({ finding }) => isMendable(finding)).length;
    const fixes = mendable === 0 ? '' : `; ${counted(mendable, 'fix', 'fixes')}: --fix`;
    printLines(io, [
      [
        quiet(
          `${levelsText(countLevels(found))} in ${counted(looked.length)}${ignoredText(ignored)}${fixes}`,
        ),
      ],
      ...(ttl === undefined ? [] : [[quiet(coverageText(ttl))]]),
    ]);
  }
  return found.length > 0 ? 'differs' : 'ok';
}

/** Jobs with findings, each with its list, the worst first; and how many there are of each level. */
const asJson = ({ looked, found, ignored, ttl }: Looked) => ({
  looked: looked.length,
  ...countLevels(found),
  ignored,
  ...(ttl && { ttl }),
  jobs: [...Map.groupBy(found, ({ job }) => job)].map(([name, its]) => ({
    name,
    findings: its.map(({ finding }) => finding),
  })),
});

const columns: readonly Column<Found>[] = [
  { title: 'LEVEL', cell: ({ finding: { level } }) => toned(level, levelTones[level]) },
  { title: 'RULE', cell: ({ finding }) => quiet(finding.rule) },
  { title: 'JOB', cell: ({ job }) => plain(job) },
  {
    title: 'WHAT',
    cell: ({ finding }) => plain(findingText(finding)),
  },
];
