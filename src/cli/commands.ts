import { registerAgendaCommand } from './agenda.ts';
import { registerBackupCommand } from './backup.ts';
import { registerCompletionCommand } from './completion.ts';
import { registerDemoCommand } from './demo.ts';
import { registerExecutionsCommand } from './executions.ts';
import { registerJobCommand } from './job.ts';
import { registerJobsCommand } from './jobs.ts';
import { registerRestoreCommand } from './restore.ts';
import { registerRunCommand } from './run.ts';
import { registerOutputCommand } from './run-output.ts';
import { registerScheduleCommands } from './schedule.ts';
import type { Program } from './session.ts';
import { registerSetScheduleCommand } from './set-schedule.ts';

const registrations = [
  registerJobsCommand,
  registerJobCommand,
  registerExecutionsCommand,
  registerOutputCommand,
  registerRunCommand,
  registerSetScheduleCommand,
  registerBackupCommand,
  registerRestoreCommand,
  registerAgendaCommand,
  registerScheduleCommands,
  registerDemoCommand,
  registerCompletionCommand,
];

/** Adds every command to the program, in the order in which `--help` lists them. */
export function addCommands(program: Program): void {
  for (const register of registrations) register(program);
}
