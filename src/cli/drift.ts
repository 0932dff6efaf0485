import type { Command } from 'commander';
import { counted } from '../base/counted.ts';
import { CorruptFile, UsageError } from '../base/errors.ts';
import { nameOf } from '../config/input.ts';
import type { Dkron } from '../dkron/client.ts';
import { maskChange } from '../job/mask.ts';
import { type Drift, driftOf, withoutStrangers } from '../plan/drift.ts';
import { planFiles } from '../plan/from-files.ts';
import { reasonOf } from '../snapshot/file/contents.ts';
import { readJobFiles } from '../snapshot/file/read.ts';
import { blank } from '../view/compose.ts';
import { wholeChangeLines } from '../view/diff.ts';
import { bold, plain, quiet, toned } from '../view/line.ts';
import { withDkron } from './connect.ts';
import { driftMarkdown } from './drift-markdown.ts';
import { driftCounts, driftTones, kindWords } from './drift-words.ts';
import { filesHelp } from './file-help.ts';
import { endWith, type Invocation, invocationOf } from './invocation.ts';
import type { Io } from './io.ts';
import { printJson, printLines, printNote, printText } from './output.ts';

interface Flags {
  readonly markdown?: boolean;
  readonly onlyFolder?: boolean;
  readonly showSecrets?: boolean;
}

export function register(program: Command): void {
  program
    .command('drift')
    .description('compare a folder of jobs with the server: what differs, and which way')
    .argument('<folder>', `a folder as 'export' makes it, or ${filesHelp}`)
    .option('--only-folder', 'jobs that only the server has do not count')
    .option('--markdown', 'as the comment of a pull request')
    .option('--show-secrets', 'show passwords, tokens and other credentials as they are')
    .addHelpText('after', help)
    .action(async (folder: string, flags: Flags, command: Command) => {
      const invocation = invocationOf(command);
      if (flags.markdown && invocation.json)
        throw new UsageError('--markdown and --json are two forms of one answer');
      const drift = await withDkron(invocation, (dkron) => look(invocation, dkron, folder, flags));
      const unread = drift.drifted.filter(({ kind }) => kind === 'unreadable');
      if (unread.length > 0) throw notAll(unread.map(({ name }) => name));
      if (drift.drifted.length > 0) endWith(command, 'differs');
    });
}

const help = `
'−' is what the server has, '+' what the folder says: what 'apply FOLDER' would write. White space in
bodies is no difference, nor is what Dkron counts.
Exit code 0: no drift. 3: there is some. 7: a job cannot be read, all else was compared. 6: the server
cannot be reached. An error is never 3.`;

async function look(
  { io, json }: Invocation,
  dkron: Dkron,
  folder: string,
  { markdown, onlyFolder, showSecrets }: Flags,
): Promise<Drift> {
  const { read, strangers } = withoutStrangers(await readJobFiles([folder], io.stdin));
  const { plan } = await planFiles(dkron, read, { spaced: true, signal: io.signal });
  const { drifted, same } = driftOf(plan, onlyFolder !== true);
  const drift: Drift = {
    drifted: showSecrets
      ? drifted
      : drifted.map((one) => ({ ...one, changes: one.changes.map(maskChange) })),
    same,
  };
  if (json) printJson(io, jsonOf(drift, folder, dkron.url));
  else if (markdown) printText(io, driftMarkdown(drift, nameOf(folder), dkron.url));
  else printDrift(io, drift, nameOf(folder), dkron.url);
  if (!json) for (const one of strangers) printNote(io, `left out: ${reasonOf(one)}`);
  return drift;
}

/** Lists by kind, each change with `server` and `folder` in place of before and after. */
function jsonOf({ drifted, same }: Drift, folder: string, server: string) {
  const of = (wanted: Drift['drifted'][number]['kind']) =>
    drifted
      .filter(({ kind }) => kind === wanted)
      .map(({ name, why, changes }) => ({
        name,
        ...(why !== '' && { why }),
        ...(wanted === 'changed' && {
          changes: changes.map(({ path, before, after }) => ({
            path,
            server: before,
            folder: after,
          })),
        }),
      }));
  return {
    folder,
    server,
    same,
    changed: of('changed'),
    onlyFolder: of('missing'),
    onlyServer: of('extra'),
    unreadable: of('unreadable'),
  };
}

function printDrift(io: Io, drift: Drift, folder: string, server: string): void {
  for (const { name, kind, changes, why } of drift.drifted) {
    const reason = why === '' ? [] : [[toned(` ${why}`, 'bad')]];
    const lines = kind === 'changed' ? wholeChangeLines(changes) : [];
    printLines(io, [
      [bold(name), toned(`  ${kindWords[kind]}`, driftTones[kind])],
      ...reason,
      ...lines,
    ]);
  }
  if (drift.drifted.some(({ kind }) => kind === 'changed'))
    printLines(io, [blank, [quiet('− the server has, + the folder says')]]);
  printLines(io, [[bold(folder), plain(` and ${server}: ${driftCounts(drift)}`)]]);
}

const notAll = (names: readonly string[]): CorruptFile =>
  new CorruptFile(`${counted(names.length)} cannot be compared`, {
    data: 'All the other jobs were compared.',
    next: `Mend ${names.slice(0, 5).join(', ')}.`,
  });
