/** Where the file of contexts is, and whether it is still the same. */
import { statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** `$DKRON_TUI_CONFIG`, else `$XDG_CONFIG_HOME/dkron-tui/config.yaml`, else below `~/.config`. */
export function configPath(env: Environment): string | null {
  const { DKRON_TUI_CONFIG: named, XDG_CONFIG_HOME: base, HOME: home } = env;
  if (named) return resolve(named);
  // A relative one is to be ignored (XDG base directory spec).
  const folder = base && isAbsolute(base) ? base : home && join(home, '.config');
  return folder ? join(folder, 'dkron-tui', 'config.yaml') : null;
}

/** Of the file where there is none, and none is named. */
export const noFile = '';

/**
 * Another one as soon as the file is another, or in another place, also where its size and its time were
 * put back. Null where that cannot be told.
 */
export function configStamp(env: Environment): string | null {
  const path = configPath(env);
  if (path === null) return noFile;
  try {
    const entry = statSync(path, { throwIfNoEntry: false, bigint: true });
    if (entry === undefined) return env['DKRON_TUI_CONFIG'] ? null : noFile;
    if (!entry.isFile()) return null;
    return [entry.ino, entry.size, entry.mtimeNs, entry.ctimeNs, path].join(' ');
  } catch {
    return null;
  }
}
