/** A run followed to its end: the pieces of its output as Dkron tells them, and what it came to. */
import type { Pauses } from '../base/clock.ts';
import { NotFound, type OperatorError, Unfinished, Unreachable } from '../base/errors.ts';
import { busyTold } from './busy.ts';
import type { Dkron } from './client.ts';
import { runKey, unfinished } from './execution.ts';
import type { Execution } from './shapes.ts';
import { lookAtOutput } from './sight.ts';

export interface Watched {
  readonly clock: Pauses;
  readonly signal: AbortSignal;
  /** Told each piece that is another one than the last of its execution. */
  readonly onPiece: (run: Execution) => void;
}

export interface Followed extends Watched {
  /** The one or more executions: it is told when each has ended, with all of its output. */
  readonly onEnd: (run: Execution) => void;
  /** Told once each time the server cannot be reached, and when it answers again. */
  readonly onWait: (failure: Unreachable) => void;
  readonly onBack: () => void;
  /** How long a server that is away is waited for, ms. */
  readonly patience: number;
}

/** At the quickest, ms; a server gets four times as long to itself as a look took. */
const least = 500;
const restAfter = (took: number): number => Math.max(least, took * 4);
/**
 * So long nobody may say that he runs it before it counts as lost, ms: a server that starts has no runs
 * for a moment, and nodes tell the end of what a dead leader had them run to the one that is elected.
 */
const grace = 30_000;

function pieceTeller(onPiece: Watched['onPiece']): (run: Execution) => void {
  const last = new Map<string, string>();
  return (run) => {
    const key = runKey(run);
    if (!unfinished(run) || run.output === '' || last.get(key) === run.output) return;
    last.set(key, run.output);
    onPiece(run);
  };
}

/** Tells the pieces of what runs and is meant until the signal aborts; what goes wrong is for others to tell. */
export async function tellPieces(
  client: Dkron,
  isMine: (run: Execution) => boolean,
  { clock, signal, onPiece }: Watched,
): Promise<void> {
  const tell = pieceTeller(onPiece);
  while (!signal.aborted) {
    const began = clock.now();
    const busy = await busyTold(client, signal).catch(() => null);
    if (signal.aborted) return;
    for (const run of busy ?? []) if (isMine(run)) tell(run);
    await clock.sleep(restAfter(clock.now() - began), signal);
  }
}

/**
 * Follows these executions of a job, and where `group` is given the others of their run too: retries
 * and those on other nodes. Gives all, in the order of their ends. Throws Unreachable once `patience`
 * is over, and the signal's reason; once all others have ended NotFound for one that is not stored any
 * more, and Unfinished for one that no node runs and that has no end.
 */
export async function followRun(
  client: Dkron,
  { name, runs, group }: FollowedRun,
  { clock, signal, onPiece, onEnd, onWait, onBack, patience }: Followed,
): Promise<readonly Execution[]> {
  const tell = pieceTeller(onPiece);
  const heard = new Map(runs.map((run) => [runKey(run), clock.now()]));
  const ended = new Map<string, Execution>();
  /** Why no end of these is to be expected. */
  const lost = new Map<string, OperatorError>();
  let away = 0;

  async function look(): Promise<boolean> {
    const busy = await busyTold(client, signal);
    if (away > 0) onBack();
    away = 0;
    const mine = busy?.filter(
      (run) => run.job_name === name && (run.group === group || heard.has(runKey(run))),
    );
    for (const run of mine ?? []) {
      heard.set(runKey(run), clock.now());
      tell(run);
    }
    for (const key of heard.keys()) if (!ended.has(key)) await lookAt(key, busy);
    const [why] = lost.values();
    if (why !== undefined && ended.size + lost.size === heard.size) throw why;
    return (
      ended.size === heard.size && (isWell(ended) || mine?.length === 0 || group === undefined)
    );
  }

  async function lookAt(key: string, busy: readonly Execution[] | null): Promise<void> {
    const sight = await lookAtOutput(client, { name, key }, busy, { signal });
    if (sight.kind === 'ended') {
      ended.set(key, sight.run);
      lost.delete(key);
      return onEnd(sight.run);
    }
    if (sight.kind === 'untold' || clock.now() - heard.get(key)! < grace) return;
    if (sight.kind === 'runs') lost.delete(key);
    else lost.set(key, sight.kind === 'gone' ? noRun(name, key) : noEnd(name, sight.run));
  }

  for (;;) {
    const began = clock.now();
    try {
      if (await look()) return [...ended.values()];
    } catch (error) {
      if (signal.aborted || !(error instanceof Unreachable) || away >= patience) throw error;
      if (away === 0) onWait(error);
      away += least + clock.now() - began;
    }
    signal.throwIfAborted();
    await clock.sleep(restAfter(clock.now() - began), signal);
    signal.throwIfAborted();
  }
}

export interface FollowedRun {
  readonly name: string;
  /** Those that are known; the first of them is there. */
  readonly runs: readonly Execution[];
  readonly group?: string;
}

/** After a failure a retry may come, as long as the run is among what runs. */
const isWell = (ended: ReadonlyMap<string, Execution>): boolean =>
  [...Map.groupBy(ended.values(), ({ node_name }) => node_name).values()].every((runs) =>
    runs.some(({ success }) => success),
  );

const noRun = (name: string, key: string): NotFound =>
  new NotFound(`${name}: Dkron does not keep the run ${key} any more`, {
    next: 'Its history was cleared, or the job was deleted.',
  });

const noEnd = (name: string, { node_name }: Execution): Unfinished =>
  new Unfinished(`${name}: no node runs it any more, and no end of it is stored`, {
    data: `${node_name} or the leader died in the middle of the run; it may still go on, and its end may come.`,
    next: `'dkron-tui executions ${name}' shows whether it has come.`,
  });
