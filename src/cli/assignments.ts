/** `--set`, `--unset` and `--body`: what a job shall have, as the options of a command. */
import type { Command } from 'commander';
import { UsageError } from '../base/errors.ts';
import type { Job } from '../job/job.ts';
import { removePath, setPath } from '../job/values/path.ts';
import type { Io } from './io.ts';
import { readText } from './read-text.ts';

export interface AssignmentFlags {
  readonly set: readonly string[];
  readonly unset: readonly string[];
  readonly body?: string;
}

export const assignmentOptions = (command: Command): Command =>
  command
    .option(
      '--set <path=value>',
      'set a field, a key or a part of a body to this value',
      gather,
      [],
    )
    .option('--unset <path>', 'remove a value', gather, [])
    .option('--body <file>', "the HTTP body, from a file or '-' for standard input")
    .addHelpText('after', help);

const gather = (value: string, before: readonly string[]): string[] => [...before, value];

const help = `
--set and --unset can be given many times. --body is applied first, then --unset, then --set:
  --set schedule='0 */5 * * * *' --set disabled=false --set tags.role=worker:1
  --set executor_config.headers.Accept=text/plain
  --set 'executor_config.body.positions[0].radius=1500'   (inside a body the value is JSON)
A JSON body keeps the white space it is stored with; the line end at the end of the file is not
part of the body.`;

/** Reads what the options name; the result makes of a job what they ask for, or throws UsageError. */
export async function readAssignments(
  io: Io,
  { set, unset, body }: AssignmentFlags,
): Promise<(job: Job) => Job> {
  const text = body === undefined ? undefined : (await readText(io, body)).replace(/\r?\n$/, '');
  const pairs = set.map(pairOf);
  return (job) => {
    let wanted = job;
    const keep = (option: string, changed: ReturnType<typeof setPath>): void => {
      if ('error' in changed)
        throw new UsageError(`${job.name}: ${option}: ${changed.error}`, nothing);
      wanted = changed.job;
    };
    if (text !== undefined) keep('--body', setPath(wanted, 'executor_config.body', text));
    for (const path of unset) keep(`--unset ${path}`, removePath(wanted, path));
    for (const [path, value] of pairs) keep(`--set ${path}`, setPath(wanted, path, value));
    return wanted;
  };
}

/** At the first `=` that is not inside quotes: `tags["a=b"]=c`. */
function pairOf(text: string): readonly [path: string, value: string] {
  const [, path, value] = /^((?:"(?:[^"\\]|\\.)*"|[^="])+)=(.*)$/s.exec(text) ?? [];
  if (path !== undefined && value !== undefined) return [path, value];
  throw new UsageError(`--set ${text} is not path=value`, nothing);
}

const nothing = { data: 'nothing was written' };
