/** From a key to the frame that answers it, beside a control program that does nothing, while a job runs every second. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Bench, eachOf, type Side } from './bench.ts';
import { type Keys, series } from './keyboard.ts';
import { median, quantile } from './measure.ts';
import type { Row } from './report.ts';
import { runsEverySecond } from './running.ts';
import type { BenchServer } from './server.ts';
import { type Painted, type Watched, watch } from './terminal.ts';

const control = fileURLToPath(new URL('control.ts', import.meta.url));

/** The first keys find cold code. */
const leftOut = 20;
/** Every so-manieth key comes after a rest, in which what waits for one is done. */
const restEach = 20;
const rest = 150;

export async function measureKeys(bench: Bench, server: BenchServer, jobs: number): Promise<Row[]> {
  const stop = await runsEverySecond(server.url);
  try {
    const rows: Row[] = [];
    for (const keys of series(server.url, jobs)) {
      process.stderr.write(`  ${keys.what} …\n`);
      rows.push(...(await measureSeries(bench, server.url, jobs, keys)));
    }
    return rows;
  } finally {
    await stop();
  }
}

async function measureSeries(
  { contestants, folder, quick }: Bench,
  url: string,
  jobs: number,
  keys: Keys,
): Promise<Row[]> {
  await keys.prepare?.();
  const { size } = keys;
  const open: Watched[] = [watch([control], { size })];
  try {
    for (const { program } of contestants)
      open.push(
        watch([program, '--url', url], { size, env: { HOME: mkdtempSync(join(folder, 'keys-')) } }),
      );
    const [machine, ...consoles] = open as [Watched, ...Watched[]];
    for (const console of consoles) await keys.open(console);
    const painted = await interleaved([machine, ...consoles], keys, quick ? 300 : 1_000);
    const [beside, ...ours] = painted;
    return rowsOf(
      `${keys.what}, ${jobs} jobs, ${size.columns}×${size.rows}`,
      beside!,
      eachOf(contestants, (each) => ours[contestants.indexOf(each)]!),
      keys,
    );
  } finally {
    await Promise.all(open.map((each) => each.stop()));
  }
}

/** So many keys for each, in turn: a busy moment of the machine hurts all of them. */
async function interleaved(
  all: readonly Watched[],
  keys: Keys,
  count: number,
): Promise<Painted[][]> {
  const painted: Painted[][] = all.map(() => []);
  for (let at = 0; at < count + leftOut; at++) {
    const began = performance.now();
    if (at % restEach === 0) await sleep(rest);
    for (const [who, each] of all.entries()) {
      await each.rests(3);
      const options = who === 0 || keys.shows === undefined ? {} : { shows: keys.shows(at) };
      const frame = await each.press(keys.key(at), options);
      if (at >= leftOut) painted[who]!.push(frame);
    }
    // A frame is not painted sooner after the one before: keys that come quicker are measured as held ones.
    await sleep(Math.max(0, apart - (performance.now() - began)));
  }
  return painted;
}

const apart = 22;

function rowsOf(
  what: string,
  beside: readonly Painted[],
  sides: Readonly<Record<Side, readonly Painted[]>>,
  { most, bytes }: Keys,
): Row[] {
  const took = (painted: readonly Painted[], part: number): number =>
    quantile(
      painted.map((each) => each.took),
      part,
    );
  const of = (value: (painted: readonly Painted[]) => number): Record<Side, number> =>
    Object.fromEntries(
      Object.entries(sides).map(([side, painted]) => [side, value(painted)]),
    ) as Record<Side, number>;
  const above = (part: number, name: string, bound: number | undefined): Row => ({
    measure: `key → paint above the control, ${what}, ${name}`,
    unit: 'ms',
    ...of((painted) => took(painted, part) - took(beside, part)),
    against: { what: 'control', value: took(beside, part) },
    ...(bound !== undefined && { aim: { most: bound } }),
  });
  const written = (part: number, name: string, bound: number | undefined): Row => ({
    measure: `bytes of it, ${name}`,
    unit: 'bytes',
    ...of((painted) =>
      quantile(
        painted.map((each) => each.bytes),
        part,
      ),
    ),
    ...(bound !== undefined && { aim: { most: bound } }),
  });
  return [
    above(0.5, 'p50', most?.[0]),
    above(0.99, 'p99', most?.[1]),
    {
      measure: 'CPU of it, p50',
      unit: 'ms',
      ...of((painted) => median(painted.map(({ cpu }) => cpu))),
      against: { what: 'control', value: median(beside.map(({ cpu }) => cpu)) },
    },
    written(0.5, 'p50', bytes?.[0]),
    written(0.99, 'p99', bytes?.[1]),
  ];
}
