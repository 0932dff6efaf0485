/** Moments as people write them. */
import { zoneOf } from '../schedule/index.ts';

/** What one may write, for help and errors. */
export const momentHelp = 'RFC 3339, 14:30, 2026-11-21 14:30, or 2h ago';

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/**
 * A moment in the past, ms since the epoch: `2026-11-21T14:30:00Z`, `2026-11-21 14:30`, `14:30` (the last
 * one) by the clock of the zone, `2h ago`, `1d 12h ago`. Of an hour that the clock has twice it is the
 * first. Null for anything else.
 */
export function momentOf(text: string, now: number, zone: string): number | null {
  const words = text.trim();
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/i.test(words)) return known(Date.parse(words));
  return agoOf(words, now) ?? clockOf(words, now, zone);
}

const known = (at: number): number | null => (Number.isNaN(at) ? null : at);

function agoOf(text: string, now: number): number | null {
  const [, spans] = /^((?:\d{1,6}\s*[smhdw]\s*)+)ago$/.exec(text) ?? [];
  if (spans === undefined) return null;
  const parts = spans.matchAll(/(\d+)\s*([smhdw])/g);
  return [...parts].reduce(
    (at, [, count, unit]) => at - Number(count) * units[unit!]! * 1_000,
    now,
  );
}

function clockOf(text: string, now: number, zone: string): number | null {
  const [, day, clock = '00:00'] =
    /^(\d{4}-\d\d-\d\d)?(?:(?:^|[ T])(\d\d:\d\d(?::\d\d)?))?$/.exec(text) ?? [];
  if (day !== undefined) return instantOf(`${day}T${clock}Z`, zone);
  if (text === '' || text !== clock) return null;
  const today = new Date(now + offsetAt(now, zone)).toISOString().slice(0, 10);
  const at = instantOf(`${today}T${clock}Z`, zone);
  if (at === null || at <= now) return at;
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
  return instantOf(`${yesterday}T${clock}Z`, zone);
}

/** When the zone's clock showed this, which is written as if it were UTC. */
function instantOf(written: string, zone: string): number | null {
  const wall = Date.parse(written);
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== written.slice(0, 10))
    return null;
  const offsets = [-1, 1].map((side) => offsetAt(wall + side * 86_400_000, zone));
  const shown = offsets
    .map((offset) => wall - offset)
    .filter((at) => at + offsetAt(at, zone) === wall);
  // The clock was set forward over it: as if that had not happened yet.
  return shown.length === 0 ? wall - offsets[0]! : Math.min(...shown);
}

const offsetAt = (at: number, zone: string): number =>
  zoneOf(zone).offsetAt(Math.floor(at / 1_000)) * 1_000;
