/** The options of commands that change a server. */
import type { Command } from 'commander';

/** Adds the options that every changing command has. */
export const changeOptions = (command: Command): Command =>
  safetyOption(
    dryRunOption(command)
      .option(
        '--plan-out <file>',
        "keep the plan as a text to read, edit and review, for 'restore --apply', and write nothing; exit code 3 if something would change",
      )
      .option('--show-secrets', 'show passwords, tokens and other credentials as they are')
      .option('--yes', yesHelp),
  );

/** Those of a plan that is no text of its own, because it is kept otherwise. */
export const keptChangeOptions = (command: Command): Command =>
  safetyOption(dryRunOption(command).option('--yes', yesHelp));

const yesHelp = 'do not ask for confirmation';

const dryRunOption = (command: Command): Command =>
  command.option(
    '--dry-run',
    'show what would change and write nothing; exit code 3 if something would change',
  );

const safetyOption = (command: Command): Command =>
  command.option('--no-safety', 'take no snapshot of the jobs before more than one is changed');
