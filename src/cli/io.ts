import type { Readable, Writable } from 'node:stream';
import type { LogFile } from '../config/log-file.ts';
import type { ThemeName } from '../config/looks.ts';
import type { Places } from '../config/places.ts';
import type { Early } from '../dkron/early.ts';
import type { ColourFlag } from '../terminal/colours.ts';
import type { FirstScreen } from './first-screen.ts';
import type { Leaving } from './leaving.ts';

/** What the command line says of how things look; `theme` null when it names none. */
export interface LookFlags {
  readonly color: ColourFlag;
  readonly theme: ThemeName | null;
  readonly screenReader: boolean;
}

/** The code that V8 made of the program, and what else a start leaves to the next. */
export interface Compiled {
  /** Keeps what there is so far, unless that was kept before. Never throws. */
  keep(): Promise<void>;
}

/** What a command reads from and writes to; handed in so that tests can look at all of it. */
export interface Io {
  readonly stdin: Readable & { isTTY?: boolean };
  readonly stdout: Writable & { isTTY?: boolean; columns?: number; rows?: number };
  readonly stderr: Writable & { isTTY?: boolean; columns?: number };
  /** The words of the command line: no password among them may be told back. */
  readonly typed?: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Nothing where the command line was not asked. */
  readonly look?: LookFlags;
  /** Where the program keeps snapshots and its journal. */
  readonly places: Places;
  /** What `--log` asks for goes there; closed unless it is asked for. */
  readonly log: LogFile;
  /** Aborted by Ctrl-C: stop what is under way, leave files and the server tidy. */
  readonly signal: AbortSignal;
  readonly leaving: Leaving;
  /** Nothing where the program is not the bundle. */
  readonly compiled?: Compiled;
  /** What was asked before the program was loaded; nothing unless it is a plain console. */
  readonly early?: Early | null;
  /** What is on the terminal since before the program was loaded; nothing unless it is a plain console. */
  readonly screen?: FirstScreen | null;
}
