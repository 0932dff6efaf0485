/** What can be measured: on lists of how many jobs, or by itself. */
import { measureBackup } from './backup.ts';
import type { Bench } from './bench.ts';
import { measureCommands } from './commands.ts';
import { measureDiff } from './diff.ts';
import { measureFamilies } from './families.ts';
import { measureHeld } from './held.ts';
import { measureJournal } from './journal.ts';
import { measureKeys } from './keys.ts';
import { measurePlan } from './plan.ts';
import type { Row } from './report.ts';
import { measureRestore } from './restore.ts';
import { measureRuns } from './runs.ts';
import { measureAgenda, measurePreviews } from './schedule.ts';
import type { BenchServer } from './server.ts';
import { measureArchive } from './snapshots.ts';
import { measureStampede } from './stampede.ts';
import { measureStart } from './start.ts';
import { measureStops } from './stops.ts';
import { measureWatching } from './watching.ts';

export interface OnLists {
  /** On lists of so many jobs. */
  readonly on: readonly number[];
  readonly measure: (bench: Bench, server: BenchServer, jobs: number) => Promise<Row[]>;
}

const each = [100, 10_000, 100_000];

/** In the order of the table; the last ones leave traces on their server. */
export const onLists: Readonly<Record<string, OnLists>> = {
  start: { on: each, measure: measureStart },
  commands: { on: [100, 10_000], measure: measureCommands },
  watching: { on: each, measure: measureWatching },
  // A thousand tell of a backup what its start costs; of the console they tell nothing new.
  backup: { on: [1_000, 10_000, 100_000], measure: measureBackup },
  plan: { on: [10_000], measure: measurePlan },
  keys: { on: each, measure: measureKeys },
  held: { on: [100, 100_000], measure: measureHeld },
  stops: { on: each, measure: measureStops },
};

export const alone: Readonly<Record<string, (bench: Bench) => Promise<Row[]>>> = {
  restore: measureRestore,
  diff: measureDiff,
  snapshots: measureArchive,
  journal: measureJournal,
  schedules: measurePreviews,
  agenda: measureAgenda,
  stampede: measureStampede,
  families: measureFamilies,
  compare: measureRuns,
};
