/**
 * What Intl said of time zones, kept between two starts: its first answer takes as long as half of a start.
 * It holds for the version of the time zone database that this Node has, and for the years around now.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import { writeWhole } from '../config/whole-file.ts';
import { askedZones, offsetsBetween, type ToldOffsets, trustOffsets } from '../schedule/index.ts';

/** Keeps what Intl was asked about since; nothing where it was not asked. Never throws. */
export type KeepOffsets = () => Promise<void>;

type Zones = Readonly<Record<string, ToldOffsets>>;

const year = 366 * 86_400;
/** Next runs lie ahead, seconds. */
const around = { before: year, after: 6 * year };
/** At one keeping: each takes a few ms. */
const most = 10;
/** What is longer is no file of ours, letters. */
const mostLetters = 1_000_000;

/** Whose answers they are. */
const madeBy = (): string => `${process.versions.tz} ${process.versions['icu']}`;

/** @param path a file of this program's own. */
export function openToldOffsets(path: string, now: () => number): KeepOffsets {
  let zones: Zones | null = null;
  const all = (): Zones => (zones ??= read(path, now() / 1000));
  trustOffsets((name) => (Object.hasOwn(all(), name) ? all()[name] : undefined));
  return async () => {
    const from = Math.floor(now() / 1000) - around.before;
    const asked = askedZones().filter((name) => !Object.hasOwn(all(), name));
    if (asked.length === 0) return;
    for (const name of asked.slice(0, most)) {
      zones = { ...all(), [name]: offsetsBetween(name, from, from + around.before + around.after) };
      await turn();
    }
    const kept = JSON.stringify({ madeBy: madeBy(), zones });
    // A disk that refuses loses nothing.
    await writeWhole(path, kept).catch(() => {});
  };
}

/** Nothing where it is of another Node, or not as this writes it; each zone as long as it reaches far enough. */
function read(path: string, now: number): Zones {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > mostLetters) return {};
    const { madeBy: by, zones } = JSON.parse(text) as { madeBy?: unknown; zones?: object };
    if (by !== madeBy()) return {};
    return Object.fromEntries(
      Object.entries(zones ?? {}).filter(([, told]) => isTold(told) && told.to > now + year),
    );
  } catch {
    return {};
  }
}

function isTold(value: unknown): value is ToldOffsets {
  if (typeof value !== 'object' || value === null) return false;
  const { from, to, offset, changes } = value as Record<string, unknown>;
  if (![from, to, offset].every(Number.isInteger) || !Array.isArray(changes)) return false;
  return changes.every(
    (change, at) =>
      Array.isArray(change) &&
      change.length === 2 &&
      change.every(Number.isInteger) &&
      change[0] > (at === 0 ? from : changes[at - 1][0]) &&
      change[0] <= (to as number),
  );
}
