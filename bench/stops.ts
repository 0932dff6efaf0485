/** The longest that the main thread heard nothing, while jobs run and keys are typed. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, type Contestant, eachOf, oneByOne } from './bench.ts';
import type { Stop } from './inside.ts';
import { bigJob, nameOf } from './jobs.ts';
import { cursor, listed } from './keyboard.ts';
import type { Row } from './report.ts';
import { runsEverySecond } from './running.ts';
import { type BenchServer, putJob } from './server.ts';
import { large, watch } from './terminal.ts';

const inside = new URL('inside.ts', import.meta.url).href;

interface Stops {
  /** The longest while it starts, once it has shown rows. */
  readonly starting: Stop;
  /** The longest after that. */
  readonly watching: Stop;
}

/** So long after its first rows a start is over, ms. */
const started = 3_000;

/** @param rows when the first rows were there, ms since the process began */
export function stopsOf(stops: readonly Stop[], rows: number): Stops {
  const longest = (some: readonly Stop[]): Stop =>
    some.reduce((most, stop) => (stop.took > most.took ? stop : most), { at: 0, took: 0, cpu: 0 });
  return {
    starting: longest(stops.filter(({ at }) => at >= rows && at < rows + started)),
    watching: longest(stops.filter(({ at }) => at >= rows + started)),
  };
}

export async function measureStops(
  { contestants, folder, quick }: Bench,
  { url }: BenchServer,
  jobs: number,
): Promise<Row[]> {
  await putJob(url, bigJob(0, 200));
  const stopJob = await runsEverySecond(url);
  const look = async ({ program }: Contestant): Promise<Stops> => {
    const home = mkdtempSync(join(folder, 'stops-'));
    const file = join(home, 'stops');
    const console = watch(['--import', inside, program, '--url', url], {
      env: { HOME: home, STOPS: file },
    });
    try {
      const rows = await console.shows(nameOf(1));
      await listed(console);
      const { key } = cursor(large, 4);
      const live = performance.now();
      // The pane shows the large body while the cursor rests on it.
      for (let at = 0; performance.now() < live + (quick ? 12_000 : 30_000); at++) {
        await console.press(key(at));
        await sleep(at % 8 === 7 ? 1_500 : 100);
      }
      await console.stop();
      return stopsOf(JSON.parse(readFileSync(file, 'utf8')) as Stop[], rows);
    } finally {
      await console.stop();
    }
  };
  try {
    const seen = await oneByOne(contestants, look);
    const of = (value: (stops: Stops) => number) =>
      eachOf(contestants, ({ side }) => value(seen[side]));
    const measure = `longest stop of the main thread, ${jobs} jobs`;
    return [
      { measure, unit: 'ms', ...of(({ watching }) => watching.took), aim: { most: 50 } },
      { measure: 'of that on a core', unit: 'ms', ...of(({ watching }) => watching.cpu) },
      {
        measure: `${measure}, from the first rows on`,
        unit: 'ms',
        ...of(({ starting }) => starting.took),
      },
    ];
  } finally {
    await stopJob();
  }
}
