/** The one list of checks that every door asks before a job is sent. */
import { type Instant, instantFromRfc3339 } from '../../schedule/index.ts';
import { fieldOf, fields, foldKey, newestKnown } from '../fields.ts';
import type { Job } from '../job.ts';
import { allowedName, nameProblem } from '../name.ts';
import { parentFindings } from '../parent.ts';
import type { RunTimes } from '../run-times/times.ts';
import { shapeProblem } from '../shape.ts';
import type { TtlTable } from '../ttl/table.ts';
import { wholeJob } from '../zero.ts';
import { executorFindings } from './executor.ts';
import { error, type Finding, findingText, warning } from './finding.ts';
import { keptOf } from './kept.ts';
import type { Scheduled } from './pauses.ts';
import { overrunFindings } from './run-times.ts';
import {
  concurrencyFindings,
  ephemeralFindings,
  processorFindings,
  timeoutFindings,
  windowFindings,
} from './running.ts';
import { scheduleFindings } from './schedule.ts';
import { type NodeTags, tagFindings } from './tags.ts';
import { ttlFindings } from './ttl.ts';

/** What of another job counts. */
export type Kinsman = Scheduled & Pick<Job, 'disabled'>;

/** What a job is judged by besides itself. */
export interface Around {
  /** When it would be written: what is past by then never fires. */
  readonly now: Instant;
  /** Without one the newest Dkron is meant. */
  readonly version?: string | undefined;
  /** The zone that the Dkron process runs in; UTC unless told. */
  readonly serverZone?: string | undefined;
  /** The parents of all jobs as they will be (`parentsOf`); without them only itself is known. */
  readonly parents?: ReadonlyMap<string, string> | undefined;
  /** The other jobs as they will be; without them nothing is said of what they do to this one. */
  readonly jobs?: Pick<ReadonlyMap<string, Kinsman>, 'get'> | undefined;
  /** How long what jobs fetch is kept, where that is known. */
  readonly ttls?: TtlTable | undefined;
  /** How long jobs take, by name, as far as it is known. */
  readonly times?: Pick<ReadonlyMap<string, RunTimes>, 'get'> | undefined;
  /** The nodes that are alive; without them no job is said to find none. */
  readonly nodes?: readonly NodeTags[] | undefined;
}

/**
 * All that is wrong with a job, in the order of its fields: what Dkron would refuse (job.go Validate,
 * and its JSON decoder), what it drops or changes without a word, and what it takes though it cannot
 * be meant. Unknown fields come first.
 */
export function checkJob(job: Job, around: Around): Finding[] {
  const given = wholeJob(job);
  const operators = fields.filter(({ owner }) => owner === 'operator');
  const misshapen = operators.flatMap((field) => shapeProblem(field, given[field.name]) ?? []);
  if (misshapen.length > 0)
    return misshapen.map(({ keys, text }) => error('shape', keys.join('.'), text));
  const others = Object.keys(given).filter(
    (key) => key.length === 4 && key !== 'name' && foldKey(key) === 'name',
  );
  if (others.length > 0)
    return others.map((key) => error('name', key, 'is a second name, and Dkron uses it instead'));
  const kept = keptOf(given, around.version ?? newestKnown);
  const whole = wholeJob(kept.job);
  const lost = Map.groupBy(kept.findings, ({ path }) => fieldOf(path.replace(/\..*/s, ''))?.name);
  return [
    ...(lost.get(undefined) ?? []),
    ...operators.flatMap(({ name }) => [
      ...(lost.get(name) ?? []),
      ...(fieldChecks[name]?.(whole, around) ?? []),
    ]),
  ];
}

/** Of what was found in a job, what was not `known`: found in the one that it replaces. */
export function newFindings(
  found: readonly Finding[],
  known: readonly Finding[],
): readonly Finding[] {
  const texts = new Set(known.map(findingText));
  return found.filter((each) => !texts.has(findingText(each)));
}

type FieldCheck = (job: Job, around: Around) => readonly Finding[];

const ownSchedule: FieldCheck = (
  { name, schedule, timezone, parent_job },
  { version, serverZone, now },
) =>
  scheduleFindings(
    schedule,
    {
      name,
      timezone,
      hasParent: parent_job !== '',
      ...(version === undefined ? {} : { version }),
      ...(serverZone === undefined ? {} : { serverTimezone: serverZone }),
    },
    now,
  );

const disabledParent = (parent: string): Finding =>
  warning(
    'parent-disabled',
    'parent_job',
    `${parent} is disabled: it runs only after that one has succeeded, so never`,
  );

const never = 'is in the past: the job never runs again';

const fieldChecks: Readonly<Record<string, FieldCheck>> = {
  name: ({ name }) => {
    const wrong = nameProblem(name);
    return wrong === undefined ? [] : [error('name', 'name', wrong, allowedName(name))];
  },
  schedule: (job, around) => [
    ...ownSchedule(job, around),
    ...overrunFindings(job, around),
    ...ttlFindings(job, around),
  ],
  parent_job: ({ name, parent_job }, around) =>
    parent_job === ''
      ? []
      : [
          ...parentFindings(name, parent_job, around.parents),
          ...(around.jobs?.get(parent_job)?.disabled ? [disabledParent(parent_job)] : []),
        ],
  processors: processorFindings,
  executor: (job, around) => [
    ...executorFindings(job, around.version),
    ...timeoutFindings(job, around),
  ],
  tags: ({ tags }, { nodes }) => tagFindings(tags, nodes),
  ephemeral: ephemeralFindings,
  concurrency: (job, { version }) =>
    ['', 'allow', 'forbid'].includes(job.concurrency)
      ? concurrencyFindings(job, version)
      : [
          error(
            'concurrency',
            'concurrency',
            'invalid concurrency policy value, use "allow" or "forbid"',
          ),
        ],
  expires_at: (job, around) => {
    const at = instantFromRfc3339(job.expires_at ?? '');
    return at === undefined || at > around.now
      ? windowFindings(job, around)
      : [warning('expired', 'expires_at', never)];
  },
};
