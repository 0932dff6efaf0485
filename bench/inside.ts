/**
 * Loaded into a program before its own first line: tells, when it ends, how long its main thread did not
 * come to a timer. `STOPS=FILE node --import bench/inside.ts PROGRAM`
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';

export interface Stop {
  /** Milliseconds since the process began. */
  readonly at: number;
  /** By the clock, and on a core: what is missing others had. */
  readonly took: number;
  readonly cpu: number;
}

const every = 4;
/** Shorter ones are nobody's concern. */
const least = 5;

const file = process.env['STOPS'];
const stops: Stop[] = [];
const onCore = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
let before = performance.now();
let cpu = onCore();
setInterval(() => {
  const now = performance.now();
  const used = onCore();
  const took = now - before - every;
  if (took >= least) stops.push({ at: before, took, cpu: used - cpu });
  before = now;
  cpu = used;
}, every).unref();

if (file) process.on('exit', () => writeFileSync(file, JSON.stringify(stops)));
