/**
 * What the file of contexts says, as far as the start of a console needs it before YAML can be read: kept
 * by those who have read it (contexts/keep-known.ts), and good as long as the file is the same.
 */
import { version } from '../base/version.ts';
import { noFile } from './config-path.ts';
import { isThemeName, type ThemeName } from './looks.ts';
import { smallFile } from './small-file.ts';

export interface KnownContexts {
  /** The file that was read (config-path.ts). */
  readonly config: string;
  readonly theme: ThemeName | null;
  /** What is opened when nothing else is named: a context; null: a Dkron on this machine; else nothing. */
  readonly current?: string | null;
  readonly contexts: readonly KnownContext[];
}

export interface KnownContext {
  readonly name: string;
  readonly readOnly: boolean;
  /** The address of a server that can be asked without more ado, `http://host:port/base`. */
  readonly asks: string | null;
  /** Another one where it may look like another, or lead to another cluster. */
  readonly mark: string;
}

/** What is longer is no file of ours, bytes. */
const mostBytes = 1024 * 1024;

/** @param config the file as it is now. Null where nothing is known of that. */
export function readKnown(path: string, config: string | null): KnownContexts | null {
  if (config === null) return null;
  if (config === noFile) return { config, theme: null, current: null, contexts: [] };
  const known = parsed(path);
  return known?.config === config ? known : null;
}

function parsed(path: string): KnownContexts | null {
  try {
    const read = JSON.parse(smallFile(path, mostBytes));
    return read.version === version && isKnown(read) ? read : null;
  } catch {
    return null;
  }
}

const isKnown = ({ theme, contexts }: KnownContexts): boolean =>
  (theme === null || isThemeName(theme)) &&
  contexts.every(({ asks }) => asks === null || typeof asks === 'string');
