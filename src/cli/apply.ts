import type { Command } from 'commander';
import { CorruptFile, type ExitName } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { closeBody } from '../job/body.ts';
import type { Job } from '../job/job.ts';
import { jobsFromText } from '../job/job-file.ts';
import { planRestore, withoutRest } from '../restore/plan.ts';
import { type ChangeFlags, change, changeOptions, namesText } from './change.ts';
import { withDkron } from './connect.ts';
import type { Io } from './io.ts';
import { liveJobs } from './live.ts';
import { readText } from './read-text.ts';
import { endWith, type Session, sessionOf } from './session.ts';

export function registerApplyCommand(program: Command): void {
  const command = program
    .command('apply')
    .description('make jobs what files say, in YAML or JSON; other jobs are left alone')
    .argument('<files...>', "a job, a list or several documents each; '-' is standard input");
  changeOptions(command)
    .addHelpText(
      'after',
      '\nA file has the whole definition: what it leaves out is reset. JSON in a body keeps the white\nspace it is stored with.',
    )
    .action(async (files: string[], flags: ChangeFlags) => {
      const session = sessionOf(command);
      endWith(command, await withDkron(session, (dkron) => apply(session, dkron, files, flags)));
    });
}

async function apply(
  session: Session,
  dkron: Dkron,
  files: readonly string[],
  flags: ChangeFlags,
): Promise<ExitName> {
  const { io } = session;
  const read = await readJobs(io, files);
  const live = await liveJobs(dkron, io.signal);
  const stored = new Map(live.map((job) => [job.name, job]));
  const wanted = read.map((job) => spacedLike(stored.get(job.name), job));
  const plan = withoutRest(planRestore(wanted, live));
  const title = (names: readonly string[]): string => `Write ${namesText(names)}`;
  return change(session, dkron, { title, plan, live, partly: true, whole: true }, flags);
}

/** The jobs of all files, each name once. Throws NotFound, and CorruptFile with all that is wrong. */
async function readJobs(io: Io, files: readonly string[]): Promise<Job[]> {
  const fileOf = new Map<string, string>();
  const jobs: Job[] = [];
  for (const file of files) {
    const read = jobsFromText(await readText(io, file), file);
    if ('errors' in read) {
      const [first, ...more] = read.errors.map(
        ({ line, column, message }) => `${file}:${line}:${column}: ${message}`,
      );
      throw new CorruptFile(first!, {
        data: 'nothing was written',
        ...(more.length === 0 ? {} : { next: more.join(' · ') }),
      });
    }
    for (const job of read.jobs) {
      const other = fileOf.get(job.name);
      if (other !== undefined)
        throw new CorruptFile(`job ${job.name} is in ${other} and in ${file}`, {
          data: 'nothing was written',
        });
      fileOf.set(job.name, file);
      jobs.push(job);
    }
  }
  return jobs;
}

/** JSON that differs from what is stored by white space only does not differ. */
function spacedLike(stored: Job | undefined, job: Job): Job {
  const [old, config] = [stored?.executor_config, job.executor_config];
  if (!old || !config) return job;
  const spaced = Object.entries(config).map(([key, text]) => {
    const before = old[key];
    return [key, before !== undefined && /^\s*[{[]/.test(before) ? closeBody(before, text) : text];
  });
  return { ...job, executor_config: Object.fromEntries(spaced) };
}
