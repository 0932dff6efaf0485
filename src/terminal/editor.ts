/** The operator's own editor on a temporary file. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { OperatorError } from '../base/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What VISUAL or EDITOR holds, arguments and quotes included, or `vi`. */
export function editorCommand(env: Environment): string {
  return env['VISUAL'] || env['EDITOR'] || 'vi';
}

/** Writes a file that only its owner may read, in a folder of its own. @returns its path. */
export async function temporaryFile(name: string, text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'dkron-tui-')), name);
  await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  return path;
}

export async function removeTemporaryFile(path: string): Promise<void> {
  await rm(dirname(path), { recursive: true, force: true });
}

/**
 * Runs the editor on the file until it ends; the terminal has to be handed over before. The file is
 * left as the editor leaves it, also when this fails.
 *
 * @throws OperatorError when the editor cannot be started or ends with an error.
 */
export async function runEditor(path: string, env: Environment): Promise<void> {
  const editor = editorCommand(env);
  const failure = failureOf(await withoutInterrupts(() => run(editor, path, env)));
  if (failure === undefined) return;
  throw new OperatorError(`The editor "${editor}" ${failure}.`, {
    data: `Nothing was changed; your text is in ${path}.`,
    next: 'Set VISUAL or EDITOR to an editor that works here, and try again.',
  });
}

interface ProcessEnd {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

function failureOf({ status, signal }: ProcessEnd): string | undefined {
  if (signal !== null) return `was ended by ${signal}`;
  if (status === 0) return undefined;
  return status === 127 ? 'was not found' : `ended with status ${status}`;
}

/** As git starts editors: by the shell, so that arguments and quotes in the variable work. */
function run(editor: string, path: string, env: Environment): Promise<ProcessEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', `${editor} "$@"`, editor, path], { stdio: 'inherit', env });
    child.on('error', reject);
    child.on('exit', (status, signal) => resolve({ status, signal }));
  });
}

/** Ctrl-C typed in the editor also reaches us, its parent in the same terminal. */
async function withoutInterrupts<T>(work: () => Promise<T>): Promise<T> {
  const ignore = () => {};
  const signals = ['SIGINT', 'SIGQUIT'] as const;
  for (const signal of signals) process.on(signal, ignore);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, ignore);
  }
}
