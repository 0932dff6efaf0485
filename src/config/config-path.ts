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

/** Another one as soon as the file is another; nothing where there is none that can be looked at. */
export function configStamp(env: Environment): string {
  const path = configPath(env);
  try {
    const entry = path === null ? undefined : statSync(path, { throwIfNoEntry: false });
    return entry === undefined ? '' : `${entry.size} ${entry.mtimeMs}`;
  } catch {
    return '';
  }
}
