import type { Command } from 'commander';
import { UsageError } from '../base/errors.ts';
import { plain } from '../console/line.ts';
import type { Dkron } from '../dkron/client.ts';
import { writeJob } from '../dkron/write.ts';
import { openJournal } from '../restore/journal.ts';
import { instantFromMillis } from '../schedule/index.ts';
import { confirm } from './confirm.ts';
import { withDkron } from './connect.ts';
import { printJson, printLines, printNote } from './output.ts';
import { type Preview, preview, previewJson, printPreviews } from './preview.ts';
import { type Session, sessionOf } from './session.ts';

interface Flags {
  readonly timezone?: string;
  readonly yes?: boolean;
}

export function registerSetScheduleCommand(program: Command): void {
  program
    .command('set-schedule')
    .description('give a job another schedule, after showing when it will run')
    .argument('<name>', 'name of the job')
    .argument('<spec>', 'the schedule, as Dkron writes it')
    .option('--timezone <zone>', "the job's time zone; '' takes it away")
    .option('--yes', 'do not ask')
    .action(async (name: string, spec: string, flags: Flags, command: Command) => {
      const session = sessionOf(command);
      await withDkron(session, (dkron) => setSchedule(session, dkron, name, spec, flags));
    });
}

async function setSchedule(
  session: Session,
  dkron: Dkron,
  name: string,
  schedule: string,
  flags: Flags,
): Promise<void> {
  const { io, json, readOnly, serverZone } = session;
  const { signal } = io;
  const [job, server] = await Promise.all([dkron.job(name, { signal }), dkron.server({ signal })]);
  const seen = job.value.job;
  const wanted = { ...seen, schedule, timezone: flags.timezone ?? seen.timezone };
  const now = instantFromMillis(Date.now());
  const place = { serverTimezone: serverZone, version: server.value.version };
  const [before, after] = [preview(seen, place, now), preview(wanted, place, now)];
  checkValid(before, after);
  if (schedule !== seen.schedule || wanted.timezone !== seen.timezone) {
    if (!json) printPreviews(session, before, after, now);
    const question = `Write the new schedule of ${name} to ${dkron.url}?`;
    await confirm(session, question, flags.yes === true);
  }
  const journal = openJournal(io.places.journal(dkron.url));
  const options = { journal, readOnly, signal };
  const result = await writeJob(dkron, { seen, wanted }, options);
  if (result.outcome !== 'written' && result.outcome !== 'same') throw result.error;
  if (json) printJson(io, { outcome: result.outcome, name, ...previewJson(after) });
  else printLines(io, [[plain(verdicts[result.outcome])]]);
  if (result.outcome === 'written' && result.unnoted !== undefined) printNote(io, result.unnoted);
}

/** Refuses here what the server would refuse, in its words. */
function checkValid(before: Preview, { parsed }: Preview): void {
  if (parsed.valid) return;
  throw new UsageError(parsed.error, {
    data: `nothing was sent; ${before.job.name} keeps ${before.job.schedule}`,
    next: "'dkron-tui schedule next' shows what a schedule does",
  });
}

const verdicts = {
  written: 'written and verified',
  same: 'nothing to write: the server has it so already',
};
