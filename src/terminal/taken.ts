/** What the parser took from a terminal (input.ts), as inputs. */
import type { Key, Press } from './keys.ts';

export type Input =
  | { readonly type: 'key'; readonly key: Key }
  | { readonly type: 'paste'; readonly text: string }
  /** The terminal says that it has the focus, or has lost it (DECSET 1004). */
  | { readonly type: 'focus'; readonly focused: boolean };

export type Taken = Press | { readonly paste: string } | { readonly focused: boolean };

const isPress = (one: Taken): one is Press => 'name' in one;

/** Keys that came in one heap know it of each other. */
export function inputsOf(taken: readonly Taken[]): Input[] {
  const coalesced = taken.filter(isPress).length > 1;
  return taken.map((one) => {
    if (isPress(one)) return { type: 'key', key: { ...one, coalesced } };
    return 'paste' in one ? { type: 'paste', text: one.paste } : { type: 'focus', ...one };
  });
}

/** The focus that `CSI parameters final` reports; null for anything else. */
export const focusOf = (parameters: string, final: string): boolean | null =>
  parameters === '' && (final === 'I' || final === 'O') ? final === 'I' : null;
