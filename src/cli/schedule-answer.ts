import * as z from 'zod';
import { CorruptFile, UsageError } from '../base/errors.ts';
import type { Finding } from '../job/lint/finding.ts';
import { scheduleFindings } from '../job/lint/schedule.ts';
import {
  type Instant,
  instantFromRfc3339,
  nextRuns,
  parseSchedule,
  rfc3339FromInstant,
  type ScheduleContext,
  zoneError,
} from '../schedule/index.ts';
import type { Io } from './io.ts';
import { readText } from './read-text.ts';

/** A question about a schedule. */
export interface ScheduleCase extends ScheduleContext {
  readonly schedule: string;
  readonly from: Instant;
  readonly count: number;
}

/** What `schedule next --json` prints; times are RFC 3339 in UTC. */
export interface ScheduleAnswer {
  readonly valid: boolean;
  /** What the server would say after `Job validation failed: `. */
  readonly error: string | null;
  /** The schedule after `~` was replaced. */
  readonly effective: string;
  readonly next: readonly string[];
  /** What Dkron refuses, or takes though it may not be meant. */
  readonly findings: readonly Finding[];
}

export function answer({ schedule, from, count, ...context }: ScheduleCase): ScheduleAnswer {
  const parsed = parseSchedule(schedule, context);
  const { valid, effective } = parsed;
  const findings = scheduleFindings(schedule, context, from);
  if (!parsed.valid) return { valid, error: parsed.error, effective, next: [], findings };
  const next = nextRuns(parsed.schedule, from, count).map((run) => rfc3339FromInstant(run));
  return { valid, error: null, effective, next, findings };
}

const instant = z.string().transform((text, { addIssue }) => {
  const found = instantFromRfc3339(text);
  if (found === undefined) addIssue('is not an RFC 3339 time');
  return found ?? 0n;
});

const serverZone = z
  .string()
  .refine((name) => isServerZone(name), 'is not a name of the time zone database');

/** `Local` is what the server's zone is called from within, and says nothing about it. */
const isServerZone = (name: string): boolean => name !== 'Local' && zoneError(name) === undefined;

const cases = z.array(
  z.object({
    schedule: z.string(),
    name: z.string().default(''),
    timezone: z.string().default(''),
    serverTimezone: serverZone.default('UTC'),
    from: instant.optional(),
    count: z.int().nonnegative().default(5),
  }),
);

/**
 * Reads a file of cases: a JSON array of `{schedule, name, timezone, serverTimezone?, from?,
 * count?}`. `now` stands for a missing `from`. Throws NotFound and CorruptFile.
 */
export async function readCases(io: Io, file: string, now: Instant): Promise<ScheduleCase[]> {
  const parsed = cases.safeParse(parseCases(file, await readText(io, file)));
  if (parsed.success) return parsed.data.map(({ from = now, ...rest }) => ({ ...rest, from }));
  const [issue] = parsed.error.issues;
  const [index, ...field] = issue?.path ?? [];
  const place = index === undefined ? '' : `, case ${Number(index) + 1}: ${field.join('.')}`;
  throw new CorruptFile(`${file}${place} ${issue?.message}`, { next: caseShape });
}

const caseShape =
  'it must be a JSON array of {"schedule", "name", "timezone", "from", "serverTimezone", "count"}';

function parseCases(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CorruptFile(`${file} is not JSON`, { next: caseShape, cause: error });
  }
}

/** Options of the command line as a case's parts; throws UsageError. */
export function instantOption(option: string, text: string): Instant {
  const found = instantFromRfc3339(text);
  if (found !== undefined) return found;
  throw new UsageError(`${option} ${text} is not an RFC 3339 time`, {
    next: 'write it as 2026-03-29T00:30:00Z or with an offset, 2026-03-29T02:30:00+02:00',
  });
}

export function serverZoneOption(option: string, name: string): string {
  if (isServerZone(name)) return name;
  throw new UsageError(`${option} ${name} is not a name of the time zone database`, {
    next: 'names are case-sensitive: Europe/Paris, Etc/UTC',
  });
}
