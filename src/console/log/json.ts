/** What JSON has no words for, in JSON: maps, sets, large whole numbers. */
import type { JobText } from '../../job/job.ts';
import { serverJob } from '../../job/job-value.ts';
import { parseJson } from '../../json/numbers.ts';

/** The value as one that `JSON.stringify` prints whole. */
export function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return { $big: String(value) };
  if (typeof value !== 'object' || value === null || isRaw(value)) return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) return { $map: [...value].map(toJson) };
  if (value instanceof Set) return { $set: [...value].map(toJson) };
  if (value instanceof Uint32Array) return { $counts: [...value] };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)]));
}

/** A number that JavaScript could not hold. */
const isRaw = (value: object): boolean => 'rawJSON' in value;

/** What `toJson` made of a value, once it was printed and parsed again. Throws SyntaxError. */
export function fromJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isRaw(value)) return value;
  if (Array.isArray(value)) return value.map(fromJson);
  const { $big, $map, $set, $counts } = value as Record<string, unknown>;
  if (typeof $big === 'string') return BigInt($big);
  if (Array.isArray($map)) return new Map($map.map(fromJson) as [unknown, unknown][]);
  if (Array.isArray($set)) return new Set($set.map(fromJson));
  if (Array.isArray($counts)) return Uint32Array.from($counts as number[]);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromJson(inner)]));
}

/** Throws SyntaxError. */
export function jobText(text: string): JobText {
  const read = serverJob(parseJson(text));
  if ('job' in read) return { text, job: read.job };
  throw new SyntaxError('a job of the log is none');
}
