/** Answers as they are compared: what differs between two runs of one server is taken out. */
import { numberText, parseJson } from '../../src/json/numbers.ts';
import type { Answer } from './recording.ts';

/** What a group of requests has said so far. */
export interface Said {
  /** All bodies sent; a time that stands in them is compared as it is. */
  text: string;
  /** Jobs of executor `shell`: a server may print what it likes there. */
  readonly shellJobs: Set<string>;
}

export const saidNothing = (): Said => ({ text: '', shellJobs: new Set() });

export function remember(said: Said, body: string): void {
  said.text += body;
  for (const job of [jobsIn(body)].flat())
    if (job?.executor === 'shell' && typeof job.name === 'string') said.shellJobs.add(job.name);
}

function jobsIn(body: string): { name?: unknown; executor?: unknown } | null | undefined {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The parts of an answer that two servers must agree in. */
export function comparable({ status, headers, body }: Answer, path: string, said: Said): object {
  return {
    status,
    contentType: headers['content-type']?.replace(/; ?charset=utf-8/i, ''),
    total: headers['x-total-count'],
    location: headers['location'],
    namesNode: headers['x-whom'] !== undefined,
    body: comparableBody(body, path, said),
  };
}

/** Answers about a node itself: only their keys and types are compared. */
const aboutNode = /^\/v1\/?$|^\/v1\/(members|leader)$/;

function comparableBody(body: string, path: string, said: Said): unknown {
  let value: unknown;
  try {
    value = parseJson(body);
  } catch {
    return { text: body };
  }
  if (aboutNode.test(path)) return shapeOf(value);
  // Restore answers JSON within JSON.
  if (typeof value === 'string' && value.startsWith('[')) return { within: parseJson(value) };
  if (byNext.test(path) && Array.isArray(value)) return orderedByNext(value, path, said);
  return withoutChance(value, said);
}

/** A list of jobs in the order of their next runs. */
const byNext = /\?_sort=next/;

/** Which of two jobs runs next may depend on the hour: in an hour from now, or at midnight. */
function orderedByNext(jobs: readonly { name: string; next: string }[], path: string, said: Said) {
  const times = jobs.map(({ next }) => Date.parse(next));
  const rising = path.includes('_order=DESC') ? times.toReversed() : times;
  return {
    isInOrder: rising.every((time, at) => at === 0 || rising[at - 1]! <= time),
    jobs: withoutChance(
      jobs.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      said,
    ),
  };
}

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== 'object') return typeof value;
  return mapValues(value, (_, item) => shapeOf(item));
}

function withoutChance(value: unknown, said: Said): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutChance(item, said));
  if (typeof value === 'string') return textWithoutChance(value, said);
  if (value === null || typeof value !== 'object' || numberText(value) !== undefined) return value;
  const { job_name: job } = value as { job_name?: unknown };
  return mapValues(value, (key, item) => {
    if (key === 'node_name' || key === 'group') return `<${key}>`;
    if (key === 'output' && said.shellJobs.has(String(job))) return '<shell output>';
    return withoutChance(item, said);
  });
}

function textWithoutChance(text: string, said: Said): string {
  const year = /^(\d{4})-\d\d-\d\dT\d\d:\d\d/.exec(text)?.[1];
  if (year !== undefined) return Number(year) < 2026 || said.text.includes(text) ? text : '<time>';
  return text.replace(/^\d{19}-.+$/, '<execution>').replace(/dial tcp.*/s, 'dial tcp <reason>');
}

const mapValues = (value: object, change: (key: string, item: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(key, item)]));
