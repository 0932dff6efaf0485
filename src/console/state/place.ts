/** Where a list stands. */

/** A cursor bound to an identity: a refresh moves neither it nor its place in the window. */
export interface Cursor {
  readonly key: string | null;
  /** Rows between the top of the window and the cursor. */
  readonly row: number;
}
