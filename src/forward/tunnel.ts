/** One kubectl from its start to its end, and whether anything answers behind it. */
import type { Clock } from '../base/clock.ts';
import type { PortForward } from '../config/target.ts';
import { forwardArgs, type StartKubectl } from './kubectl.ts';
import { type Said, said } from './said.ts';

/** Why there is no way, in words, and what to do where only a person can do something. */
export interface Trouble {
  readonly text: string;
  /** Set: no other try before somebody asks for it. */
  readonly next?: string;
}

/** Asks what is behind `http://127.0.0.1:<port>`; resolves when it answers, whatever it answers. */
export type Probe = (origin: string, signal: AbortSignal) => Promise<void>;

export interface TunnelOptions {
  readonly of: PortForward;
  readonly start: StartKubectl;
  readonly probe: Probe;
  readonly clock: Clock;
  readonly on: {
    /** It listens. */
    ready(tunnel: Tunnel): void;
    /** Something answered. */
    answered(tunnel: Tunnel): void;
    /** A probe had no answer in time, or kubectl says that it is dead. */
    silent(tunnel: Tunnel): void;
    /** kubectl has ended, by itself. */
    ended(tunnel: Tunnel): void;
  };
}

export interface Tunnel {
  /** Null until it listens. */
  readonly origin: string | null;
  readonly startedAt: number;
  /** Since when it listens; null before. */
  readonly readyAt: number | null;
  /** Whether anything ever answered behind it. */
  readonly proven: boolean;
  /** Why it ended or will, as far as kubectl said. */
  readonly trouble: Trouble | null;
  /** When something came through it last. */
  readonly heardAt: number;
  /** Something came through it. */
  heard(): void;
  /** Asks what is behind it, unless it is being asked. */
  look(): void;
  /** When to ask next, where it may be silent for `quiet` ms; infinite while it cannot be asked. */
  lookAt(quiet: number): number;
  /** Ends it, without a word. */
  end(): void;
  /** Settles when its process is gone. */
  readonly gone: Promise<void>;
}

/** How long an answer is waited for at first, and at most, ms. */
const patience = { least: 1_500, most: 10_000 };
/** Between two questions at least, ms. */
const between = 500;

export function startTunnel({ of, start, probe, clock, on }: TunnelOptions): Tunnel {
  const startedAt = clock.now();
  const gone = Promise.withResolvers<void>();
  let origin: string | null = null;
  let readyAt: number | null = null;
  let proven = false;
  let trouble: Trouble | null = null;
  let heardAt = startedAt;
  let over = false;
  /** How long the next answer is waited for: a slow Dkron is not a dead tunnel. */
  let wait = patience.least;
  let asking: AbortController | null = null;
  let askedAt = startedAt - between;

  const tunnel: Tunnel = {
    get origin() {
      return origin;
    },
    startedAt,
    get readyAt() {
      return readyAt;
    },
    get proven() {
      return proven;
    },
    get trouble() {
      return trouble;
    },
    get heardAt() {
      return heardAt;
    },
    heard: () => {
      heardAt = clock.now();
    },
    look: () => void look(),
    lookAt: (quiet) =>
      asking !== null || origin === null
        ? Number.POSITIVE_INFINITY
        : Math.max(heardAt + quiet, askedAt + between),
    end: () => {
      over = true;
      asking?.abort();
      kill();
    },
    gone: gone.promise,
  };

  async function look(): Promise<void> {
    if (asking !== null || origin === null || over) return;
    const mine = new AbortController();
    asking = mine;
    askedAt = clock.now();
    const late = (): void => {
      // What still comes in shows that it lives; a long answer may hold up a short one.
      if (heardAt > askedAt && clock.now() - heardAt < wait) cancel = clock.after(wait, late);
      else mine.abort();
    };
    let cancel = clock.after(wait, late);
    const answered = await Promise.race([
      probe(origin, mine.signal).then(
        () => true,
        () => false,
      ),
      aborted(mine.signal),
    ]);
    cancel();
    asking = null;
    if (over) return;
    const took = clock.now() - askedAt;
    if (answered) {
      proven = true;
      wait = Math.min(patience.most, Math.max(patience.least, took * 3));
      heardAt = clock.now();
      on.answered(tunnel);
    } else {
      wait = Math.min(patience.most, wait * 2);
      on.silent(tunnel);
    }
  }

  function hear(means: Said): void {
    if (means.kind === 'ready' && origin === null) {
      origin = `http://127.0.0.1:${means.port}`;
      readyAt = clock.now();
      trouble = null;
      on.ready(tunnel);
    } else if (means.kind === 'broken') void look();
    else if (means.kind === 'lost') trouble ??= { text: 'the connection to the pod was lost' };
    // What a person has to do stays said, whatever else fails for the same reason.
    else if ('text' in means && trouble?.next === undefined) trouble = means;
    if (means.kind === 'dead' || means.kind === 'lost') on.silent(tunnel);
  }

  const kill = start(forwardArgs(of), {
    line: (line) => {
      const means = over ? null : said(line, of);
      if (means !== null) hear(means);
    },
    ended: ({ code, error }) => {
      gone.resolve();
      if (over) return;
      over = true;
      asking?.abort();
      trouble = notStarted(code, error) ?? trouble ?? { text: `kubectl ended with code ${code}` };
      on.ended(tunnel);
    },
  });
  return tunnel;
}

const aborted = (signal: AbortSignal): Promise<false> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true }));

/** A shell's codes for a program that is not there, or cannot be run. */
function notStarted(code: number | null, error: string | undefined): Trouble | null {
  if (code === 127)
    return {
      text: 'there is no kubectl on the PATH',
      next: 'Install kubectl, or reach Dkron another way and give its address with --url.',
    };
  if (code === 126)
    return {
      text: 'the kubectl on the PATH cannot be run',
      next: 'Correct its rights. Then try again.',
    };
  if (error !== undefined) return { text: `kubectl could not be started: ${error}` };
  return code === null ? { text: 'kubectl was killed' } : null;
}
