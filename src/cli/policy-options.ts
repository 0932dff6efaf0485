import { type Command, Option } from 'commander';
import { policyOptions } from '../plan/policy/options.ts';
import { also } from './several.ts';

/** Adds the options that say what is done to jobs on their way to a server, and with those that it has. */
export function withPolicyOptions(command: Command): Command {
  for (const { name, value, several, help } of policyOptions) {
    const option = new Option(`--${name}${value === undefined ? '' : ` <${value}>`}`, help);
    command.addOption(several ? option.argParser(also) : option);
  }
  return command;
}
