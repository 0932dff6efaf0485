/** `why`: the headless twin of the console's screen of the same name. */
import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import { NotFound } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { JobTable } from '../job/table.ts';
import { openMissed } from '../oversight/kept.ts';
import { wholeChangeLines } from '../view/diff.ts';
import { bold, type Line, plain, quiet } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import type { Event } from '../why/events.ts';
import { nodeChanges } from '../why/nodes.ts';
import { type Why, whyOf } from '../why/why.ts';
import {
  type Clock,
  distance,
  eventWords,
  gapWords,
  incidentWords,
  nothingWords,
  subject,
  whenWords,
} from '../why/words.ts';
import { archiveFolder } from './archive.ts';
import { type Reached, reach } from './cluster.ts';
import { withDkron } from './connect.ts';
import { invocationOf, zoneFor } from './invocation.ts';
import { type Column, printJson, printLines, printNote, printTable } from './output.ts';
import { lookAtNodes, rosterJson, withLook } from './roster.ts';

interface Flags {
  readonly patch?: boolean;
}

export function register(program: Command): void {
  program
    .command('why')
    .description(
      'tell what changed before a job began to fail: edits of it, of its parents and of jobs that call the same host, nodes that came or went, changes of the leader; and who else fails since then',
    )
    .argument('<name>', 'name of the job')
    .option('--patch', 'show the difference of each edit below the table')
    .addHelpText('after', help)
    .action(async (name: string, flags: Flags, command: Command) => {
      const invocation = invocationOf(command);
      await withDkron(invocation, async (dkron) =>
        tell(await reach(invocation, dkron, 'show'), dkron, name, flags),
      );
    });
}

const help = `
A job fails since the first of the firings in a row that failed; of several attempts on a node the last one
counts. Edits are known by the snapshots of the cluster on this machine, between two of which they lie, and to
the second by the journal, for what was changed from here. They are listed from a day before the first failure
on, or from the last good run on where that is older; those that came after a good run say so.
Nodes that came, failed or run another version, and changes of the leader, are known by the looks of this
machine: consoles that were open, and the commands 'why' and 'cluster'. They lie between two looks.
Credentials are not shown.

--json: { job, fails, before, since, more, gaps }
  fails   { since, exact, lastGood, failures, until }; null where nothing failed, and then
          why says so; exact is false where it may have failed earlier: Dkron keeps 100 runs
  before  [{ kind: edit, job, relation, after, by, exact, certain, who, what, changes: [{ path, before, after }] }]
          and [{ kind: leader, after, by, from, to }], [{ kind: node, node, after, by, from, to }] with the
          states of a member, or null for none, [{ kind: version, node, after, by, from, to }];
          the nearest to the first failure first; relation is itself, parent or host
  since   [{ kind: failing, job, relation, lastFailure, lastGood }]: who else fails from then on`;

async function tell(reached: Reached, dkron: Dkron, name: string, { patch = false }: Flags) {
  const { io, json, here } = reached;
  const reading = { signal: io.signal };
  const at = Date.now();
  const jobs = JobTable.empty.with(await Array.fromAsync(dkron.jobs(reading)));
  const job = jobs.get(name);
  if (job === undefined)
    throw new NotFound(`there is no job ${name} on ${dkron.url}`, {
      next: `'dkron-tui log ${name}' tells whether it was there, and when it was deleted.`,
    });
  const { value: runs } = await dkron.executions(name, { ...reading, outputLimit: 0 });
  const look = await lookAtNodes(dkron, io.signal);
  const { changes } = await withLook(here.places.roster, look, dkron.skew);
  const found = await whyOf(name, runs, {
    jobs,
    at,
    folder: await archiveFolder(reached),
    cluster: here.id,
    journal: here.journal,
    nodes: nodeChanges(changes, (await openMissed(here.places.missed).read()).missed, at),
    breathe: () => setImmediate(),
  });
  if ('incident' in found) {
    if (json) return printJson(io, asJson(found));
    const zone = zoneFor(reached, job.job);
    return print(reached, found, (at) => rfc3339(Math.floor(at / 1_000) * 1_000, zone), patch);
  }
  if (json)
    return printJson(io, {
      job: name,
      fails: null,
      why: found.why,
      before: [],
      since: [],
      more: 0,
      gaps: [],
    });
  printNote(io, `${name}: ${found.why}`);
}

function print({ io }: Reached, why: Why, clock: Clock, patch: boolean): void {
  const { incident, before, after } = why;
  printLines(io, [[bold(why.job), plain(` ${incidentWords(incident, clock)}`)]]);
  if (before.length === 0) printLines(io, [[quiet(nothingWords(why))]]);
  const columns: readonly Column<Event>[] = [
    { title: 'BEFORE', align: 'right', cell: (event) => plain(distance(event, incident)) },
    { title: 'WHEN', cell: (event) => quiet(whenWords(event, clock)) },
    { title: 'JOB', cell: (event) => bold(subject(event)) },
    { title: 'WHAT', cell: (event) => plain(eventWords(event, incident, clock)) },
  ];
  if (before.length + after.length > 0) printTable(io, columns, [...before, ...after]);
  if (patch)
    printLines(
      io,
      before.flatMap((event) => patchOf(event, clock)),
    );
  if (incident.lastGood !== null)
    printLines(io, [
      [
        quiet(
          `'dkron-tui compare-runs ${why.job}' shows what it printed otherwise than when it went well`,
        ),
      ],
    ]);
  printLines(
    io,
    gapWords(why).map((text): Line => [quiet(text)]),
  );
}

const patchOf = (event: Event, clock: Clock): Line[] =>
  event.kind !== 'edit'
    ? []
    : [
        [quiet('')],
        [bold(event.job), plain(`  ${clock(event.at)}`)],
        ...wholeChangeLines(event.changes),
      ];

const timeJson = (at: number | null): string | null => (at === null ? null : rfc3339(at));

const asJson = ({ job, incident, before, after, more, gaps }: Why) => ({
  job,
  fails: {
    since: rfc3339(incident.since),
    exact: incident.exact,
    lastGood: timeJson(incident.lastGood),
    failures: incident.failures,
    until: timeJson(incident.until),
  },
  before: before.map(eventJson),
  since: after.map(eventJson),
  more,
  gaps,
});

function eventJson(event: Event) {
  switch (event.kind) {
    case 'nodes':
      return rosterJson(event.change);
    case 'failing':
      return {
        kind: 'failing',
        job: event.job,
        relation: event.relation,
        lastFailure: rfc3339(event.at),
        lastGood: timeJson(event.lastGood),
      };
    case 'edit': {
      const { job, relation, step, changes } = event;
      return {
        kind: 'edit',
        job,
        relation,
        after: timeJson(step.after),
        by: rfc3339(step.by),
        exact: step.exact,
        certain: step.certain,
        who: step.who,
        what: step.kind,
        changes: changes.map(({ path, before, after }) => ({ path, before, after })),
      };
    }
  }
}
