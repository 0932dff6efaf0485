import { registerAgendaCommand } from './agenda.ts';
import { registerApplyCommand } from './apply.ts';
import { registerBackupCommand } from './backup.ts';
import { registerClearCommand } from './clear.ts';
import { registerCloneCommand } from './clone.ts';
import { registerCompletionCommand } from './completion.ts';
import { registerContextsCommands } from './contexts.ts';
import { registerCreateCommand } from './create.ts';
import { registerDeleteCommand } from './delete.ts';
import { registerDemoCommand } from './demo.ts';
import { registerDiffCommand } from './diff.ts';
import { registerDoctorCommand } from './doctor.ts';
import { registerDriftCommand } from './drift.ts';
import { registerEditCommand } from './edit.ts';
import { registerEnableCommands } from './enable.ts';
import { registerExecutionsCommand } from './executions.ts';
import { registerExportCommand } from './export.ts';
import { registerLogCommand } from './history.ts';
import { registerInfoCommand } from './info.ts';
import type { Program } from './invocation.ts';
import { registerJobCommand } from './job.ts';
import { registerJobsCommand } from './jobs.ts';
import { registerJournalCommand } from './journal.ts';
import { registerPinCommands } from './pin.ts';
import { registerPruneCommand } from './prune.ts';
import { registerRenameCommand } from './rename.ts';
import { registerRestoreCommand } from './restore/command.ts';
import { registerRunCommand } from './run.ts';
import { registerOutputCommand } from './run-output.ts';
import { registerScheduleCommands } from './schedule.ts';
import { registerSetScheduleCommand } from './set-schedule.ts';
import { registerShowCommand } from './show.ts';
import { registerSnapshotsCommand } from './snapshots.ts';
import { registerUndoCommand } from './undo/command.ts';
import { registerVerifyCommand } from './verify.ts';

const registrations = [
  registerJobsCommand,
  registerJobCommand,
  registerExecutionsCommand,
  registerOutputCommand,
  registerRunCommand,
  registerSetScheduleCommand,
  registerEditCommand,
  registerApplyCommand,
  registerEnableCommands,
  registerCreateCommand,
  registerCloneCommand,
  registerRenameCommand,
  registerDeleteCommand,
  registerClearCommand,
  registerUndoCommand,
  registerJournalCommand,
  registerBackupCommand,
  registerSnapshotsCommand,
  registerPinCommands,
  registerPruneCommand,
  registerShowCommand,
  registerLogCommand,
  registerDiffCommand,
  registerVerifyCommand,
  registerRestoreCommand,
  registerExportCommand,
  registerDriftCommand,
  registerAgendaCommand,
  registerScheduleCommands,
  registerContextsCommands,
  registerDemoCommand,
  registerDoctorCommand,
  registerInfoCommand,
  registerCompletionCommand,
];

/** Adds every command to the program, in the order in which `--help` lists them. */
export function addCommands(program: Program): void {
  for (const register of registrations) register(program);
}
