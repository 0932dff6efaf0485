/** What a job is judged by: now, on this server, among its jobs. */
import { amongFindings } from '../../job/lint/among.ts';
import type { Finding } from '../../job/lint/finding.ts';
import type { Around } from '../../job/lint/lint.ts';
import { parentsOf } from '../../job/parent.ts';
import type { TtlTable } from '../../job/ttl/table.ts';
import { instantFromMillis } from '../../schedule/index.ts';
import { memo } from '../../view/memo.ts';
import type { JobsData, Setting, State } from './model.ts';

/** What the checks of a job judge it by: now, on this server, among its jobs. */
export const aroundOf = ({ setting, server, nodes, now, jobs, ttls, times }: State): Around =>
  aroundAt(
    setting,
    server?.version,
    Math.floor(now / minute),
    jobs.byName,
    nodes,
    ttls?.table ?? undefined,
    times,
  );

/** The same for a minute: what is found then need not be found again at every key. */
const minute = 60_000;

const aroundAt = memo(
  (
    { serverZone }: Setting,
    version: string | undefined,
    minutes: number,
    byName: JobsData['byName'],
    nodes: State['nodes'],
    ttls: TtlTable | undefined,
    times: State['times'],
  ): Around => ({
    now: instantFromMillis(minutes * minute),
    version,
    serverZone,
    nodes,
    ttls,
    times,
    jobs: byName,
    // Few jobs have a parent to look for, and there may be a hundred thousand of them.
    get parents() {
      return parentsIn(byName);
    },
  }),
);

/** What is wrong with each job beside the others. */
export const amongOf = ({ jobs }: State): ReadonlyMap<string, readonly Finding[]> =>
  amongIn(jobs.byName);

const amongIn = memo((byName: JobsData['byName']) => amongFindings(byName.values()));

const parentsIn = memo((byName: JobsData['byName']) => parentsOf(byName.values()));
