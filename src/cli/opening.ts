/** What a plain console is opened on, by what is known of the file of contexts before YAML can be read. */
import type { KnownContexts } from '../config/known-contexts.ts';
import type { Opened } from '../config/places.ts';
import { usualUrl } from '../config/target.ts';
import { readAddress } from '../dkron/address.ts';
import { earlyUrl } from '../dkron/early.ts';
import type { PlainConsole } from './plain.ts';

export interface Opening {
  readonly of: Opened;
  readonly readOnly: boolean;
  /** What can be asked; null: nothing. */
  readonly asks: string | null;
  /** Of the context; null: of an address. */
  readonly mark: string | null;
}

/** The same as `targetOf` (target.ts) finds; null for what is not known, or what the program will refuse. */
export function openingOf(wanted: PlainConsole, known: KnownContexts | null): Opening | null {
  const { readOnly } = wanted;
  const isNamed = wanted.url !== null || wanted.context !== null;
  const context = isNamed ? wanted.context : known?.current;
  const url = wanted.url ?? (context === null ? usualUrl : null);
  if (url !== null) return ofAddress(url, readOnly);
  const one = known?.contexts.find(({ name }) => name === context);
  if (one === undefined) return null;
  const { name, asks, mark } = one;
  return { of: { context: name, url: '' }, readOnly: readOnly || one.readOnly, asks, mark };
}

function ofAddress(text: string, readOnly: boolean): Opening | null {
  try {
    const address = readAddress(text);
    const of = { context: null, url: address.url };
    return { of, readOnly, asks: earlyUrl(address), mark: null };
  } catch {
    return null;
  }
}
