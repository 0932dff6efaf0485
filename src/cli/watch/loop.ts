/** A watch as it goes on: looks, says what has changed, and waits. */
import { systemClock } from '../../base/clock.ts';
import { OperatorError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Look } from '../../oversight/lasting.ts';
import { openSpool } from '../../oversight/watch/spool.ts';
import { writeMetrics } from '../../oversight/watch/textfile.ts';
import type { Reached } from '../cluster.ts';
import { printNote } from '../output.ts';
import { createLooking, type LookingOptions } from './looking.ts';
import { remembering } from './missed.ts';
import { type OwnWatch, takeWatch, watchFolder } from './own.ts';
import { createTelling } from './telling.ts';

export interface WatchOptions extends Pick<LookingOptions, 'on' | 'holds'> {
  readonly name: string;
  /** Ms between two looks. */
  readonly every: number;
  readonly command: string | null;
  readonly textfile: string | null;
  /** After how much it ends by itself. */
  readonly until: 'once' | 'told' | 'asked';
}

/** How often it is looked whether a command has ended that an earlier program began, ms. */
const often = 200;

/** Gives whether something was told. */
export async function watch(
  reached: Reached,
  dkron: Dkron,
  options: WatchOptions,
): Promise<boolean> {
  const { name } = options;
  const own = await takeWatch(
    watchFolder(reached.here.places, name),
    name,
    Date.now() - dkron.skew,
  );
  try {
    return await goOn(reached, dkron, { ...options, own });
  } finally {
    await own.release();
  }
}

interface Going extends WatchOptions {
  readonly own: OwnWatch;
}

async function goOn(reached: Reached, dkron: Dkron, options: Going): Promise<boolean> {
  const { io, json, here, target } = reached;
  const { signal } = io;
  const { own, name, until, textfile, holds } = options;
  const note = (text: string): void => void (json || printNote(io, text));
  const missed = await remembering(here.places.missed, target.serverZone, note);
  const look = createLooking(reached, dkron, { ...options, missed, note });
  const tellAll = await teller(reached, dkron, options);
  let last: { readonly look: Look; readonly at: number } | null = null;
  let isLost = false;

  for (let told = false; ; ) {
    const end = Date.now() + options.every;
    await lookOrWait();
    await measure();
    told = (await tellAll(until !== 'asked')) || told;
    if (until === 'once' || (told && until === 'told')) return told;
    await tellAll(false, end);
    signal.throwIfAborted();
  }

  async function lookOrWait(): Promise<void> {
    try {
      const seen = await look(!isLost);
      if (seen !== null) last = { look: seen, at: Date.now() };
      if (isLost) note('the server answers again');
      isLost = false;
    } catch (error) {
      if (!(error instanceof OperatorError) || until === 'once' || signal.aborted) throw error;
      if (!isLost) note(`${error.message}; the watch goes on, and tells later what has changed`);
      isLost = true;
    }
  }

  async function measure(): Promise<void> {
    if (textfile === null || last === null) return;
    const { jobs, count } = own.state();
    const { troubles, jobs: table } = last.look;
    await writeMetrics(textfile, {
      ...{ isUp: !isLost, seen: last.at, cluster: here.name, watch: name, events: count },
      ...{ jobs: table.rows.filter(holds), known: jobs, troubles },
    });
  }
}

/**
 * Tells what waits, and waits: for all of it to be told, or else until `end`, ms since the epoch. Gives whether there
 * was something to tell.
 */
async function teller(reached: Reached, dkron: Dkron, { own, name, command }: Going) {
  const { io, here } = reached;
  const { signal } = io;
  let wake = new AbortController();
  const spool = openSpool(watchFolder(here.places, name), io.env, Date.now);
  await spool.tidy(new Set(own.state().pending.map(({ id }) => id)));
  const tell = createTelling({
    ...{ reached, spool, command, now: Date.now },
    teller: { watch: name, server: dkron.url, cluster: { id: here.id, name: here.name } },
    wake: () => wake.abort(),
  });

  /** Gives whether some wait still. */
  async function advance(): Promise<boolean> {
    const { pending } = own.state();
    const done = await tell(pending);
    const left = pending.filter(({ id }) => !done.has(id));
    if (done.size === 0) return left.length > 0;
    await own.put({ ...own.state(), pending: left });
    // Not before: what is on disk says that these are done.
    await spool.remove([...done]);
    return left.length > 0;
  }

  return async (isAllAwaited: boolean, end = 0): Promise<boolean> => {
    const some = own.state().pending.length > 0;
    for (;;) {
      wake = new AbortController();
      const isLeft = await advance();
      const left = isAllAwaited && isLeft ? often : end - Date.now();
      if (left <= 0) return some;
      await systemClock.sleep(left, AbortSignal.any([signal, wake.signal]));
      signal.throwIfAborted();
    }
  };
}
