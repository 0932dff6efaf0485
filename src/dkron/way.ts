/** What requests go by: connections to one server. */
import type { Dispatcher } from 'undici';

/** What is used of undici's dispatchers. */
export type Way = Pick<Dispatcher, 'dispatch'> & {
  /** Waits for what is under way. */
  close(): Promise<void>;
  destroy(): Promise<void>;
};

/** Whether a connection that was just made may be used: null where it may, else why not. */
export type Admit = () => Promise<Error | null>;

/** Where nothing has to be known of whom they lead to. */
export const anyone: Admit = async () => null;

/** A server that answers nothing for this long in mid-answer hangs, ms. */
export const idle = 30_000;

/** On the error of a connection that was never made. */
export const unconnected = { unconnected: true } as const;
