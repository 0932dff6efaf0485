/** What a watch knows as text for Prometheus, for the node exporter's folder of text files. */
import { dirname } from 'node:path';
import { NotFound } from '../../base/errors.ts';
import { isFolder } from '../../config/files.ts';
import { writeWhole } from '../../config/whole-file.ts';
import type { JobRow } from '../../job/row.ts';
import { serverTime } from '../../job/time.ts';
import type { Verdict } from '../verdict.ts';
import type { Known } from './model.ts';

export interface Measured {
  /** Whether the server answered at the last look. */
  readonly isUp: boolean;
  /** When it answered last, by this machine's clock, ms since the epoch; null: not yet. */
  readonly seen: number | null;
  readonly cluster: string;
  readonly watch: string;
  readonly jobs: readonly JobRow[];
  readonly known: ReadonlyMap<string, Known>;
  readonly troubles: ReadonlyMap<string, Verdict>;
  /** How many events there ever were. */
  readonly events: number;
}

interface Family {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  /** Undefined: there is none for this job. */
  readonly of: (job: JobRow, measured: Measured) => number | undefined;
}

const isIn = (...states: readonly Verdict['state'][]) => {
  const of: Family['of'] = ({ name }, { troubles }) => {
    const state = troubles.get(name)?.state;
    return state !== undefined && states.includes(state) ? 1 : 0;
  };
  return of;
};

const seconds = (time: string | null): number | undefined => {
  const at = serverTime(time)?.getTime();
  return at === undefined ? undefined : at / 1_000;
};

const families: readonly Family[] = [
  {
    name: 'job_failed',
    type: 'gauge',
    help: 'Whether the last run failed, on one node at least.',
    of: ({ name }, { known }) => (known.get(name)?.outcome === 'failed' ? 1 : 0),
  },
  {
    name: 'job_late',
    type: 'gauge',
    help: 'Whether the job was due and did not run, or no node took it.',
    of: isIn('late', 'nowhere'),
  },
  {
    name: 'job_stuck',
    type: 'gauge',
    help: 'Whether a run of the job has no end and nobody runs it.',
    of: isIn('stuck'),
  },
  {
    name: 'job_disabled',
    type: 'gauge',
    help: 'Whether the job is disabled.',
    of: ({ disabled }) => (disabled ? 1 : 0),
  },
  {
    name: 'job_runs_succeeded_total',
    type: 'counter',
    help: 'Runs that went well, as Dkron counts them.',
    of: ({ success_count }) => success_count,
  },
  {
    name: 'job_runs_failed_total',
    type: 'counter',
    help: 'Runs that failed, as Dkron counts them.',
    of: ({ error_count }) => error_count,
  },
  {
    name: 'job_last_success_timestamp_seconds',
    type: 'gauge',
    help: 'When a run last went well.',
    of: ({ last_success }) => seconds(last_success),
  },
  {
    name: 'job_last_failure_timestamp_seconds',
    type: 'gauge',
    help: 'When a run last failed.',
    of: ({ last_error }) => seconds(last_error),
  },
];

export function metricsText(measured: Measured): string {
  const { isUp, seen, cluster, watch, jobs, events } = measured;
  const common = labels({ cluster, watch });
  const own = [
    ...head('up', 'gauge', 'Whether the server answered at the last look.'),
    `dkron_tui_up{${common}} ${isUp ? 1 : 0}`,
    ...head('events_total', 'counter', 'Events since the watch began.'),
    `dkron_tui_events_total{${common}} ${events}`,
    ...(seen === null
      ? []
      : [
          ...head('last_look_timestamp_seconds', 'gauge', 'When the server answered last.'),
          `dkron_tui_last_look_timestamp_seconds{${common}} ${seen / 1_000}`,
        ]),
  ];
  const named = jobs.map((job) => [job, `${common},${labels({ job: job.name })}`] as const);
  const rows = families.flatMap(({ name, type, help, of }) => [
    ...head(name, type, help),
    ...named.flatMap(([job, of_]) => {
      const value = of(job, measured);
      return value === undefined ? [] : `dkron_tui_${name}{${of_}} ${value}`;
    }),
  ]);
  return `${[...own, ...rows].join('\n')}\n`;
}

const head = (name: string, type: string, help: string): readonly string[] => [
  `# HELP dkron_tui_${name} ${help}`,
  `# TYPE dkron_tui_${name} ${type}`,
];

const labels = (all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** The folder is another program's: one that is not there is not made. Throws NotFound, OperatorError. */
export async function writeMetrics(path: string, measured: Measured): Promise<void> {
  await checkFolder(path);
  await writeWhole(path, metricsText(measured), { mode: 0o644 });
}

export async function checkFolder(path: string): Promise<void> {
  const folder = dirname(path);
  if (await isFolder(folder)) return;
  throw new NotFound(`there is no folder ${folder}`, {
    data: 'Nothing was written.',
    next: 'Make it, or check the path: it is the one that --collector.textfile.directory of the node exporter names.',
  });
}
