/** `cluster`: what the console's cluster screen shows. */
import type { Command } from 'commander';
import type { ClusterPlaces } from '../config/places.ts';
import { busyTold } from '../dkron/busy.ts';
import type { Dkron } from '../dkron/client.ts';
import { dayLines, daysNote, knownDays } from '../dkron/overview/days.ts';
import { concerns, type Member, membersOf } from '../dkron/overview/members.ts';
import { type Overview, readOverview, type Told, toldOr } from '../dkron/overview/read.ts';
import {
  factLines,
  labelWidth,
  nodeFacts,
  placeOf,
  runsText,
  stateSpan,
  summaryLine,
} from '../dkron/overview/words.ts';
import type { Execution } from '../dkron/shapes.ts';
import { type RosterChange, rosterOf } from '../oversight/roster.ts';
import { rosterLines } from '../oversight/roster-lines.ts';
import { paragraph } from '../view/compose.ts';
import { bold, type Line, plain, quiet, toned } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import { wholeNumber } from './agenda.ts';
import { knownCluster } from './cluster.ts';
import { withDkron } from './connect.ts';
import { type Invocation, invocationOf, zoneFor } from './invocation.ts';
import { type Column, printJson, printLines, printTable } from './output.ts';
import { rosterJson, withLook } from './roster.ts';

export function register(program: Command): void {
  program
    .command('cluster')
    .description('show the members of the cluster, how they are, what they run, and runs by day')
    .option('--days <n>', 'how many days of runs to show, 365 at most (30)', wholeNumber, 30)
    .action(async ({ days }: { readonly days: number }, command: Command) => {
      const invocation = invocationOf(command);
      const { io } = invocation;
      const { signal } = io;
      await withDkron(invocation, async (dkron) => {
        const [overview, busy, cluster] = await Promise.all([
          readOverview(dkron, { days, signal }),
          busyTold(dkron, signal),
          // A job or two have to prove which cluster this is.
          knownCluster(invocation, dkron),
        ]);
        const members = membersOf(overview, busy);
        const changes =
          cluster === null
            ? []
            : await rosterChanges(io.places.cluster(cluster.id), dkron, overview);
        if (invocation.json) printJson(invocation.io, jsonOf(overview, members, changes));
        else print(invocation, overview, members, changes);
      });
    });
}

async function rosterChanges(
  { roster }: ClusterPlaces,
  dkron: Dkron,
  { members, leader }: Overview,
): Promise<readonly RosterChange[]> {
  const leads = 'value' in leader ? (leader.value?.Name ?? null) : undefined;
  const look = rosterOf(toldOr(members, null), leads);
  return (await withLook(roster, look, dkron.skew)).changes;
}

function print(
  invocation: Invocation,
  overview: Overview,
  members: readonly Member[],
  changes: readonly RosterChange[],
): void {
  const { io } = invocation;
  const columns = io.stdout.columns ?? 100;
  const wrapped = (text: string) => paragraph(text, Math.max(30, columns - labelWidth));
  const now = Date.now();
  const zone = zoneFor(invocation);
  const bad = concerns(overview, members).map((text): Line => [toned(`! ${text}`, 'attention')]);
  printLines(io, [summaryLine(members), ...bad, []]);
  if ('why' in overview.members)
    printLines(io, [[toned(`the members cannot be read: ${overview.members.why}`, 'bad')]]);
  else printTable(io, columnsAt(now), members);
  printLines(io, [
    [],
    [bold(`The node that answers: ${overview.server.name}`)],
    ...factLines(nodeFacts(overview, members, null), wrapped),
    ...rosterLines(changes, (at) => rfc3339(Math.floor(at / 1_000) * 1_000, zone)),
    [],
    ...daysOf(overview, columns),
  ]);
}

const columnsAt = (now: number): Column<Member>[] => [
  { title: 'NODE', cell: ({ name }) => bold(name) },
  { title: 'STATE', cell: stateSpan },
  { title: 'ROLE', cell: (member) => plain(placeOf(member)) },
  {
    title: 'DKRON',
    cell: ({ version, isOdd }) => (isOdd ? toned(`${version} !`, 'attention') : plain(version)),
  },
  { title: 'RUNS', cell: ({ runs }) => plain(runsText(runs, now)) },
  { title: 'ADDRESS', cell: ({ address }) => quiet(address) },
  {
    title: 'TAGS',
    cell: ({ tags }) =>
      quiet(
        Object.entries(tags)
          .map(([name, value]) => `${name}=${value}`)
          .join(' '),
      ),
  },
];

function daysOf({ days }: Overview, columns: number): Line[] {
  const head: Line = [bold('Executions'), quiet(`  ${daysNote}`)];
  if ('why' in days) return [head, [quiet(`not told: ${days.why}`)]];
  const lines = dayLines(days.value, Math.min(columns, 100));
  return [head, ...(lines.length > 0 ? lines : [[quiet('none yet')]])];
}

/** What is not told is null, and `notTold` says why. */
const jsonOf = (
  overview: Overview,
  members: readonly Member[],
  changes: readonly RosterChange[],
) => {
  const { server, members: listed, leader, health, paused, figures, days } = overview;
  return {
    node: server.name,
    version: server.version,
    leader: members.find(({ leads }) => leads)?.name ?? null,
    members: 'why' in listed ? null : members.map(memberJson),
    health:
      'why' in health ? null : { status: health.value.status, issues: health.value.issues ?? [] },
    paused: toldOr(paused, null),
    serf: toldOr(figures, null),
    days:
      'why' in days
        ? null
        : knownDays(days.value).map(({ date, success_count: ok, failed_count: failed }) => ({
            date,
            ok,
            failed,
          })),
    concerns: concerns(overview, members),
    changes: changes.map(rosterJson),
    notTold: reasons({ members: listed, leader, health, paused, serf: figures, days }),
  };
};

const memberJson = ({ runs, isOdd, leads, answers, ...member }: Member) => ({
  ...member,
  isOdd,
  leads,
  answers,
  runs: runs?.map(runJson) ?? null,
});

const runJson = ({ id, job_name, started_at, attempt }: Execution) => ({
  id,
  job: job_name,
  started_at,
  attempt,
});

const reasons = (parts: Readonly<Record<string, Told<unknown>>>) =>
  Object.fromEntries(
    Object.entries(parts).flatMap(([name, told]) => ('why' in told ? [[name, told.why]] : [])),
  );
