/** What a session tells for whoever looks for a mistake afterwards (`--log`). */

export type LogKind =
  /** A program begins to write into the file. */
  | 'start'
  /** A console begins: all that its first state is made of. */
  | 'console'
  /** Jobs that are new or changed; the message after it brings them. */
  | 'jobs'
  | 'message'
  | 'effect'
  | 'request'
  | 'defect'
  /** The program ends, with its exit code. */
  | 'end';

export interface Log {
  /** Whether anybody listens: what only the log needs is not kept otherwise. */
  readonly on: boolean;
  /**
   * One line. `what` is asked for later, and not at all when no log is kept: it looks only at what
   * does not change, and leaves out every secret.
   */
  note(kind: LogKind, what: () => Readonly<Record<string, unknown>>): void;
}

export const noLog: Log = { on: false, note: () => {} };
