import { join } from 'node:path';
import { xdgData, xdgState } from 'xdg-basedir';
import { fileName } from './file-name.ts';

/** Where the program keeps things on disk. Data is worth a backup, state is not. */
export interface Places {
  /** `$XDG_DATA_HOME/dkron-tui/snapshots/<server>` */
  snapshots(url: string): string;
  /** `$XDG_STATE_HOME/dkron-tui/journal/<server>` */
  journal(url: string): string;
  /** `$XDG_STATE_HOME/dkron-tui/drafts/<server>` */
  drafts(url: string): string;
  /** `$XDG_STATE_HOME/dkron-tui/editor/<server>` */
  editor(url: string): string;
  /** `$XDG_STATE_HOME/dkron-tui/defects` */
  readonly defects: string;
}

/**
 * The places below the given base folders; by default those of the XDG base directory spec, or the
 * working folder for a user without a home.
 */
export function placesBelow(data = xdgData ?? '.', state = xdgState ?? '.'): Places {
  const inData = join(data, 'dkron-tui');
  const inState = join(state, 'dkron-tui');
  return {
    snapshots: (url) => join(inData, 'snapshots', serverFolder(url)),
    journal: (url) => join(inState, 'journal', serverFolder(url)),
    drafts: (url) => join(inState, 'drafts', serverFolder(url)),
    editor: (url) => join(inState, 'editor', serverFolder(url)),
    defects: join(inState, 'defects'),
  };
}

/**
 * A server's address as the name of a folder: `http://dkron.example:8080` is `dkron.example_8080`.
 * User name, password and query never become part of a path.
 */
function serverFolder(url: string): string {
  const { hostname, port, protocol, pathname } = new URL(url);
  const path = pathname.split('/').filter((part) => part !== '');
  // [::1] is written with dashes.
  const host = hostname.replace(/[[\]:]/g, '-');
  const parts = [host, port || (protocol === 'https:' ? '443' : '80'), ...path];
  const joined = parts.join('_');
  // The same name could be read in two ways.
  const unclear =
    path.some((part) => /_|^\d+$/.test(part)) || (path.length > 0 && host.includes('_'));
  return unclear ? fileName(joined, parts.join('/')) : fileName(joined);
}
