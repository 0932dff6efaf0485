import { withoutEnd } from '../base/trimmed.ts';
import { descriptorsOf } from './common.ts';
import { fieldKinds, fieldNames } from './field.ts';
import { fieldPieces } from './six-fields.ts';
import { zones } from './zone.ts';

/** What Tab offers: candidates for the stretch of text from `start` to `end`. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly string[];
}

/** Completes a descriptor, a zone prefix, or the name of a month or day, at the cursor. */
export function completeSchedule(
  text: string,
  cursor: number,
  version?: string,
): Completion | undefined {
  const before = text.slice(0, cursor);
  const descriptor = /^((?:CRON_)?TZ=[^ ]* +)?(@[a-z]*)$/.exec(before);
  if (descriptor) {
    const start = descriptor[1]?.length ?? 0;
    const fits = descriptorsOf(version).filter((candidate) =>
      candidate.startsWith(before.slice(start)),
    );
    return found(text, start, descriptor[1] === undefined ? fits : fits.filter(takesZone));
  }
  const zone = /^((?:CRON_)?TZ=)([^ ]*)$/.exec(before);
  if (zone) return found(text, zone[1]!.length, completeZone(zone[2]!));
  return completeName(text, cursor);
}

/** There are some six hundred, and they are looked through at every key. */
let small: readonly string[] | null = null;
const inSmall = (): readonly string[] => (small ??= zones.map((name) => name.toLowerCase()));

/** The zone of that name, whatever its letter case; undefined for none. */
export const zoneCalled = (text: string): string | undefined =>
  zones[inSmall().indexOf(text.toLowerCase())];

/** Zone names that begin with what was typed, then those that hold it; letter case does not matter. */
export function completeZone(typed: string): string[] {
  const wanted = typed.toLowerCase();
  const places = zones.map((name, nth) => ({ name, at: inSmall()[nth]!.indexOf(wanted) }));
  return [
    ...places.filter(({ at }) => at === 0),
    ...places.filter(({ name, at }) => at > 0 && name[at - 1] === '/'),
    ...places.filter(({ name, at }) => at > 0 && name[at - 1] !== '/'),
  ].map(({ name }) => name);
}

/** `@at`, `@after`, `@minutely` and `@manually` are unknown to Dkron behind a zone prefix. */
const takesZone = (descriptor: string): boolean =>
  !/^@(at|after|minutely|manually)\b/.test(descriptor);

function completeName(text: string, cursor: number): Completion | undefined {
  const index = fieldPieces(text).findIndex(({ start, end }) => start < cursor && cursor <= end);
  const name = fieldNames[index];
  const kind = name && fieldKinds[name];
  const before = text.slice(0, cursor);
  const typed = before.slice(withoutEnd(before, /[a-z]/i).length);
  if (!kind || !('names' in kind) || typed === '') return undefined;
  const names = kind.names.map((known) => known.toUpperCase());
  const candidates = names.filter((known) => known.startsWith(typed.toUpperCase()));
  return found(text, cursor - typed.length, candidates);
}

/** Replaces the rest of the word that the cursor stands in as well. */
function found(text: string, start: number, candidates: readonly string[]): Completion | undefined {
  if (candidates.length === 0) return undefined;
  const end = start + (/^[^\s,-]*/.exec(text.slice(start))?.[0].length ?? 0);
  return { start, end, candidates };
}
