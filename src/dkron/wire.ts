/** What goes over the wire, before anyone knows what it means. */

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** From `/v1` on. */
  readonly path: string;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait for the first byte; 0 waits for ever. */
  readonly patience?: number;
}

/** An answer whose body is still on its way. */
export interface Reply {
  readonly ask: Ask;
  readonly status: number;
  header(name: string): string | null;
  /** The node that answered, where Dkron says so (3.1.0 and newer). */
  readonly whom: string | null;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The whole body as text; once. */
  text(): Promise<string>;
}

export const methodOf = (ask: Ask): string => ask.method ?? 'GET';
