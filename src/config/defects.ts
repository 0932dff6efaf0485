/** Failures that no sentence was written for: kept in a file for whoever mends the program. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Defect, OperatorError } from '../base/errors.ts';
import { type Log, noLog } from '../base/log.ts';
import { withoutUserinfo } from '../base/userinfo.ts';
import { version } from '../base/version.ts';
import { systemError } from './files.ts';

/** Older files give way to newer ones. */
const kept = 20;
/** Two of them in one millisecond have two names. */
let count = 0;

/**
 * Any failure as an error for the operator. A failure of the file system is said in words; of
 * anything else, a defect of ours, the stack goes into the log and into a file of `folder` (0600)
 * that is named.
 * Never throws, and waits for nothing: the program may be about to end.
 */
export function operatorError(error: unknown, folder: string, log: Log = noLog): OperatorError {
  const known = systemError(error);
  if (known instanceof OperatorError) return known;
  const file = keep(error, folder);
  log.note('defect', () => ({ file, stack: detailsOf(error) }));
  return new Defect('dkron-tui failed because of a defect of its own', {
    data: "If a change was under way it may have happened: 'dkron-tui journal' shows it.",
    next:
      file === null
        ? 'Its details could not be saved. When you report the defect, say what you did.'
        : `Its details are in ${file}. Add this file when you report the defect.`,
    cause: error,
  });
}

function keep(error: unknown, folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const at = new Date().toISOString().replaceAll(':', '').replace('.', '');
    const file = join(folder, `${at}-${process.pid}-${count++}.txt`);
    writeFileSync(file, `${detailsOf(error).join('\n')}\n`, { mode: 0o600, flag: 'wx' });
    const names = readdirSync(folder).sort();
    for (const name of names.slice(0, -kept)) rmSync(join(folder, name), { force: true });
    return file;
  } catch {
    return null;
  }
}

/** What helps to find the place, and nothing of jobs: no body, header or credential. */
export function detailsOf(error: unknown): string[] {
  const { node } = process.versions;
  const lines = [`dkron-tui ${version}, Node ${node}, ${process.platform} ${process.arch}`];
  for (let at: unknown = error; at instanceof Error && lines.length < 100; at = at.cause)
    lines.push(`${at.name}: ${messageOf(at)}`, ...framesOf(at));
  return lines.length > 1 ? lines : [...lines, `thrown: ${typeof error}`];
}

/** JSON.parse and the like quote what they read. */
const messageOf = ({ name, message }: Error): string =>
  name === 'SyntaxError'
    ? '(left out: it may quote what was read)'
    : withoutUserinfo(message).slice(0, 300);

const framesOf = ({ stack = '' }: Error): string[] =>
  stack.split('\n').filter((line) => /^\s+at /.test(line));
