/** How the connection to the server stands, and how often it is read. */

/** What keeps the server from being read, by what an operator would do about it. */
export type Trouble =
  | 'unreachable'
  /** The port is closed. */
  | 'refused'
  /** Another program answers. */
  | 'wrong service'
  | 'no credentials'
  | 'wrong credentials'
  | 'forbidden'
  /** It is Dkron, and it fails; or this program does. */
  | 'failing';

/** How often the server is read by itself. */
export interface Pace {
  /** The operator stopped it; asked for, it is read all the same. */
  readonly paused: boolean;
  /** False once the terminal has said that it lost the focus. */
  readonly focused: boolean;
}

/** What the answering node says of itself, or shows. */
export interface Node {
  /** It accepts no new and no changed jobs. */
  readonly paused: boolean;
  /** It shows less than another node did: a follower that lags. */
  readonly behind: boolean;
}

/** Fetch status, apart from the data: rows that are old and a lost connection show together. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly took: number; readonly nextAt: number }
  | {
      readonly kind: 'lost';
      readonly trouble: Trouble;
      readonly reason: string;
      readonly since: number;
      /** When the next try is due, ms since the epoch. */
      readonly retryAt: number;
    };

/** What is known of the list that rows of an earlier console come from. */
export interface EarlierRows {
  /** How many jobs it had. */
  readonly count: number;
  /** What its cluster is called. */
  readonly of: string;
  /** They are kept for somebody who shows them as they are, whenever that is: without any age. */
  readonly ageless?: true;
}
