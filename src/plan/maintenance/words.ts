import { counted } from '../../base/counted.ts';
import { shortSpan } from '../../view/short.ts';
import type { Maintenance } from './record.ts';

/** `maintenance night: 12 jobs, since 3h 10m`. `now`: ms since the epoch. */
export const sinceText = ({ name, jobs, at }: Maintenance, now: number): string =>
  `maintenance ${name}: ${counted(jobs)}, since ${shortSpan(now - Date.parse(at))}`;

/** What to do with one that was interrupted. */
export const interruptedText = ({ name, step }: Maintenance): string =>
  step === 'starting'
    ? `the maintenance ${name} has started half way: 'maintenance start' goes on, 'maintenance end' takes it back`
    : `the maintenance ${name} has ended half way: 'maintenance end' goes on`;
