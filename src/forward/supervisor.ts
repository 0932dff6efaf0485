/**
 * Keeps a way open through kubectl: notices a tunnel that is dead though its process lives, and
 * starts another, for ever. What is in use stays until its successor has proven itself, because a
 * Dkron that is slow looks just like a tunnel that is dead.
 */
import type { Clock } from '../base/clock.ts';
import type { PortForward } from '../config/target.ts';
import type { StartKubectl } from './kubectl.ts';
import { lookAround, type SurroundingsOptions } from './surroundings.ts';
import { type Probe, startTunnel, type Trouble, type Tunnel } from './tunnel.ts';

export type ForwardState =
  | { readonly kind: 'starting'; readonly text: string }
  | { readonly kind: 'up'; readonly text: string; readonly origin: string }
  /** `retryAt`: ms since 1970. */
  | { readonly kind: 'down'; readonly text: string; readonly retryAt: number }
  /** Not tried again by itself: `next` is for a person to do. */
  | { readonly kind: 'refused'; readonly text: string; readonly next: string };

export interface SupervisorOptions extends SurroundingsOptions {
  readonly of: PortForward;
  readonly start: StartKubectl;
  readonly probe: Probe;
  readonly clock: Clock;
  readonly random: () => number;
}

export interface Supervisor {
  readonly state: () => ForwardState;
  /** Told of every change; gives back what ends that. */
  subscribe(told: (state: ForwardState) => void): () => void;
  /** Something came from there. */
  heard(origin: string): void;
  /** A request failed or hangs: looks at once whether the tunnel lives. */
  suspect(): void;
  /** Tries now instead of later. */
  now(): void;
  /** Whether somebody looks: else it is only kept warm. */
  watched(yes: boolean): void;
  /** Ends it; settles when no process is left. */
  close(): Promise<void>;
}

/** Silence after which it is asked whether it lives, ms; whatever idles for a minute may be cut on the way. */
const quiet = { watched: 1_000, unwatched: 45_000 };
/** kubectl itself waits a minute for a pod to run. */
const untilReady = 75_000;
const untilAnswered = 20_000;
/** Between two starts at least, ms: the first try after a success is at once. */
const spacing = 1_000;
const tick = 1_000;
/** A tick that is so late, or too early, was slept over, ms. */
const jump = 5_000;

/** 1, 2, 4, 8, 15 s after failures, spread by `random`; 15 s at most. */
export const backOff = (failures: number, random: number): number =>
  Math.min(15_000, 1_000 * 2 ** (failures - 1) * (0.75 + random / 2));

export function supervise(options: SupervisorOptions): Supervisor {
  const { of, start, probe, clock, random } = options;
  const alive = new Set<Tunnel>();
  const listeners = new Set<(state: ForwardState) => void>();
  let inUse: Tunnel | null = null;
  let trying: Tunnel | null = null;
  /** The one in use has been silent for too long. */
  let suspected = false;
  let failures = 0;
  let lastStart = Number.NEGATIVE_INFINITY;
  /** When to try again; null: a try is under way, or none is due. */
  let due: number | null = null;
  let why: Trouble | null = null;
  let silence = quiet.watched;
  let closed = false;
  let state: ForwardState = { kind: 'starting', text: 'starting kubectl port-forward' };
  let tickAt = clock.now() + tick;
  let cancel = (): void => {};
  const around = lookAround(options);

  function attempt(): void {
    due = null;
    trying?.end();
    lastStart = clock.now();
    const tunnel = startTunnel({ of, start, probe, clock, on });
    trying = tunnel;
    alive.add(tunnel);
    void tunnel.gone.then(() => alive.delete(tunnel));
  }

  /** Something that worked does no more: the first try is at once. */
  function begin(trouble: Trouble): void {
    why = trouble;
    if (trying !== null || due !== null) return;
    failures = 0;
    const now = clock.now();
    due = Math.min(now + spacing, Math.max(now, lastStart + spacing));
    if (due <= now) attempt();
  }

  function failed(trouble: Trouble): void {
    trying?.end();
    trying = null;
    failures++;
    why = trouble;
    due = trouble.next === undefined ? clock.now() + backOff(failures, random()) : null;
  }

  const on = {
    ready: (tunnel: Tunnel): void => {
      tunnel.look();
      arm();
    },
    answered: (tunnel: Tunnel): void => {
      if (tunnel === trying) {
        inUse?.end();
        inUse = tunnel;
      } else trying?.end();
      trying = null;
      suspected = false;
      failures = 0;
      due = why = null;
      settle();
    },
    silent: (tunnel: Tunnel): void => {
      if (tunnel === inUse && !suspected) {
        suspected = true;
        begin(tunnel.trouble ?? { text: 'the port-forward does not answer' });
      } else if (tunnel === trying && tunnel.trouble !== null) failed(tunnel.trouble);
      settle();
    },
    ended: (tunnel: Tunnel): void => {
      const trouble = tunnel.trouble ?? { text: 'kubectl has ended' };
      if (tunnel === inUse) {
        inUse = null;
        begin(trouble);
      } else if (tunnel === trying) failed(trouble);
      settle();
    },
  };

  /** What was is most likely gone, and what failed may work now. */
  function wake(): void {
    lastStart = Number.NEGATIVE_INFINITY;
    if (inUse !== null && !suspected) {
      suspected = true;
      inUse.look();
      begin({ text: 'this machine has slept, or its clock was set' });
    } else now();
  }

  function now(): void {
    if (closed) return;
    if (inUse !== null && !suspected) {
      inUse.look();
      return;
    }
    failures = 0;
    // One that was just started is as good as another.
    if (trying === null || Math.abs(clock.now() - trying.startedAt) > 2_000) attempt();
    settle();
  }

  function onTick(): void {
    const time = clock.now();
    const slept = Math.abs(time - tickAt) > jump;
    const moved = around.moved();
    if (slept && state.kind !== 'refused') wake();
    else if (moved && state.kind !== 'refused') now();
    if (state.kind === 'up') around.forget();
    else if (state.kind !== 'refused') around.reach(() => state.kind !== 'refused' && now());
    for (const tunnel of [inUse, trying])
      if (tunnel !== null && tunnel.lookAt(tunnel === inUse ? silence : 0) <= time) tunnel.look();
    if (trying !== null && time >= tooLateAt(trying))
      failed({
        text:
          trying.origin === null
            ? (trying.trouble?.text ??
              `kubectl has not begun to forward within ${untilReady / 1000} s`)
            : 'kubectl forwards, but nothing answers behind it',
      });
    if (due !== null && due <= time) attempt();
    settle();
  }

  /** The next moment at which there is something to do; a tick at the latest. */
  function arm(): void {
    cancel();
    if (closed) return;
    const time = clock.now();
    tickAt = Math.min(
      time + tick,
      due ?? Number.POSITIVE_INFINITY,
      inUse?.lookAt(silence) ?? Number.POSITIVE_INFINITY,
      trying?.lookAt(0) ?? Number.POSITIVE_INFINITY,
    );
    tickAt = Math.max(tickAt, time);
    cancel = clock.after(tickAt - time, onTick);
  }

  function settle(): void {
    if (closed) return;
    const next = stateNow();
    const changed = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    arm();
    if (!changed) return;
    for (const told of [...listeners]) told(state);
  }

  function stateNow(): ForwardState {
    if (inUse?.origin && !suspected)
      return { kind: 'up', text: `port-forward on ${inUse.origin.slice(7)}`, origin: inUse.origin };
    const text = why?.text ?? 'starting kubectl port-forward';
    if (trying !== null)
      return { kind: 'starting', text: why === null ? text : `${text}; starting another` };
    if (due !== null) return { kind: 'down', text, retryAt: due };
    return { kind: 'refused', text, next: why?.next ?? '' };
  }

  attempt();
  arm();
  return {
    state: () => state,
    subscribe: (told) => {
      listeners.add(told);
      return () => void listeners.delete(told);
    },
    heard: (origin) => {
      if (inUse?.origin === origin) inUse.heard();
    },
    suspect: () => inUse?.look(),
    now,
    watched: (yes) => {
      silence = yes ? quiet.watched : quiet.unwatched;
      if (yes) inUse?.look();
      arm();
    },
    close: async () => {
      closed = true;
      cancel();
      state = { kind: 'refused', text: 'this program has closed the port-forward', next: '' };
      for (const told of [...listeners]) told(state);
      listeners.clear();
      for (const tunnel of alive) tunnel.end();
      await Promise.all([...alive].map(({ gone }) => gone));
    },
  };
}

const tooLateAt = ({ startedAt, readyAt }: Tunnel): number =>
  readyAt === null ? startedAt + untilReady : readyAt + untilAnswered;
