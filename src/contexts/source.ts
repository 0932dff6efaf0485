/** Where a secret comes from: the environment, a file, a command. Nothing of it is ever written. */
import { readFile, stat } from 'node:fs/promises';
import { OperatorError } from '../base/errors.ts';
import { withoutUserinfo } from '../base/userinfo.ts';
import { fileError } from '../config/files.ts';
import type { Source } from '../config/target.ts';
import { conceal, formsOf } from '../dkron/secrets.ts';
import { type Printed, patience, type RunLine } from './command.ts';

export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunLine;
  /** Told what an operator should know though it works: a sentence. */
  readonly warn: (text: string) => void;
}

/**
 * What the source holds now. `of` names what it is for: `bearer`, `headers.X-Token`. Throws
 * OperatorError, which names the source and nothing that it holds.
 */
export async function readSource(source: Source, of: string, world: World): Promise<string> {
  if ('value' in source) return source.value;
  const read = await secretIn(source, of, world);
  const secret = read.replace(/\r?\n$/, '');
  if (secret === '') throw missing(`${nameOf(source, of)} holds nothing`, adviceFor(source));
  return secret;
}

const nameOf = (source: Source, of: string): string => {
  if ('env' in source) return `${source.env}, the variable for ${of},`;
  return 'file' in source ? `${source.file}, the file for ${of},` : `the command for ${of}`;
};

const adviceFor = (source: Source): string => {
  if ('env' in source) return `Set ${source.env} and start this program again.`;
  return 'file' in source
    ? 'Put the secret into it, and nothing else.'
    : 'Run it in a shell: it must print the secret on standard output, and nothing else.';
};

const missing = (what: string, next: string): OperatorError =>
  new OperatorError(what, { data: 'Nothing was sent.', next });

async function secretIn(
  source: Exclude<Source, { readonly value: string }>,
  of: string,
  { env, run, warn }: World,
): Promise<string> {
  if ('env' in source) {
    const value = env[source.env];
    if (value === undefined) throw missing(`${nameOf(source, of)} is not set`, adviceFor(source));
    return value;
  }
  if ('file' in source) {
    await warnOfMode(source.file, of, warn);
    return await textOf(source.file);
  }
  const printed = await run(source.command);
  if (printed.code === 0) return printed.stdout;
  throw missing(failureOf(printed, of), adviceFor(source));
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw fileError(path, 'read', error, 'Nothing was sent.');
  }
}

/** As ssh does of a key. */
async function warnOfMode(path: string, of: string, warn: World['warn']): Promise<void> {
  const mode = await stat(path).then(
    (entry) => (entry.isFile() ? entry.mode : 0),
    () => 0,
  );
  if ((mode & 0o044) !== 0)
    warn(`Other users of this machine can read ${path}, which holds ${of}: chmod 600 ${path}`);
}

function failureOf({ code, late, stdout, stderr }: Printed, of: string): string {
  const how = late
    ? `did not end within ${patience / 1_000} s and was stopped`
    : code === null
      ? 'could not be run, or was killed'
      : `failed (exit code ${code})`;
  const said = stderr.trim().split('\n').at(-1) ?? '';
  const shown = withoutUserinfo(conceal(said, formsOf(stdout.trim()))).slice(0, 300);
  return `the command for ${of} ${how}${shown === '' ? '' : `: ${shown}`}`;
}
