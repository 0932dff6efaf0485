/** What an operator notes of a snapshot: a pin, a label. No server is asked. */

import { basename } from 'node:path';
import type { Command } from 'commander';
import { labelOf } from '../snapshot/archive/label.ts';
import type { ManifestHead } from '../snapshot/archive/manifest.ts';
import { type Notes, noteOn } from '../snapshot/archive/note.ts';
import { plain } from '../view/line.ts';
import { folderOption, snapshotFile } from './archive.ts';
import { invocationOf } from './invocation.ts';
import { printJson, printLines } from './output.ts';

interface Flags {
  readonly folder?: string;
}

const fileHelp = "a snapshot: its path, its name, or 'latest'";

export function register(program: Command): void {
  program
    .command('pin')
    .description('keep snapshots for good: prune never removes them')
    .argument('<files...>', fileHelp)
    .option(...folderOption)
    .action((files: string[], flags: Flags, command: Command) =>
      note(command, files, flags, { pinned: true }),
    );
  program
    .command('unpin')
    .description('let prune remove snapshots again')
    .argument('<files...>', fileHelp)
    .option(...folderOption)
    .action((files: string[], flags: Flags, command: Command) =>
      note(command, files, flags, { pinned: false }),
    );
  program
    .command('label')
    .description('call a snapshot something; the name of its file stays')
    .argument('<file>', fileHelp)
    .argument('<text>', "a few words; '' takes the label away")
    .option(...folderOption)
    .action((file: string, text: string, flags: Flags, command: Command) =>
      note(command, [file], flags, { label: text === '' ? null : labelOf(text) }),
    );
}

/** One after the other; the first that fails ends it, and is told with those that were done before. */
async function note(
  command: Command,
  words: readonly string[],
  { folder }: Flags,
  notes: Notes,
): Promise<void> {
  const invocation = invocationOf(command);
  const { io, json } = invocation;
  // None is changed where one of them is not there.
  const paths: string[] = [];
  for (const word of words) paths.push(await snapshotFile(invocation, word, folder));
  for (const path of paths) {
    const head = await noteOn(path, notes);
    if (json) printJson(io, { path, pinned: head.pinned, label: head.label });
    else printLines(io, [[plain(`${basename(path)}  ${said(head)}`)]]);
  }
}

const said = ({ pinned, label }: ManifestHead): string =>
  [pinned ? 'pinned' : 'not pinned', label === null ? 'no label' : `label: ${label}`].join(', ');
