/** Where a list stands. */

/** A cursor bound to an identity: a refresh moves neither it nor its place in the window. */
export interface Cursor {
  readonly key: string | null;
  /** Rows between the top of the window and the cursor. */
  readonly row: number;
}

/** How far a list is scrolled sideways, and what the keys that move act on. */
export interface Parts {
  /** Cells of the last column that are left out at the left (of jobs: whole columns); 0 unless told. */
  readonly left?: number;
  /** The keys that move scroll the part beside or below the list instead. */
  readonly inPane?: boolean;
}
