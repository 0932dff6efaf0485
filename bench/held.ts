/** Keys that come quicker than one by one: held down, and all at once. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, type Contestant, eachOf, oneByOne } from './bench.ts';
import { nameOf } from './jobs.ts';
import { listed } from './keyboard.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';
import { runsEverySecond } from './running.ts';
import type { BenchServer } from './server.ts';
import { type Painted, type Watched, watch } from './terminal.ts';

/** As keyboards repeat: thirty a second. */
const every = 1_000 / 30;
/** The rows that are seen, there and back. */
const rows = 40;

interface Held {
  readonly held: Painted[];
  readonly burst: Painted[];
}

export async function measureHeld(
  { contestants, folder, quick }: Bench,
  { url }: BenchServer,
  jobs: number,
): Promise<Row[]> {
  const rounds = quick ? 6 : 12;
  const look = async ({ program }: Contestant): Promise<Held> => {
    const env = { HOME: mkdtempSync(join(folder, 'held-')) };
    const console = watch([program, '--url', url], { env });
    try {
      await listed(console);
      return { held: await swept(console, rounds, every), burst: await swept(console, rounds, 0) };
    } finally {
      await console.stop();
    }
  };
  const stopJob = await runsEverySecond(url);
  try {
    const seen = await oneByOne(contestants, look);
    const of = (value: (held: Held) => number) =>
      eachOf(contestants, ({ side }) => value(seen[side]));
    const last = (painted: readonly Painted[]) => median(painted.map(({ took }) => took));
    const most = (painted: readonly Painted[]) => Math.max(...painted.map(({ took }) => took));
    const held = `a key held for ${rows} rows, 30 a second, ${jobs} jobs`;
    return [
      {
        measure: `${held}: the last one's frame after`,
        unit: 'ms',
        ...of((each) => last(each.held)),
      },
      { measure: `${held}: at the most`, unit: 'ms', ...of((each) => most(each.held)) },
      {
        measure: `${held}: frames`,
        unit: 'frames',
        ...of((each) => median(each.held.map(({ frames }) => frames))),
      },
      {
        measure: `${rows} keys at once, ${jobs} jobs`,
        unit: 'ms',
        ...of((each) => last(each.burst)),
      },
    ];
  } finally {
    await stopJob();
  }
}

/** Down and up again so many times, with so many ms between the keys. */
async function swept(console: Watched, rounds: number, apart: number): Promise<Painted[]> {
  const painted: Painted[] = [];
  for (let round = 0; round < rounds; round++) {
    await console.rests(100);
    const [key, shows] = round % 2 === 0 ? ['j', nameOf(rows)] : ['k', nameOf(0)];
    const keys = Array.from({ length: rows }, () => key);
    painted.push(await console.press(apart === 0 ? keys.join('') : keys, { shows, every: apart }));
  }
  return painted;
}
