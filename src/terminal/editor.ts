/** The operator's own editor on a file. */
import { spawn } from 'node:child_process';
import { access, constants as modes } from 'node:fs/promises';
import { constants } from 'node:os';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../base/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What VISUAL or EDITOR holds, arguments and quotes included, or `vi`. */
export function editorCommand(env: Environment): string {
  return env['VISUAL'] || env['EDITOR'] || 'vi';
}

/**
 * Runs the editor on the file until it ends; the terminal has to be handed over before. The file is
 * left as the editor leaves it, also when this fails.
 *
 * @throws OperatorError when the editor cannot be started or ends with an error.
 */
export async function runEditor(path: string, env: Environment): Promise<void> {
  const editor = editorCommand(env);
  const command = (await isProgram(editor)) ? `'${editor.replaceAll("'", "'\\''")}'` : editor;
  const failure = failureOf(await withoutInterrupts(() => run(command, path, env)));
  if (failure === undefined) return;
  throw new OperatorError(`the editor "${editor}" ${failure}`, {
    data: 'Nothing was changed.',
    next: 'Set VISUAL or EDITOR to an editor that works here, and try again.',
  });
}

/** A path with a space in it, which the shell would take for a program and its argument. */
const isProgram = (editor: string): Promise<boolean> =>
  access(editor, modes.X_OK).then(
    () => editor.includes('/'),
    () => false,
  );

interface ProcessEnd {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

function failureOf({ status, signal }: ProcessEnd): string | undefined {
  if (signal !== null) return `was ended by ${signal}`;
  if (status === 0) return undefined;
  // The shell between us and the editor tells its signal so.
  const told = Object.entries(constants.signals).find(([, number]) => number + 128 === status);
  if (told !== undefined) return `was ended by ${told[0]}`;
  if (status === 126) return 'is not a program that this user may run';
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

/** On a busy machine we hear of the editor's end before we hear of the Ctrl-C that ended it, ms. */
const aMoment = 50;

/**
 * Ctrl-C typed in the editor also reaches us, its parent in the same terminal: it is not for us. An
 * older Node that started us passes each on once more, as SIGUSR2, and maybe when the editor has ended.
 */
async function withoutInterrupts<T>(work: () => Promise<T>): Promise<T> {
  let editing = true;
  let owed = 0;
  const giveBack = [
    standIn('SIGINT', () => {
      owed += 1;
    }),
    standIn('SIGQUIT', () => {}),
  ];
  const giveBackPassedOn = standIn('SIGUSR2', () => {
    owed = Math.max(0, owed - 1);
    if (!editing && owed === 0) giveBackPassedOn();
  });
  try {
    return await work();
  } finally {
    await sleep(aMoment);
    editing = false;
    for (const give of giveBack) give();
    if (owed === 0) giveBackPassedOn();
  }
}

/** Puts one listener in the place of all that a signal has. @returns what gives it back to them. */
function standIn(signal: NodeJS.Signals, listener: () => void): () => void {
  const listeners = process.listeners(signal);
  process.on(signal, listener);
  for (const other of listeners) process.off(signal, other);
  return () => {
    for (const other of listeners) process.on(signal, other);
    process.off(signal, listener);
  };
}
