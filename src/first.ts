/**
 * What is done before the program is read from the disk (`bin/start.js`), bundled by itself: of a plain
 * console the rows that were seen last are shown, and its first reads are sent, so that the server works
 * at its list while the program is loaded.
 */
import process from 'node:process';
import { isatty } from 'node:tty';
import { type FirstScreen, showFirst } from './cli/first-screen.ts';
import { hasScreenReader, lookFlags, screenTheme } from './cli/look.ts';
import { plainConsole } from './cli/plain.ts';
import { readFirstFrame } from './cluster/first-frame.ts';
import { configStamp } from './config/config-path.ts';
import { placesBelow } from './config/places.ts';
import { askEarly, type Early } from './dkron/early.ts';
import { keepSize } from './ui/size.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Begun {
  readonly early: Early;
  /** Null where nothing is shown yet. */
  readonly screen: FirstScreen | null;
}

/** Null for all but a plain console on a terminal. */
export function begin(argv: readonly string[], env: Environment): Begun | null {
  const url = isatty(0) && isatty(1) ? plainConsole(argv, env) : null;
  if (url === null) return null;
  const screen = show(url, argv, env);
  return { early: askEarly(url), screen };
}

function show(url: string, argv: readonly string[], env: Environment): FirstScreen | null {
  const look = lookFlags(argv);
  // What cannot be logged is said on the terminal, before there is a console.
  if (hasScreenReader({ look, env }) || env['DKRON_TUI_LOG']) return null;
  const { stdout } = process;
  keepSize(stdout, env);
  const { columns, rows } = stdout;
  const readOnly = argv.includes('--read-only');
  const path = placesBelow().firstFrame(url, { columns, rows, readOnly });
  const frame = readFirstFrame(path, columns, rows);
  if (frame === null || frame.config !== configStamp(env)) return null;
  return showFirst(frame, screenTheme({ look, env, stdout }, frame.theme));
}
