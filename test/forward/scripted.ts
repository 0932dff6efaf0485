/** A supervisor in a test: its time, its kubectls and what is behind them are the test's. */
import type { Hears, StartKubectl } from '../../src/forward/kubectl.ts';
import { type ForwardState, supervise } from '../../src/forward/supervisor.ts';
import { fakeClock } from '../support/clock.ts';

export const of = {
  namespace: 'mobility',
  resource: 'svc/dkron',
  port: 8080,
  kubeContext: 'prod',
} as const;

/** What a Dkron behind a port does: the ms until it answers, nothing at all, or breaks at once. */
type Behind = number | 'silent' | 'breaks';

export interface FakeChild {
  readonly port: number;
  readonly origin: string;
  running: boolean;
  /** It begins to forward. */
  ready(): void;
  says(line: string): void;
  ends(code: number | null): void;
}

export function scripted({ random = 0.5 }: { readonly random?: number } = {}) {
  const clock = fakeClock();
  const children: FakeChild[] = [];
  const behind = new Map<string, Behind>();
  const probes: { readonly origin: string; readonly at: number }[] = [];
  let asking = 0;
  let networks = 'home';
  let reached: 'at once' | 'never' = 'at once';
  /** What a new kubectl does at once. */
  let onStart: (child: FakeChild) => void = () => {};
  const states: ForwardState[] = [];

  const start: StartKubectl = (_, hears: Hears) => {
    const port = 40_001 + children.length;
    let told = false;
    const ends = (code: number | null): void => {
      child.running = false;
      if (!told) hears.ended({ code });
      told = true;
    };
    const child: FakeChild = {
      port,
      origin: `http://127.0.0.1:${port}`,
      running: true,
      ready: () => hears.line(`Forwarding from 127.0.0.1:${port} -> 8080`),
      says: hears.line,
      ends,
    };
    children.push(child);
    clock.after(100, () => child.running && onStart(child));
    return () => ends(null);
  };

  const supervisor = supervise({
    of,
    start,
    clock,
    random: () => random,
    network: () => networks,
    reachable: () =>
      new Promise((resolve) =>
        reached === 'at once' ? resolve(true) : clock.after(1_000, () => resolve(false)),
      ),
    probe: (origin, signal) =>
      new Promise((resolve, reject) => {
        probes.push({ origin, at: clock.now() });
        asking++;
        const done = (then: () => void) => (): void => {
          asking--;
          cancel();
          then();
        };
        const does = behind.get(origin) ?? 20;
        const cancel =
          typeof does === 'number'
            ? clock.after(does, done(resolve))
            : does === 'breaks'
              ? clock.after(
                  1,
                  done(() => reject(new Error('reset'))),
                )
              : () => {};
        signal.addEventListener(
          'abort',
          done(() => reject(signal.reason)),
          { once: true },
        );
      }),
  });
  supervisor.subscribe((state) => states.push(state));

  return {
    clock,
    children,
    behind,
    probes,
    states,
    supervisor,
    asking: () => asking,
    running: () => children.filter(({ running }) => running),
    state: () => supervisor.state(),
    onStart: (does: (child: FakeChild) => void) => {
      onStart = does;
    },
    /** Kubernetes is out of reach, or back. */
    reach: (how: typeof reached) => {
      reached = how;
    },
    move: (to: string) => {
      networks = to;
    },
    /** Lets time pass in small steps, and promises settle in between. */
    async pass(ms: number, step = 50): Promise<void> {
      for (let left = ms; left > 0; left -= step) {
        clock.advance(Math.min(step, left));
        for (let turn = 0; turn < 4; turn++) await Promise.resolve();
      }
    },
    /** The machine sleeps: its clock goes on, and nothing happens. */
    async sleep(ms: number): Promise<void> {
      const due = clock.waiting()[0] ?? 0;
      clock.set(clock.now() + ms);
      await this.pass(due + 50);
    },
  };
}
