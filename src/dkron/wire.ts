/** What goes over the wire, before anyone knows what it means. */

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** From `/v1` on. */
  readonly path: string;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
  /** Told when it goes onto its connection: from then on it may happen. */
  readonly onSent?: (() => void) | undefined;
  /** Milliseconds to wait for the answer to begin, in place of its bounds'; 0 waits without an end. */
  readonly patience?: number;
  /** What the answer must keep to; `usual` unless told. */
  readonly bounds?: Bounds;
}

export interface Bounds {
  /** The most bytes that an answer may have. */
  readonly bytes: number;
  /** Milliseconds until it begins. Dkron builds an answer before its first byte. */
  readonly begin: number;
  /** Milliseconds that it may take from then on; 0 for any. */
  readonly ms: number;
}

export type Shown = 'user and password' | 'token' | 'credentials';

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
  /** What went with the request to be let in; null for nothing. */
  readonly shown: Shown | null;
  /** Takes out of somebody's words what the address keeps secret. */
  conceal(text: string): string;
}

export const methodOf = (ask: Ask): string => ask.method ?? 'GET';
