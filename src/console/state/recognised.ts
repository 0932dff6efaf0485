/** Which cluster it is that answers: anything but `known` stops every change. */
export type Recognised =
  /** No whole list came yet. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly name: string }
  | {
      /** `unsure`: it may be the one that is shown; `another`: it is not. */
      readonly kind: 'unsure' | 'another';
      /** The one that is shown, or was meant. */
      readonly name: string;
      /** The one that answers. */
      readonly instead: string;
      /** Why it is not taken for the same, as a part of a sentence. */
      readonly why: string;
    };
