/** How long a job is as the protobuf message that Dkron sends to its leader (dkron.proto). */
import { nanosPerSecond, secondsFromInstant } from '../schedule/instant.ts';
import type { Job, Strings } from './job.ts';
import type { Time } from './time.ts';

/** What gRPC takes at most, in bytes. */
export const MAX_MESSAGE = 4 * 1024 * 1024;

/** Bytes of a SetJobRequest. */
export function messageSize(job: Job): number {
  return field(1, jobSize(job));
}

/** Bytes of a number as protobuf writes it; a negative one takes ten. */
function varint(value: number | bigint): number {
  if (value < 0) return 10;
  return Math.max(1, Math.ceil(BigInt(value).toString(2).length / 7));
}

/** A length-delimited field with its tag. */
const field = (number: number, length: number): number =>
  varint(number << 3) + varint(length) + length;

/** Empty texts and zeros are not sent. */
const string = (number: number, value: string): number =>
  value === '' ? 0 : field(number, Buffer.byteLength(value));

const integer = (number: number, value: number | bigint): number =>
  BigInt(value) === 0n ? 0 : varint(number << 3) + varint(value);

const strings = (number: number, map: Strings | null): number =>
  sum(map ?? [], ([key, value]) => field(number, string(1, key) + string(2, value)));

const timestamp = (at: bigint): number => {
  const seconds = secondsFromInstant(at);
  return integer(1, seconds) + integer(2, at - BigInt(seconds) * nanosPerSecond);
};

const nullable = (number: number, time: Time | null): number =>
  field(number, time === null ? 0 : integer(1, 1) + field(2, timestamp(time.at)));

function sum<T>(items: Iterable<T>, size: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += size(item);
  return total;
}

const jobSize = (job: Job): number =>
  string(1, job.name) +
  string(2, job.timezone) +
  string(3, job.schedule) +
  string(7, job.owner) +
  string(8, job.owner_email) +
  integer(9, BigInt.asIntN(32, job.success_count)) +
  integer(10, BigInt.asIntN(32, job.error_count)) +
  integer(11, Number(job.disabled)) +
  strings(12, job.tags) +
  integer(13, BigInt.asUintN(32, job.retries)) +
  sum(job.dependent_jobs ?? [], (name) => field(14, Buffer.byteLength(name))) +
  string(15, job.parent_job) +
  string(16, job.concurrency) +
  string(17, job.executor) +
  strings(18, job.executor_config) +
  string(19, job.status) +
  strings(20, job.metadata) +
  field(23, timestamp(job.next.at)) +
  string(24, job.displayname) +
  nullable(25, job.last_success) +
  nullable(26, job.last_error) +
  sum(job.processors ?? [], ([name, config]) =>
    field(27, string(1, name) + field(2, strings(1, config))),
  ) +
  integer(28, Number(job.ephemeral)) +
  nullable(29, job.expires_at) +
  nullable(30, job.starts_at);
