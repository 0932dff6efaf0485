/** The file of contexts on disk. */

import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { CorruptFile, NotFound } from '../base/errors.ts';
import { configPath, configStamp, noFile } from '../config/config-path.ts';
import { converted, foreignEncoding } from '../config/encoding.ts';
import { exists } from '../config/files.ts';
import { inputBytes } from '../config/input.ts';
import type { Contents } from './read.ts';

export interface Config extends Contents {
  /** Where it is, or would be; null for a user without a home. */
  readonly path: string | null;
  /** Its text; null when there is no such file. */
  readonly text: string | null;
  /** The file as it was before it was read (config/config-path.ts). */
  readonly stamp: string | null;
  /** Why it cannot be read; null when it can, and when there is none. */
  readonly failure: unknown;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A path of the file: `~/` is the home, a relative one begins in the file's folder. */
export function pathIn(config: string, path: string, { HOME: home }: Environment): string {
  if (home && /^~(\/|$)/.test(path)) return join(home, path.slice(1));
  return resolve(dirname(config), path);
}

/** Far more than anybody writes by hand. */
const most = 1 << 20;

export const noConfig: Config = {
  path: null,
  text: null,
  stamp: noFile,
  failure: null,
  current: null,
  theme: null,
  contexts: new Map(),
  mistakes: [],
};

/** Reads it. What is wrong with it, all of it or a part, is part of the result. */
export async function openConfig(env: Environment): Promise<Config> {
  const path = configPath(env);
  // First: what is changed meanwhile is another file the next time.
  const stamp = configStamp(env);
  if (path === null) return { ...noConfig, path };
  const named = Boolean(env['DKRON_TUI_CONFIG']);
  if (!named && !(await exists(path))) return { ...noConfig, path };
  try {
    const text = await textOf(path);
    // YAML is not loaded for those who have no such file.
    const { readContexts } = await import('./read.ts');
    return { path, text, stamp, failure: null, ...readContexts(text) };
  } catch (error) {
    return {
      ...noConfig,
      path,
      stamp,
      failure: error instanceof NotFound ? notThere(path) : error,
    };
  }
}

const notThere = (path: string): NotFound =>
  new NotFound(`DKRON_TUI_CONFIG names ${path}, which is not there`, {
    data: 'Nothing was sent.',
    next: 'Correct it, or unset it: then the file below ~/.config is used.',
  });

async function textOf(path: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of inputBytes(path, Readable.from([]))) {
    size += part.length;
    if (size > most)
      throw unfit(path, 'is larger than 1 MB', 'Check that this is the file you mean.');
    parts.push(part);
  }
  const bytes = Buffer.concat(parts);
  const encoding = foreignEncoding(bytes);
  if (encoding === undefined) return bytes.toString();
  throw unfit(path, `is not UTF-8 text; it looks like ${encoding}`, converted(encoding));
}

const unfit = (path: string, what: string, next: string): CorruptFile =>
  new CorruptFile(`${path} ${what}`, { data: 'Nothing was sent.', next });
