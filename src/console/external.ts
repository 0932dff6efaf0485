/** The whole job in the operator's own editor, as YAML. */
import { readFile } from 'node:fs/promises';
import { env } from 'node:process';
import { OperatorError } from '../base/errors.ts';
import type { Job } from '../job/job.ts';
import { jobFromYaml, jobToYaml } from '../job/yaml.ts';
import { removeTemporaryFile, runEditor, temporaryFile } from '../terminal/editor.ts';
import type { Message } from './model.ts';
import type { Terminal } from './terminal.ts';

/**
 * Hands the terminal to the editor and comes back with the job that was meant. A text that was
 * left from before is opened again. Throws OperatorError when the editor fails; its file is kept.
 */
export async function editOutside(
  terminal: Terminal,
  seen: Job,
  draft: string | undefined,
): Promise<Message> {
  const untouched = jobToYaml(seen);
  const path = await temporaryFile(`${seen.name}.yaml`, draft ?? untouched);
  await terminal.handOver(() => runEditor(path, env));
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new OperatorError(`${path} is gone after the editor`, {
      data: 'Nothing was changed.',
      next: 'e opens the job again.',
      cause,
    });
  });
  await removeTemporaryFile(path);
  if (text === untouched) return { type: 'edited', seen, text: null, wanted: null, problem: null };
  const read = jobFromYaml(text, seen);
  if ('job' in read) return { type: 'edited', seen, text, wanted: read.job, problem: null };
  const [first] = read.errors;
  const more = read.errors.length > 1 ? `, and ${read.errors.length - 1} more` : '';
  const problem = `line ${first?.line}: ${first?.message}${more}`;
  return { type: 'edited', seen, text, wanted: null, problem };
}
