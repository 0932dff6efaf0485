import { join } from 'node:path';
import { xdgData, xdgState } from 'xdg-basedir';
import { fileName } from './file-name.ts';

/** Where the program keeps things on disk. Data is worth a backup, state is not. */
export interface Places {
  /** `$XDG_DATA_HOME/dkron-tui` */
  readonly data: string;
  /** `$XDG_STATE_HOME/dkron-tui` */
  readonly state: string;
  /** `$XDG_STATE_HOME/dkron-tui/defects` */
  readonly defects: string;
  /** Where the known clusters are, a folder each: `$XDG_STATE_HOME/dkron-tui/clusters` */
  readonly clusters: string;
  /** What is known of the file of contexts before it is read: `<state>/contexts.json` */
  readonly knownContexts: string;
  /** What a console like this shows first: `<state>/first-frames/<address>,80x24`, `…/@<context>,80x24` */
  firstFrame(of: Opened, look: FirstLook): string;
  /** What Intl said of time zones: `<state>/offsets.json` */
  readonly offsets: string;
  /** What is kept of one cluster, by its id (cluster/register.ts). */
  cluster(id: string): ClusterPlaces;
}

/** What a console is opened on: its context, if it has one, and its address. */
export interface Opened {
  readonly context: string | null;
  readonly url: string;
}

/** What the frame of a console is laid out by. */
export interface FirstLook {
  /** The size of the terminal, cells. */
  readonly columns: number;
  readonly rows: number;
  /** Whether it says that nothing is written. */
  readonly readOnly: boolean;
}

/** Where the things of one cluster are, however it is reached. */
export interface ClusterPlaces {
  /** `<state>/clusters/<id>`; all but the snapshots are below it. */
  readonly folder: string;
  readonly journal: string;
  readonly drafts: string;
  readonly editor: string;
  readonly lastSeen: string;
  /** What should have run and did not (oversight/kept.ts). */
  readonly missed: string;
  /** Which nodes came and went (oversight/kept-roster.ts). */
  readonly roster: string;
  /** How long jobs take (oversight/kept-times.ts). */
  readonly times: string;
  /** Operations under way, and those that were not finished. */
  readonly unfinished: string;
  /** The maintenance that goes on (plan/maintenance). */
  readonly maintenance: string;
  /** Jobs that are run again (plan/again/record.ts). */
  readonly again: string;
  /** What watches know, a folder each (oversight/watch). */
  readonly watches: string;
  /** `<data>/snapshots/<id>` */
  readonly snapshots: string;
}

/**
 * The places below the given base folders; by default those of the XDG base directory spec, or the
 * working folder for a user without a home.
 */
export function placesBelow(data = xdgData ?? '.', state = xdgState ?? '.'): Places {
  const inData = join(data, 'dkron-tui');
  const inState = join(state, 'dkron-tui');
  const clusters = join(inState, 'clusters');
  return {
    data: inData,
    state: inState,
    defects: join(inState, 'defects'),
    clusters,
    knownContexts: join(inState, 'contexts.json'),
    offsets: join(inState, 'offsets.json'),
    firstFrame: ({ context, url }, { columns, rows, readOnly }) => {
      // No name of a server begins so.
      const name = context === null ? serverFolder(url) : `@${fileName(context)}`;
      const parts = [name, `${columns}x${rows}`, ...(readOnly ? ['read-only'] : [])];
      return join(inState, 'first-frames', parts.join(','));
    },
    cluster: (id) => {
      const folder = join(clusters, id);
      return {
        folder,
        journal: join(folder, 'journal'),
        drafts: join(folder, 'drafts'),
        editor: join(folder, 'editor'),
        lastSeen: join(folder, 'last-seen.json'),
        missed: join(folder, 'missed.json'),
        roster: join(folder, 'nodes.json'),
        times: join(folder, 'run-times.json'),
        unfinished: join(folder, 'unfinished'),
        maintenance: join(folder, 'maintenance.jsonl'),
        again: join(folder, 'run-again.jsonl'),
        watches: join(folder, 'watches'),
        snapshots: join(inData, 'snapshots', id),
      };
    },
  };
}

/**
 * A server's address as the name of a folder, as a cluster is called that has no context, and as
 * earlier versions called everything: `http://dkron.example:8080` is `dkron.example_8080`.
 * User name, password and query never become part of a path.
 */
export function serverFolder(url: string): string {
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
