import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openToldOffsets } from '../../src/cli/told-offsets.ts';
import { trustOffsets, zoneOf } from '../../src/schedule/index.ts';

let folder: string;
const path = () => join(folder, 'state', 'offsets.json');
const now = Date.UTC(2026, 10, 27);
const seconds = (year: number): number => Date.UTC(year, 0, 1) / 1000;

/** A program that asks about some zones, and keeps what it was told. */
async function start(...names: readonly string[]) {
  const keep = openToldOffsets(path(), () => now);
  const offsets = names.map((name) => zoneOf(name).offsetAt(now / 1000));
  await keep();
  return offsets;
}

/** How often Intl is asked about a zone by what follows. */
const intl = () => vi.spyOn(Intl, 'DateTimeFormat');
const kept = (): string => readFileSync(path(), 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offsets-'));
});
afterEach(() => {
  trustOffsets(() => undefined);
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe('what Intl said of zones', () => {
  it('is the same in the next start, which asks it no more', async () => {
    const names = ['Europe/Paris', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Etc/GMT+5'];
    const times = fc.integer({ min: seconds(2026), max: seconds(2032) });
    const first = await start(...names);
    const said = (name: string, at: number, to: number) => [
      zoneOf(name).offsetAt(at),
      zoneOf(name).changesBetween(at, Math.min(to, at + 400 * 86_400)),
    ];
    trustOffsets(() => undefined);
    const truth = fc
      .sample(fc.tuple(fc.constantFrom(...names), times, times), 200)
      .map((asked) => ({ asked, said: said(...asked) }));
    const asked = intl();
    expect(await start(...names)).toEqual(first);
    for (const one of truth) expect(said(...one.asked)).toEqual(one.said);
    expect(asked).not.toHaveBeenCalled();
  });

  it('lies in a file of the operator’s own, of all zones that were asked about', async () => {
    await start('Europe/Paris', 'UTC', 'Factory');
    await start('Asia/Tokyo', 'Europe/Paris');
    expect(Object.keys(JSON.parse(kept()).zones)).toEqual(['Europe/Paris', 'Asia/Tokyo']);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('is asked about all other times', async () => {
    await start('Europe/Paris');
    const asked = intl();
    await start('Europe/Paris');
    expect(asked).not.toHaveBeenCalled();
    expect(zoneOf('Europe/Paris').offsetAt(seconds(1970))).toBe(3600);
    expect(zoneOf('Europe/Paris').offsetAt(Date.UTC(2040, 6, 1) / 1000)).toBe(7200);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it.each<[string, (text: string) => string]>([
    ['of another database', (text) => text.replace(/"madeBy":"\d+/, '"madeBy":"1999')],
    ['that do not reach far enough', (text) => text.replace(/"to":\d+/, `"to":${now / 1000}`)],
    ['that are no numbers', (text) => text.replace(/"offset":\d+/, '"offset":"3600"')],
    ['in no order', (text) => text.replace(/"changes":\[/, '"changes":[[4000000000,0],')],
    ['of half a file', (text) => text.slice(0, 100)],
    ['of nothing', () => 'null'],
  ])('is asked again in place of what is kept %s', async (_, change) => {
    const [paris] = await start('Europe/Paris');
    const text = kept();
    writeFileSync(path(), change(text));
    const asked = intl();
    expect(await start('Europe/Paris')).toEqual([paris]);
    expect(asked).toHaveBeenCalled();
    expect(kept()).toBe(text);
  });
});
