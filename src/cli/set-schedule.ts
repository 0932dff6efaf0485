import type { Command } from 'commander';
import type { ExitName } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { fillTimes } from '../oversight/fill-times.ts';
import { openTimes } from '../oversight/kept-times.ts';
import { planSchedule } from '../plan/edits.ts';
import { type ChangeFlags, change } from './change.ts';
import { changeOptions } from './change-options.ts';
import type { Reached } from './cluster.ts';
import { endWith, invocationOf } from './invocation.ts';
import { jobNamed, liveJobs } from './live.ts';
import { preview, previewJson } from './preview.ts';
import { withCluster } from './with-cluster.ts';

interface Flags extends ChangeFlags {
  readonly timezone?: string;
}

export function register(program: Command): void {
  const command = program
    .command('set-schedule')
    .description('change the schedule of a job, after showing the next runs')
    .argument('<name>', 'name of the job')
    .argument('<spec>', 'the schedule, in the syntax of Dkron')
    .option('--timezone <zone>', "the job's time zone; '' removes it");
  changeOptions(command).action(async (name: string, spec: string, flags: Flags) => {
    const invocation = invocationOf(command);
    const work = (dkron: Dkron, reached: Reached) => setSchedule(reached, dkron, name, spec, flags);
    endWith(command, await withCluster(invocation, 'change', work));
  });
}

async function setSchedule(
  invocation: Reached,
  dkron: Dkron,
  name: string,
  schedule: string,
  flags: Flags,
): Promise<ExitName> {
  const live = await liveJobs(invocation, dkron);
  const seen = jobNamed(dkron, live, name);
  const wanted = { schedule, timezone: flags.timezone ?? seen.timezone };
  const clock = { now: Date.now(), serverZone: invocation.target.serverZone };
  const then = preview({ ...seen, ...wanted }, clock);
  // How long its runs take decides whether they end in time.
  const { times } = await fillTimes(dkron, [seen], {
    file: openTimes(invocation.here.places.times),
    signal: invocation.io.signal,
    now: Date.now,
    budget: 1,
  });
  const wish = {
    title: `Change the schedule of ${name}`,
    plan: planSchedule(seen, wanted, live),
    live,
    about: previewJson(then),
    times,
    advice: "'dkron-tui schedule next' shows what a schedule does",
  };
  return change(invocation, dkron, wish, flags);
}
