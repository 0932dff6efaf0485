/** What the write door remembers of a change, so that it can be undone. */

/** What an operation was. */
export interface Origin {
  /** In one word, as its command is called: `restore`, `undo`, `edit`. */
  readonly what: string;
  /** What the jobs came from, as people call it: a snapshot, a file. */
  readonly source?: string;
}

/** Of what its operation was, older journals do not tell. */
export interface JournalEntry extends Partial<Origin> {
  /** The same for `before` and `after` of one change. */
  readonly id: string;
  /** The same for all changes that were made together; older journals do not tell. */
  readonly operation?: string;
  /** The name of the snapshot that was taken before an operation on several jobs. */
  readonly safety?: string;
  /** When it was about to be sent, RFC 3339. */
  readonly at: string;
  readonly server: string;
  /** The id of the cluster that answered there; older journals do not tell. */
  readonly cluster?: string;
  readonly job: string;
  readonly action: 'write' | 'delete';
  /** The job's exact text until now; null when there was none. */
  readonly before: string | null;
  /** What was sent, as JSON; null for a delete. */
  readonly sent: string | null;
}

export interface JournalOutcome {
  readonly id: string;
  readonly at: string;
  readonly outcome: 'written' | 'refused' | 'unknown';
  /** The job's exact text afterwards, where it could be read; null when there is none. */
  readonly after?: string | null;
  readonly error?: string;
}

export interface Journal {
  /** Resolves when the entry is safe. When it throws, nothing is sent to the server. */
  before(entry: JournalEntry): Promise<void>;
  after(outcome: JournalOutcome): Promise<void>;
}
