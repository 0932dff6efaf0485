import { basename } from 'node:path';
import type { Command } from 'commander';
import { counted } from '../base/counted.ts';
import { type ExitName, NotFound } from '../base/errors.ts';
import { nameOf } from '../config/input.ts';
import type { Dkron } from '../dkron/client.ts';
import { withAncestors } from '../plan/compare.ts';
import { planFiles } from '../plan/from-files.ts';
import type { CheckedPlan, RestoreItem, RestoreKind, RestorePlan } from '../plan/model.ts';
import { readJobFiles } from '../snapshot/file/read.ts';
import { damageOf } from '../snapshot/verify/inside.ts';
import { bold, type Line, plain, quiet, toned } from '../view/line.ts';
import { snapshotFile } from './archive.ts';
import { type ChangeFlags, change, changeOptions } from './change.ts';
import type { Reached } from './cluster.ts';
import { withCluster } from './connect.ts';
import { filesHelp, partlyHelp } from './file-help.ts';
import { endWith, invocationOf } from './invocation.ts';
import type { Io } from './io.ts';
import { type Column, printLines, printNote, printTable } from './output.ts';
import { findingLines, kindTones } from './plan-view.ts';

interface Flags extends ChangeFlags {
  readonly newOnly?: boolean;
}

export function registerRestoreCommand(program: Command): void {
  const command = program
    .command('restore')
    .description('write the jobs of a snapshot that are new or changed, after showing the plan')
    .argument('<file>', `${filesHelp}; '-' is standard input`)
    .argument('[names...]', 'only these jobs, and the new parents that they need')
    .option('--new-only', 'write only jobs that the server does not have');
  changeOptions(command)
    .addHelpText('after', help)
    .action(async (file: string, names: string[], flags: Flags) => {
      const invocation = invocationOf(command);
      // Before the server is asked anything.
      const path = await snapshotFile(invocation, file);
      const read = await readJobFiles([path], invocation.io.stdin);
      const damage = await damageOf(path);
      if (damage !== null && !invocation.json)
        printNote(invocation.io, `${damage}; 'dkron-tui verify ${path}' tells all of it`);
      const exit = await withCluster(invocation, 'change', (dkron, reached) =>
        restore(reached, dkron, { file: path, read, names }, flags),
      );
      endWith(command, exit);
    });
}

const help = `
Jobs that are not in the snapshot stay as they are. Definitions are written, parents first, and read
back; the server keeps its counters, status and lists of children. A job that changes on the server
between the plan and its write is not written. The journal keeps the definitions that are replaced.
${partlyHelp}`;

interface Wanted {
  readonly file: string;
  readonly read: Awaited<ReturnType<typeof readJobFiles>>;
  readonly names: readonly string[];
}

async function restore(
  invocation: Reached,
  dkron: Dkron,
  { file, read, names }: Wanted,
  flags: Flags,
): Promise<ExitName> {
  const { plan, live } = await planFiles(dkron, read, invocation.io.signal);
  const chosen = choose(plan, file, names, flags.newOnly === true);
  const title = [bold(basename(nameOf(file))), plain(` into ${dkron.url}: `)];
  return change(
    invocation,
    dkron,
    {
      title: (writing) => `Write ${counted(writing.length)}`,
      plan,
      live,
      chosen,
      partly: true,
      whole: true,
      about: { file },
      show: ({ io }, checked) => showPlan(io, checked, chosen, title),
    },
    flags,
  );
}

/** The names that are restored: those asked for with the parents they need, else all. */
function choose(
  { items }: RestorePlan,
  file: string,
  names: readonly string[],
  newOnly: boolean,
): Set<string> {
  const there = new Map(
    items.filter(({ kind }) => kind !== 'only-here').map((item) => [item.name, item]),
  );
  const missing = names.find((name) => !there.has(name));
  if (missing !== undefined) {
    const unreadable = items.filter(({ places }) => places !== undefined).map(({ why }) => why);
    throw new NotFound(`there is no job ${missing} in ${nameOf(file)}`, {
      data: 'nothing was written',
      ...(unreadable.length > 0 && {
        next: `It may be one that cannot be read: ${unreadable.slice(0, 3).join(' · ')}`,
      }),
    });
  }
  const wanted = [...withAncestors({ items }, names.length > 0 ? names : there.keys())];
  return new Set(wanted.filter((name) => !(newOnly && there.get(name)?.kind === 'change')));
}

const planColumns: Column<RestoreItem>[] = [
  { title: 'JOB', cell: ({ name }) => plain(name) },
  { title: 'PLAN', cell: ({ kind }) => toned(kind, kindTones[kind]) },
  { title: 'WHY', cell: ({ why }) => quiet(why) },
];

/** What would be written or cannot be, and what to beware of; of the rest, how many there are. */
function showPlan(io: Io, { items }: CheckedPlan, chosen: ReadonlySet<string>, title: Line): void {
  const count = (wanted: RestoreKind, isChosen = true): number =>
    items.filter(({ name, kind }) => kind === wanted && chosen.has(name) === isChosen).length;
  const shown = items.filter(({ name, kind }) => chosen.has(name) && kind !== 'same');
  if (shown.length > 0) printTable(io, planColumns, shown);
  for (const item of shown) {
    const lines = findingLines(item.findings, item.why);
    if (lines.length > 0) printLines(io, [[bold(item.name)], ...lines]);
  }
  const counts = [
    `${count('new')} new`,
    `${count('change')} changed`,
    `${count('same')} same`,
    `${count('blocked')} blocked`,
    `${count('change', false) + count('new', false)} not chosen`,
    `${count('blocked', false)} blocked and not chosen`,
    `${count('only-here', false)} only on the server`,
  ];
  const told = counts.filter((text) => !text.startsWith('0 ')).join(', ') || 'no jobs';
  printLines(io, [[...title, plain(told)]]);
}
