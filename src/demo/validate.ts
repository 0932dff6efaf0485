/** Why Dkron refuses a job (Dkron job.go Validate), in its order and its words. */
import { parseGoDuration } from '../schedule/go-duration.ts';
import { parseSchedule } from '../schedule/parse.ts';
import { zoneError } from '../schedule/zone.ts';
import type { Job } from './job.ts';

/** The Go code panics here; its web server answers 500 without a body. */
export class Panic extends Error {}

/** The reason, or undefined for a valid job. Throws Panic. */
export function refusal(job: Job): string | undefined {
  if (job.name === '') return 'name cannot be empty';
  const illegal = /[^\p{Ll}0-9_-]/u.exec(job.name);
  if (illegal !== null) return `name contains illegal character '${illegal[0]}'`;
  if (job.parent_job === job.name) return 'the job can not have itself as parent';
  return (
    scheduleRefusal(job) ??
    (['', 'allow', 'forbid'].includes(job.concurrency)
      ? undefined
      : 'invalid concurrency policy value, use "allow" or "forbid"') ??
    zoneError(job.timezone) ??
    (job.executor === 'shell' ? shellRefusal(job) : undefined)
  );
}

function scheduleRefusal(job: Job): string | undefined {
  const context = { name: job.name, hasParent: job.parent_job !== '' };
  const parsed = parseSchedule(job.schedule, context);
  if (parsed.valid) return undefined;
  if (parsed.panics) throw new Panic(parsed.error);
  return parsed.error;
}

function shellRefusal(job: Job): string | undefined {
  const timeout = job.executor_config?.get('timeout') ?? '';
  if (timeout !== '' && 'error' in parseGoDuration(timeout))
    return 'Error parsing job timeout value';
  const limit = job.executor_config?.get('mem_limit') ?? '';
  const reason = limit === '' ? undefined : memoryRefusal(limit);
  return reason === undefined ? undefined : `Error parsing job memory limit value: ${reason}`;
}

const kilo = (power: number): number => 1024 ** power;
const units: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  BYTES: 1,
  KB: kilo(1),
  K: kilo(1),
  MB: kilo(2),
  M: kilo(2),
  GB: kilo(3),
  G: kilo(3),
  TB: kilo(4),
  T: kilo(4),
};

/** Dkron job.go validateMemoryLimit. */
function memoryRefusal(text: string): string | undefined {
  const tooLow = 'memory limit must be greater than 0';
  if (isInt64(text)) return BigInt(text.replace(/^\+/, '')) > 0n ? undefined : tooLow;
  const limit = text.trim().toUpperCase();
  const number = /^[\d.]*/.exec(limit)![0];
  if (number === '') return `invalid memory limit format: ${limit}`;
  if (!/^(\d+\.?\d*|\.\d+)$/.test(number))
    return `invalid numeric value in memory limit: ${number}`;
  if (Number(number) <= 0) return tooLow;
  const unit = limit.slice(number.length);
  const factor = Object.hasOwn(units, unit) ? units[unit]! : undefined;
  if (factor === undefined)
    return `unsupported memory unit: ${unit} (supported: B, KB, MB, GB, TB)`;
  const bytes = Number(number) * factor;
  return bytes >= 1 && bytes < 2 ** 63 ? undefined : 'memory limit too large or causes overflow';
}

const isInt64 = (text: string): boolean =>
  /^[+-]?\d+$/.test(text) &&
  BigInt.asIntN(64, BigInt(text.replace(/^\+/, ''))) === BigInt(text.replace(/^\+/, ''));
