/** How far something is that comes in jobs and bytes, in words. */
import { counted } from '../base/counted.ts';
import { shortSpan } from './short.ts';
import { sizeText } from './size.ts';

export interface Coming {
  readonly jobs: number;
  /** How many there will be; null where nobody said. */
  readonly total: number | null;
  readonly bytes: number;
}

/** Before that a rate says nothing, ms. */
const telling = 1_000;

/**
 * `1200 of 5000 jobs · 1.7 MB · 850.0 kB/s · 5s left`: rate and time left by all that came in the
 * `elapsed` milliseconds since it began, where that is long enough to tell.
 */
export function progressText({ jobs, total, bytes }: Coming, elapsed: number): string {
  const parts = [total === null ? counted(jobs) : `${jobs} of ${counted(total)}`, sizeText(bytes)];
  if (elapsed < telling) return parts.join(' · ');
  parts.push(`${sizeText(Math.round((bytes / elapsed) * 1_000))}/s`);
  if (total !== null) parts.push(...leftText(jobs, total, elapsed));
  return parts.join(' · ');
}

/** `1200 of 5000 jobs · 850 jobs/s · 5s left`, of `done` jobs in the `elapsed` milliseconds since the first. */
export function writingText(done: number, total: number, elapsed: number): string {
  const parts = [`${done} of ${counted(total)}`];
  if (elapsed >= telling) {
    parts.push(`${rateText((done / elapsed) * 1_000)} jobs/s`);
    parts.push(...leftText(done, total, elapsed));
  }
  return parts.join(' · ');
}

const rateText = (rate: number): string => (rate < 10 ? rate.toFixed(1) : String(Math.round(rate)));

/** `5s left`; nothing where there is nothing to tell. */
const leftText = (done: number, total: number, elapsed: number): string[] =>
  done > 0 && done < total ? [`${shortSpan(whole((elapsed / done) * (total - done)))} left`] : [];

/** Not done before it is: a part of a second is one. */
const whole = (ms: number): number => Math.ceil(ms / 1_000) * 1_000;

/** How much of it is done, from 0 to 1; null where nobody knows. */
export const shareOf = ({ jobs, total }: Coming): number | null =>
  total === null || total === 0 ? null : Math.min(1, jobs / total);
