/** A console's session read from a log, to be gone through once more. */
import type { JobText } from '../../job/job.ts';
import { parseJson } from '../../json/numbers.ts';
import type { Setting, State } from '../state/model.ts';
import { startState } from '../state/start.ts';
import { update } from '../update/update.ts';
import { fromJson, jobText } from './json.ts';
import { messageOf, type Recorded } from './message.ts';

export interface Recording {
  /** The program that wrote it. */
  readonly version: string;
  readonly start: State;
  readonly messages: readonly Recorded[];
  /** Why there may be more than is in it; null for a log that is whole. */
  readonly cut: string | null;
}

type Line = Readonly<Record<string, unknown>>;

/**
 * Of the last program of a log the console that got its last key, or else its last one; null where there is
 * none. Lines that are cut off are passed over.
 */
export function readRecording(text: string): Recording | null {
  const lines = text.split('\n').flatMap(lineOf);
  const last = lines.findLast(isConsole);
  const keyed = lines.findLast((line) => isKey(line) && line['pid'] === last?.['pid']) ?? last;
  const at = lines.findLastIndex((line) => isConsole(line) && isOf(keyed!, line));
  const first = lines[at];
  if (first === undefined) return null;
  const mine = lines.filter(({ pid }) => pid === first['pid']);
  const { setting, columns, rows, now, zone } = first;
  const program = lines
    .slice(0, at)
    .findLast(({ kind, pid }) => kind === 'start' && pid === first['pid']);
  const size = { columns: Number(columns), rows: Number(rows) };
  const others = (line: Line): boolean => line['console'] !== undefined && !isOf(line, first);
  const later = mine.slice(mine.indexOf(first) + 1).filter((line) => !others(line));
  return {
    version: String(program?.['version'] ?? ''),
    start: startState(setting as Setting, size, Number(now), String(zone)),
    messages: messagesIn(later),
    cut: cutOf(later),
  };
}

const isConsole = ({ kind }: Line): boolean => kind === 'console';

const isKey = ({ message }: Line): boolean => (message as Recorded | undefined)?.type === 'key';

/** Whether the line is of the console that this one began; only one program writes a number twice. */
const isOf = (line: Line, began: Line): boolean =>
  line['pid'] === began['pid'] && line['console'] === began['console'];

/** Empty for a line that is not one of a log. */
function lineOf(text: string): Line[] {
  try {
    const value = fromJson(parseJson(text));
    return typeof value === 'object' && value !== null ? [value as Line] : [];
  } catch {
    return [];
  }
}

function cutOf(lines: readonly Line[]): string | null {
  if (lines.some(({ kind }) => kind === 'full')) return 'the log was full';
  if (lines.some(({ unlogged }) => unlogged !== undefined)) return 'a message could not be logged';
  return lines.some(({ kind }) => kind === 'end') ? null : 'the program did not come to its end';
}

/** The messages, with the jobs that stand in lines before them. */
function messagesIn(lines: readonly Line[]): Recorded[] {
  let known: ReadonlyMap<string, JobText> = new Map();
  let fresh: JobText[] = [];
  return lines.flatMap(({ kind, jobs, message, gone = [] }): Recorded[] => {
    if (kind === 'jobs') fresh.push(...(jobs as string[]).map(jobText));
    if (message === undefined) return [];
    const recorded = message as Recorded;
    if (recorded.type !== 'refreshed' && recorded.type !== 'arriving') return [recorded];
    const arrived = fresh;
    fresh = [];
    known = after(known, arrived, gone as string[]);
    return [{ ...recorded, jobs: recorded.type === 'refreshed' ? known : arrived } as Recorded];
  });
}

function after(
  before: ReadonlyMap<string, JobText>,
  changed: readonly JobText[],
  gone: readonly string[],
): ReadonlyMap<string, JobText> {
  if (gone.length === 0 && changed.length === 0) return before;
  const jobs = new Map(before);
  for (const name of gone) jobs.delete(name);
  for (const entry of changed) jobs.set(entry.job.name, entry);
  return jobs;
}

/** The state after the next message. */
export const replayed = (state: State, recorded: Recorded): State =>
  update(state, messageOf(recorded, state))[0];
