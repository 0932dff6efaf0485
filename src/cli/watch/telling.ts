/** Tells the events of a watch: a line each, and a command that is run for each, one after the other. */
import { counted } from '../../base/counted.ts';
import type { WatchEvent } from '../../oversight/watch/model.ts';
import type { Spool } from '../../oversight/watch/spool.ts';
import { eventJson, eventWords, type Teller } from '../../oversight/watch/words.ts';
import { bold, type Line, plain, quiet, type Tone, toned } from '../../view/line.ts';
import { rfc3339, shortSpan } from '../../view/short.ts';
import type { Reached } from '../cluster.ts';
import { zoneFor } from '../invocation.ts';
import { printJson, printLines, printNote } from '../output.ts';

export interface TellingOptions {
  readonly reached: Reached;
  readonly teller: Teller;
  readonly spool: Spool;
  /** Null: there is none to be run. */
  readonly command: string | null;
  readonly now: () => number;
  /** Told whenever a command has ended. */
  readonly wake: () => void;
}

/** A command that runs for so long is told of, ms: all that comes after it waits. */
const long = 300_000;

/** Gives which of those that wait are told, for good, and keeps on with the others. */
export function createTelling({ reached, teller, spool, command, now, wake }: TellingOptions) {
  const { io, json } = reached;
  const printed = new Set<string>();
  let running: { readonly id: string; readonly since: number; isTold: boolean } | null = null;
  const zone = zoneFor(reached);

  function print(event: WatchEvent): void {
    if (printed.has(event.id)) return;
    printed.add(event.id);
    if (json) printJson(io, eventJson(event, teller));
    else printLines(io, [lineOf(event, zone)]);
  }

  const note = (text: string): void => void (json || printNote(io, text));

  /** Nobody ends it for the operator: it may be in the middle of something. */
  function noteLong(id: string, behind: number): void {
    if (running?.id !== id) running = { id, since: now(), isTold: false };
    if (running.isTold || now() - running.since < long) return;
    running.isTold = true;
    const wait = behind === 0 ? '' : `; ${counted(behind, 'further event')} wait for it`;
    note(`the command for ${id} has run for ${shortSpan(long)} and goes on${wait}`);
  }

  async function isDone(event: WatchEvent): Promise<boolean> {
    const { id } = event;
    const progress = await spool.progress(id);
    switch (progress.at) {
      case 'running':
        return false;
      case 'ended':
        if (progress.code !== 0)
          note(`the command for ${id} ended with ${progress.code ?? 'an exit code nobody knows'}`);
        return true;
      case 'lost':
        note(`the command for ${id} was begun, and what ran it is gone; it is not begun again`);
        return true;
      default:
        if (command === null) return true;
        if (progress.at === 'new')
          await spool.put(id, `${JSON.stringify(eventJson(event, teller))}\n`);
        spool.start(id, command, wake);
        return false;
    }
  }

  return async (pending: readonly WatchEvent[]): Promise<ReadonlySet<string>> => {
    pending.forEach(print);
    const done = new Set<string>();
    for (const event of pending) {
      if (!(await isDone(event))) {
        noteLong(event.id, pending.length - done.size - 1);
        break;
      }
      done.add(event.id);
    }
    return done;
  };
}

const tones: Readonly<Record<WatchEvent['kind'], Tone>> = {
  regression: 'bad',
  fixed: 'ok',
  missed: 'attention',
  stuck: 'attention',
  slow: 'attention',
};

const lineOf = (event: WatchEvent, zone: string): Line => [
  plain(`${rfc3339(event.at, zone)}  `),
  toned(event.kind.padEnd(10), tones[event.kind]),
  bold(`  ${event.job}  `),
  plain(eventWords(event)),
  quiet(`  ${event.id}`),
];
