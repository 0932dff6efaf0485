/**
 * The order of Dkron's indexes (buntdb IndexJSON): values of the stored JSON by type, then text
 * without regard to case, numbers by value, and objects by their text, which misplaces some times.
 */
import { nanosPerSecond, secondsFromInstant } from '../schedule/instant.ts';
import { compareText } from './json.ts';

export type IndexKey =
  | { readonly rank: 0 }
  | { readonly rank: 1; readonly number: bigint }
  | { readonly rank: 2; readonly text: string }
  | { readonly rank: 3; readonly raw: string };

/** An empty value is not written, and what is not there comes first. */
const missing: IndexKey = { rank: 0 };

export const textKey = (text: string): IndexKey =>
  text === '' ? missing : { rank: 2, text: text.replace(/[A-Z]/g, (char) => char.toLowerCase()) };

export const numberKey = (number: bigint): IndexKey =>
  number === 0n ? missing : { rank: 1, number };

export const jsonKey = (raw: string): IndexKey & { readonly rank: 3 } => ({ rank: 3, raw });

/** A protobuf timestamp: seconds and nanoseconds, each left out when 0. */
export function timeKey(at: bigint): IndexKey & { readonly rank: 3 } {
  const seconds = secondsFromInstant(at);
  const nanos = at - BigInt(seconds) * nanosPerSecond;
  const parts = [
    ...(seconds === 0 ? [] : [`"seconds":${seconds}`]),
    ...(nanos === 0n ? [] : [`"nanos":${nanos}`]),
  ];
  return jsonKey(`{${parts.join(',')}}`);
}

export function compareKeys(a: IndexKey, b: IndexKey): number {
  if (a.rank === 1 && b.rank === 1) return a.number < b.number ? -1 : Number(a.number > b.number);
  if (a.rank === 2 && b.rank === 2) return compareText(a.text, b.text);
  if (a.rank === 3 && b.rank === 3) return compareText(a.raw, b.raw);
  return a.rank - b.rank;
}
