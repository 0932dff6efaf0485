/**
 * What is done before the program is read from the disk (`bin/start.js`), bundled by itself: of a plain
 * console the rows that were seen last are shown, and its first reads are sent, so that the server works
 * at its list while the program is loaded.
 */
import process from 'node:process';
import { isatty } from 'node:tty';
import { type FirstScreen, showFirst } from './cli/first-screen.ts';
import { hasScreenReader, lookFlags, screenTheme } from './cli/look.ts';
import { type Opening, openingOf } from './cli/opening.ts';
import { plainCommand, plainConsole } from './cli/plain.ts';
import { madeUnder, readFirstFrame } from './cluster/first-frame.ts';
import { configStamp } from './config/config-path.ts';
import { readKnown } from './config/known-contexts.ts';
import { type Places, placesBelow } from './config/places.ts';
import { askEarly, type Early } from './dkron/early.ts';
import { keepSize } from './ui/size.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Begun {
  /** Null where nothing is asked before the program is there. */
  readonly early: Early | null;
  /** Null where nothing is shown yet. */
  readonly screen: FirstScreen | null;
}

/** Null for all but a plain console on a terminal. */
export function begin(argv: readonly string[], env: Environment): Begun | null {
  const wanted = isatty(0) && isatty(1) ? plainConsole(argv, env) : null;
  if (wanted === null) return null;
  const places = placesBelow();
  const known = readKnown(places.knownContexts, configStamp(env));
  const opening = openingOf(wanted, known);
  if (opening === null) return null;
  const look = lookFlags(argv);
  // What cannot be logged is said on the terminal, before there is a console.
  const shows = known !== null && !hasScreenReader({ look, env }) && !env['DKRON_TUI_LOG'];
  const frame = shows ? frameOf(opening, places, env) : null;
  const screen =
    frame && showFirst(frame, screenTheme({ look, env, stdout: process.stdout }, known!.theme));
  return { early: wanted.asks && opening.asks !== null ? askEarly(opening.asks) : null, screen };
}

/** Null for all but the plain commands. */
export function beginCommand(argv: readonly string[], env: Environment): Begun | null {
  const wanted = plainCommand(argv, env);
  if (!wanted?.asks) return null;
  const opening = openingOf(wanted, readKnown(placesBelow().knownContexts, configStamp(env)));
  const url = opening?.asks ?? null;
  return url === null ? null : { early: askEarly(url, wanted.paths), screen: null };
}

function frameOf({ of, readOnly, mark }: Opening, places: Places, env: Environment) {
  const { stdout } = process;
  keepSize(stdout, env);
  const { columns, rows } = stdout;
  const path = places.firstFrame(of, { columns, rows, readOnly });
  const frame = readFirstFrame(path, columns, rows);
  return frame?.mark === madeUnder(mark, env) ? frame : null;
}
