/** When a job runs next by the engine, or why it does not. */
export type Next =
  | { readonly kind: 'at'; readonly at: number }
  | { readonly kind: 'never' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'after' }
  | { readonly kind: 'invalid' };

/** That of a job, and what it was found with. */
export interface NextSeen {
  readonly next: Next;
  readonly zone: string;
  readonly version: string | undefined;
}
