/** Writes the file of contexts: whole, for its owner only, and never over what somebody else changed. */
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { ChangedMeanwhile, OperatorError } from '../base/errors.ts';
import { fileError, privateFolder } from '../config/files.ts';
import type { Config } from './file.ts';
import { jsonSchema } from './shape.ts';

/** `config` is what the text was made of. Where there was no file, its schema is put beside it. */
export async function saveConfig({ path, text: before }: Config, text: string): Promise<string> {
  if (path === null)
    throw new OperatorError('there is no place for the file of contexts: this user has no home', {
      data: 'Nothing was changed.',
      next: 'Set HOME, or name the file with DKRON_TUI_CONFIG.',
    });
  await privateFolder(dirname(path));
  try {
    // A link to a file that is kept elsewhere stays one.
    const file = await realpath(path).catch(() => path);
    const now = await readFile(file, 'utf8').catch(() => null);
    if (now !== before)
      throw new ChangedMeanwhile(`${path} was changed by somebody else meanwhile`, {
        data: 'Nothing was changed in it.',
        next: 'Do it again.',
      });
    await writeWhole(file, text);
    if (before === null) await writeWhole(join(dirname(path), 'config.schema.json'), schemaText());
  } catch (error) {
    throw fileError(path, 'written', error, 'Nothing was changed in it.');
  }
  return path;
}

const schemaText = (): string => `${JSON.stringify(jsonSchema(), null, 2)}\n`;

async function writeWhole(path: string, text: string): Promise<void> {
  const part = join(dirname(path), `.dkron-tui-${process.pid}.part`);
  try {
    await writeFile(part, text, { mode: 0o600, flag: 'wx' });
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}
