/**
 * Giving the terminal away and taking it back: to an editor, to the shell on Ctrl-Z, and when the
 * console was stopped and continued from outside.
 */
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Keyboard } from './keyboard.ts';

/** Ink's `suspendTerminal`: runs the work with the normal screen, then draws the frame whole. */
export type SuspendTerminal = (work: () => Promise<void>) => Promise<void>;

export interface JobControl {
  /** Runs `work` while the terminal is not ours. */
  readonly handOver: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * Ctrl-Z: stops the whole job, as the terminal would have done in cooked mode, and comes back with
   * the shell's `fg`. Where no shell could bring it back the kernel does not stop it, and the console
   * is simply drawn again.
   */
  readonly stop: () => Promise<void>;
  /** Leaves stopping and continuing to the system again, and takes no terminal back any more. */
  readonly close: () => void;
}

/** @param ready what has to be there before the terminal can be given away. */
export function jobControl(
  keyboard: Pick<Keyboard, 'take' | 'release'>,
  ready: () => Promise<unknown>,
  suspendTerminal: SuspendTerminal,
): JobControl {
  let closed = false;
  const stopped = (): void => void stop();
  // Somebody else had the terminal meanwhile: its modes and its screen are not what we left.
  const continued = (): void => void handOver(async () => {});

  function watch(): void {
    process.on('SIGTSTP', stopped);
    process.on('SIGCONT', continued);
  }

  function unwatch(): void {
    process.off('SIGTSTP', stopped);
    process.off('SIGCONT', continued);
  }

  async function handOver<T>(work: () => Promise<T>): Promise<T> {
    unwatch();
    await ready();
    keyboard.release();
    // The read of the terminal ends between two turns of the event loop: until then the next line
    // would be ours and not the editor's.
    await sleep(0);
    let result: { value: T } | undefined;
    try {
      await suspendTerminal(async () => {
        await sleep(0);
        try {
          result = { value: await work() };
        } finally {
          // Before anything is drawn: continued in the background, the system stops us here.
          if (!closed) keyboard.take();
        }
      });
    } finally {
      if (!closed) watch();
    }
    return result!.value;
  }

  const stop = (): Promise<void> =>
    handOver(async () => {
      process.kill(0, 'SIGTSTP');
      // Stopped within this; the pending timer also keeps Node alive, which reads nothing now.
      await sleep(50);
    });

  const close = (): void => {
    closed = true;
    unwatch();
  };

  watch();
  return { handOver, stop, close };
}
