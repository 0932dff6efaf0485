/** What around a port-forward tells that another try may go better than the last. */

export interface SurroundingsOptions {
  /** The networks that this machine is in, as a text that changes with them. */
  readonly network: () => string;
  /** Whether Kubernetes takes connections, soon. */
  readonly reachable: () => Promise<boolean>;
}

export interface Surroundings {
  /** Whether this machine is in other networks than when that was asked last. */
  moved(): boolean;
  /**
   * Looks whether Kubernetes is in reach, which is cheaper than a try of kubectl; `back` is called
   * when it was not, and is again.
   */
  reach(back: () => void): void;
  /** There is a way: whatever was known of its beginning is old. */
  forget(): void;
}

export function lookAround({ network, reachable }: SurroundingsOptions): Surroundings {
  let networks = network();
  /** Null: it is not known. */
  let isInReach: boolean | null = null;
  let looking = false;
  return {
    moved: () => {
      const before = networks;
      networks = network();
      return networks !== before;
    },
    reach: async (back) => {
      if (looking) return;
      looking = true;
      const is = await reachable();
      looking = false;
      const was = isInReach;
      isInReach = is;
      if (is && was === false) back();
    },
    forget: () => {
      isInReach = null;
    },
  };
}
