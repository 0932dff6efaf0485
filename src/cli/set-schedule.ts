import type { Command } from 'commander';
import { Refused } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Job } from '../job/job.ts';
import { type Finding, findingText } from '../job/lint/finding.ts';
import { type Around, checkJob, newFindings } from '../job/lint/lint.ts';
import { told } from '../plan/outcome.ts';
import { instantFromMillis } from '../schedule/index.ts';
import { plain } from '../view/line.ts';
import { confirm } from './confirm.ts';
import { doorTo, withDkron } from './connect.ts';
import { printJson, printLines } from './output.ts';
import { findingLines } from './plan-view.ts';
import { preview, previewJson, printPreviews } from './preview.ts';
import { waiting } from './results.ts';
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
  const { io, json, serverZone } = session;
  const { signal } = io;
  const [job, server] = await Promise.all([dkron.job(name, { signal }), dkron.server({ signal })]);
  const seen = job.value.job;
  const wanted = { ...seen, schedule, timezone: flags.timezone ?? seen.timezone };
  const now = instantFromMillis(Date.now());
  const { version } = server.value;
  const place = { serverTimezone: serverZone, version };
  const findings = findingsOf(seen, wanted, { now, version, serverZone });
  if (schedule !== seen.schedule || wanted.timezone !== seen.timezone) {
    const shown = json ? { ...io, stdout: io.stderr } : io;
    const yes = flags.yes === true;
    if (!json || (!yes && io.stderr.isTTY)) {
      const [before, after] = [preview(seen, place, now), preview(wanted, place, now)];
      printPreviews({ ...session, io: shown }, before, after, now);
      printLines(shown, findingLines(findings));
    }
    await confirm(session, `Write the new schedule of ${name} to ${dkron.url}?`, yes);
  }
  const options = { signal, onWait: waiting(io) };
  const [result] = await doorTo(session, dkron).write([{ seen, wanted }], options);
  if (result === undefined) return;
  if (result.outcome !== 'written' && result.outcome !== 'same') throw result.error;
  if (json) {
    const after = preview(wanted, place, now);
    printJson(io, { outcome: result.outcome, name, ...previewJson(after), findings });
  } else printLines(io, [[plain(told('write', result).message)]]);
}

/** What the change brings. Refuses here what the server would refuse, in its words. */
function findingsOf(seen: Job, wanted: Job, around: Around): readonly Finding[] {
  const findings = newFindings(checkJob(wanted, around), checkJob(seen, around));
  const error = findings.find(({ level }) => level === 'error');
  if (error === undefined) return findings;
  throw new Refused(findingText(error), {
    data: `nothing was sent; ${seen.name} keeps ${seen.schedule}`,
    next: "'dkron-tui schedule next' shows what a schedule does",
    findings,
  });
}
