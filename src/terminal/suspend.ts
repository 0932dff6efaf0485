/** Giving the terminal away and taking it back: to an editor, or to the shell on Ctrl-Z. */
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ink's `suspendTerminal`: runs the work with the normal screen and cooked input, then redraws. */
export type SuspendTerminal = (work: () => Promise<void>) => Promise<void>;

/** Runs `work` while the terminal is not ours. */
export async function handOver<T>(
  suspendTerminal: SuspendTerminal,
  work: () => Promise<T>,
): Promise<T> {
  let result: { value: T } | undefined;
  await suspendTerminal(async () => {
    await releaseInput();
    result = { value: await work() };
  });
  return result!.value;
}

/**
 * Ctrl-Z: stops the whole job, as the terminal would have done in cooked mode, and comes back with
 * the shell's `fg`. Where no shell could bring it back the kernel does not stop it, and the console
 * is simply drawn again.
 */
export async function stopJob(suspendTerminal: SuspendTerminal): Promise<void> {
  await handOver(suspendTerminal, async () => {
    process.kill(0, 'SIGTSTP');
    // Stopped within this; the pending timer also keeps Node alive, whose input is released.
    await sleep(50);
  });
}

/**
 * Ink 8.0.0 takes its listener off but libuv goes on reading the terminal, so that the next line
 * would be ours and not the editor's. A pause ends that read, between two turns of the event loop.
 */
async function releaseInput(): Promise<void> {
  await sleep(0);
  process.stdin.pause();
  await sleep(0);
}
