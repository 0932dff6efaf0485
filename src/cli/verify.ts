import { basename } from 'node:path';
import type { Command } from 'commander';
import { type ExitName, NotFound, UsageError } from '../base/errors.ts';
import { isFolder } from '../config/files.ts';
import { isOfAll, listSnapshots } from '../snapshot/archive/list.ts';
import {
  snapshotsToVerify,
  type Verdict,
  verifyEach,
  verifySnapshot,
} from '../snapshot/verify/verify.ts';
import {
  countsText,
  damageTexts,
  told,
  verdictText,
  verdictTones,
  worstOf,
} from '../snapshot/verify/words.ts';
import { bold, plain, toned } from '../view/line.ts';
import { archiveFolder, folderOption, snapshotFile } from './archive.ts';
import { endWith, type Invocation, invocationOf } from './invocation.ts';
import type { Io } from './io.ts';
import { type Column, printJson, printLines, printTable } from './output.ts';

interface Flags {
  readonly all?: boolean;
  readonly folder?: string;
  readonly quiet?: boolean;
}

export function register(program: Command): void {
  program
    .command('verify')
    .description('prove that snapshots are still what came from the server; no server is asked')
    .argument(
      '[files...]',
      "files, names of snapshots, folders of them, 'latest' (which it is without one), '-'",
    )
    .option('--all', 'every snapshot of the folder')
    .option('--quiet', 'print only what is not proven')
    .option(...folderOption)
    .addHelpText('after', help)
    .action(async (words: string[], flags: Flags, command: Command) => {
      const invocation = invocationOf(command);
      const { io, json } = invocation;
      const files = await filesOf(invocation, words, flags);
      // Of one file an error is the answer; of many it is one of the answers.
      const [only, ...others] = files;
      const verdicts =
        only !== undefined && others.length === 0
          ? [await verifySnapshot(only, io.stdin)]
          : await verifyEach(files, io.stdin);
      if (json) printJson(io, jsonOf(verdicts));
      else show(io, verdicts, flags.quiet === true);
      endWith(command, exits[worstOf(verdicts)]);
    });
}

const help = `
A snapshot is compared with its manifest, line by line. What differs is told by its line, its job and
its byte. Exit code 0: every snapshot is proven. 7: one is damaged. 11: none is damaged, but one has no
manifest, or one that only a newer version can read; its jobs are read, and how many there are is told.`;

const exits: Readonly<Record<Verdict['verdict'], ExitName>> = {
  proven: 'ok',
  unproven: 'unproven',
  damaged: 'corrupt',
  unread: 'failure',
};

async function filesOf(
  invocation: Invocation,
  words: readonly string[],
  { all, folder }: Flags,
): Promise<readonly string[]> {
  if (!all) {
    const files: string[] = [];
    for (const word of words.length > 0 ? words : ['latest'])
      files.push(...(await filesFor(invocation, word, folder)));
    return files;
  }
  if (words.length > 0)
    throw new UsageError('--all is every snapshot of the folder: give it, or files', {
      data: 'Nothing was read.',
    });
  return allIn(await archiveFolder(invocation, folder));
}

async function filesFor(
  invocation: Invocation,
  word: string,
  folder?: string,
): Promise<readonly string[]> {
  if (word === 'latest') return [await newestFile(invocation, folder)];
  const file = await snapshotFile(invocation, word, folder);
  return (await isFolder(file)) ? allIn(file) : [file];
}

async function allIn(folder: string): Promise<readonly string[]> {
  const files = await snapshotsToVerify(folder);
  if (files.length === 0) throw nothingIn(folder);
  return files;
}

/** Elsewhere `latest` passes over what is known to be damaged: here it would prove the one before, and say nothing. */
async function newestFile(invocation: Invocation, folder?: string): Promise<string> {
  const place = await archiveFolder(invocation, folder);
  const newest = (await listSnapshots(place)).find(isOfAll);
  if (newest === undefined) throw nothingIn(place);
  return newest.path;
}

const nothingIn = (folder: string): NotFound =>
  new NotFound(`there is no snapshot in ${folder}`, {
    data: 'So nothing is proven.',
    next: "'dkron-tui backup' takes one.",
  });

const jsonOf = (verdicts: readonly Verdict[]) => ({
  verdict: worstOf(verdicts),
  files: verdicts.map(({ damages, ...verdict }) => ({
    ...verdict,
    damages: damages.slice(0, told),
    more: Math.max(0, damages.length - told),
  })),
});

const columns: Column<Verdict>[] = [
  { title: 'VERDICT', cell: ({ verdict }) => toned(verdict, verdictTones[verdict]) },
  { title: 'SNAPSHOT', cell: ({ file }) => plain(file === '-' ? file : basename(file)) },
  { title: 'WHY', cell: (verdict) => plain(verdictText(verdict)) },
];

/** So many damages of a file are printed; --json has more. */
const shown = 20;

function show(io: Io, all: readonly Verdict[], quiet: boolean): void {
  const verdicts = quiet ? all.filter(({ verdict }) => verdict !== 'proven') : all;
  if (verdicts.length === 0) return;
  printTable(io, columns, verdicts);
  for (const verdict of verdicts.filter(({ damages }) => damages.length > 0))
    printLines(io, [
      [bold(verdict.file)],
      ...damageTexts(verdict, shown).map((text) => [plain(`  ${text}`)]),
    ]);
  if (all.length > 1) printLines(io, [[plain(countsText(all))]]);
}
