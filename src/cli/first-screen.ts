/**
 * The terminal while the program is not loaded: rows that were seen last are on it, keys wait in it, and
 * however the process ends before the console has taken it over, it is given back as it was.
 */
import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import process from 'node:process';
import type { FirstFrame } from '../cluster/first-frame.ts';
import type { Keyboard } from '../terminal/keyboard.ts';
import { paintedWhole } from '../ui/paint-once.ts';
import type { Theme } from '../view/theme.ts';
import { endings } from './leaving.ts';

export interface FirstScreen {
  /** Gives the terminal back for good, unless it was or the console has it. */
  readonly leave: () => void;
  /** Somebody else listens to the signals that end a program. */
  readonly unwatch: () => void;
  /** This has the keys from now on: it is released and taken with the screen. */
  readonly typeOn: (keyboard: Keys) => void;
  /** The console has the terminal from now on. @returns whether its screen is entered. */
  readonly take: () => boolean;
}

type Keys = Pick<Keyboard, 'take' | 'release'>;

const enter = '\x1b[?1049h\x1b[?25l';
const leaveIt = '\x1b[?1049l\x1b[?25h';

/** Takes the terminal and shows a frame on it. Null where the terminal refuses. */
export function showFirst(frame: FirstFrame, theme: Theme): FirstScreen | null {
  const painted = enter + paintedWhole(frame.lines, theme);
  let keys: Keys = {
    take: () => process.stdin.setRawMode(true),
    release: () => process.stdin.setRawMode(false),
  };
  let hasKeyboard = false;
  let entered = false;
  let over = false;
  let taken = false;

  function show(): void {
    // First: in the background the system stops us here.
    keys.take();
    if (taken) return;
    entered = true;
    writeAll(painted);
  }

  function give(): void {
    if (!entered || taken) return;
    entered = false;
    try {
      keys.release();
      writeAll(leaveIt);
    } catch {
      // The terminal is gone.
    }
  }

  function leave(): void {
    over = true;
    give();
  }

  /** As terminal/suspend.ts, which cannot be here yet. */
  async function stop(): Promise<void> {
    process.off('SIGTSTP', stop);
    // The console hears it as well.
    if (taken) return;
    give();
    // Nothing is read before, and the keyboard could be opened meanwhile.
    if (hasKeyboard) await moment(0);
    // The console that has taken it meanwhile does it its way.
    if (taken) return void process.kill(process.pid, 'SIGTSTP');
    process.kill(0, 'SIGTSTP');
    // Stopped within this.
    await moment(50);
    if (over) return;
    if (!taken) process.on('SIGTSTP', stop);
    show();
  }

  const handlers = Object.entries(endings).map(([name, meant]) => {
    const end = (): void => {
      leave();
      process.exit(128 + constants.signals[meant]);
    };
    process.on(name, end);
    return () => process.off(name, end);
  });
  const unwatch = (): void => {
    for (const off of handlers.splice(0)) off();
  };
  process.on('SIGTSTP', stop);
  // Before an error is printed that nobody caught.
  process.once('exit', leave);
  try {
    show();
  } catch {
    leave();
    unwatch();
    process.off('SIGTSTP', stop);
    return null;
  }
  return {
    leave,
    unwatch,
    typeOn: (keyboard) => {
      keys = keyboard;
      hasKeyboard = true;
    },
    take: () => {
      taken = true;
      // The console listens in this turn. One that came while the program was busy is heard in the next: without
      // anybody who listens all the while it would be lost.
      setImmediate(() => process.off('SIGTSTP', stop));
      return entered;
    },
  };
}

const moment = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function writeAll(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
}
