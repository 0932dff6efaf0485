/** When and how a job changed: from the snapshots and the journal of this machine, without a server. */
import type { Command } from 'commander';
import { counted } from '../base/counted.ts';
import { NotFound, UsageError } from '../base/errors.ts';
import { readAddress } from '../dkron/address.ts';
import type { FieldChange } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { maskChange, maskJob } from '../job/mask.ts';
import type { Step } from '../journal/history/steps.ts';
import { stringifyJson } from '../json/numbers.ts';
import { type History, historyOf, noSuchValue, touches } from '../snapshot/history/history.ts';
import { wholeChangeLines } from '../view/diff.ts';
import { bold, type Line, plain, quiet } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import { changesText, stepWord, whenText } from '../view/step.ts';
import { archiveFolder, folderOption } from './archive.ts';
import { journalOf } from './cluster.ts';
import { type Invocation, invocationOf, zoneFor } from './invocation.ts';
import { type Column, printJson, printLines, printNote, printTable } from './output.ts';
import { registerOf, wayTo } from './register.ts';

interface Flags {
  readonly folder?: string;
  readonly field?: string;
  readonly patch?: boolean;
  readonly showSecrets?: boolean;
}

export function register(program: Command): void {
  program
    .command('log')
    .description(
      'tell when a job changed, and how, from all snapshots and the journal, newest first',
    )
    .argument('<name>', 'the job; it may be deleted by now')
    .option(...folderOption)
    .option(
      '--field <path>',
      'only changes of this value: schedule, executor_config.headers.Accept',
    )
    .option('--patch', 'show each difference below its line')
    .option('--show-secrets', 'show credentials as they are, and in --json the exact definitions')
    .addHelpText('after', help)
    .action(async (name: string, flags: Flags, command: Command) => {
      await tell(invocationOf(command), name, flags);
    });
}

const help = `
A snapshot shows how the job was when it was taken, so that a change lies between two of them; of a
change that was made from this machine the journal knows the moment and who made it. To have the job
as it was after a step, restore it from the snapshot of that line:
  dkron-tui restore SNAPSHOT NAME
or, where only the journal has it, by the id in --json:
  dkron-tui log NAME --json --show-secrets | jq -r '.steps[] | select(.id == "ID") | .definition' | dkron-tui apply -`;

async function tell(invocation: Invocation, name: string, flags: Flags): Promise<void> {
  const { io, json } = invocation;
  const history = await historyOf(name, await whereOf(invocation, flags.folder));
  if (history.steps.length === 0) throw neverSeen(history);
  const steps = chosen(history, flags.field);
  const shown = (change: FieldChange): FieldChange =>
    flags.showSecrets === true ? change : maskChange(change);
  if (json) return printJson(io, asJson(history, steps, flags));
  for (const what of history.unreadable) printNote(io, `skipped in the journal: ${what}`);
  for (const { snapshot, why } of history.passedOver) printNote(io, `skipped: ${snapshot}: ${why}`);
  const zone = zoneFor(invocation, history.steps[0]!.to?.job ?? null);
  if (steps.length === 0) printLines(io, [[plain(`${flags.field} of ${name} did not change`)]]);
  else if (flags.patch === true)
    printLines(
      io,
      steps.flatMap((step) => patchOf(step, zone, shown)),
    );
  else printTable(io, columnsIn(zone, shown), steps);
  printLines(io, [[quiet(countText(history))], ...restoreLines(history)]);
}

/** Where the snapshots are and whose journal counts. No server is asked. */
async function whereOf(invocation: Invocation, named: string | undefined) {
  const register = registerOf(invocation);
  const { called } = invocation.cluster;
  const folder = await archiveFolder(invocation, named);
  const last = async (): Promise<string | null> => {
    const { url } = readAddress(invocation.target.url);
    return (await register.last(wayTo(invocation, url)))?.id ?? null;
  };
  // The snapshots of a folder say themselves which cluster they are of.
  const here = named === undefined ? await last() : null;
  const cluster = called === null ? here : (await register.called(called)).id;
  return {
    folder,
    cluster,
    journalOf: async (id: string | null) => {
      const whose = id ?? (await last());
      return whose === null ? null : journalOf(invocation, whose);
    },
  };
}

function chosen(history: History, field: string | undefined): readonly Step[] {
  if (field === undefined) return history.steps;
  const problem = noSuchValue(history.steps, field);
  if (problem !== null)
    throw new UsageError(`${history.name} never had a value ${field}: ${problem}`, {
      data: 'Nothing was changed.',
      next: 'Write schedule, executor_config.body, tags.role or executor_config.headers.Accept.',
    });
  return history.steps.filter((step) => touches(step, field));
}

const neverSeen = ({ name, snapshots, passedOver }: History): NotFound =>
  new NotFound(
    `there is no job ${name} in ${counted(snapshots, 'snapshot')}, nor did the journal ever have it`,
    {
      data: 'Nothing was changed.',
      next:
        passedOver.length === 0
          ? "Check the name: 'dkron-tui snapshots' lists the snapshots."
          : `${counted(passedOver.length, 'snapshot')} could not be read: ${passedOver[0]!.snapshot}: ${passedOver[0]!.why}`,
    },
  );

const countText = ({ snapshots, changes }: History): string =>
  `over ${counted(snapshots, 'snapshot')} and ${counted(changes, 'change')} in the journal`;

const restoreLines = ({ name, steps }: History): Line[] =>
  steps.some(({ snapshot }) => snapshot !== null)
    ? [[quiet(`as it was after a step: dkron-tui restore SNAPSHOT ${name}`)]]
    : [];

type Shown = (change: FieldChange) => FieldChange;

const columnsIn = (zone: string, shown: Shown): Column<Step>[] => [
  { title: 'WHEN', cell: (step) => plain(when(step, zone)) },
  { title: 'WHO', cell: ({ who }) => quiet(who ?? '') },
  { title: 'WHAT', cell: (step) => plain(stepWord(step)) },
  { title: 'FIELDS', cell: (step) => plain(fieldsText(step, shown)) },
  { title: 'SNAPSHOT', cell: (step) => quiet(holderOf(step)) },
];

/** Who has the job as it was after the step. */
const holderOf = ({ to, snapshot }: Step): string =>
  to === null ? '' : (snapshot ?? 'in the journal only');

/** Of a job that came or went all fields did. */
const fieldsText = ({ kind, changes }: Step, shown: Shown): string =>
  kind === 'changed' ? changesText(changes.map(shown)) : '';

const when = (step: Step, zone: string): string =>
  whenText(step, (at) => rfc3339(Math.floor(at / 1_000) * 1_000, zone));

const patchOf = (step: Step, zone: string, shown: Shown): Line[] => [
  [
    bold(when(step, zone)),
    plain(`  ${stepWord(step)}`),
    quiet([step.who ?? '', holderOf(step)].map((text) => text && `  ${text}`).join('')),
  ],
  ...wholeChangeLines(step.changes.map(shown)),
  [],
];

/** A definition is given to the letter or not at all: one with its credentials hidden must never be applied. */
function asJson({ name, steps: _, ...history }: History, steps: readonly Step[], flags: Flags) {
  const isOpen = flags.showSecrets === true;
  const shown = (step: Step) => (isOpen ? step.changes : step.changes.map(maskChange));
  return {
    job: name,
    ...history,
    steps: steps.map((step) => {
      const { id, kind, after, by, exact, certain, who, to, source, snapshot } = step;
      const hidden = to !== null && !isOpen && holdsSecrets(to.job);
      return {
        id,
        kind,
        after: after === null ? null : iso(after),
        by: iso(by),
        exact,
        certain,
        who,
        changes: shown(step).map(({ path, before, after }) => ({ path, before, after })),
        source,
        snapshot,
        definition: to === null || hidden ? null : to.text,
        hidden,
      };
    }),
  };
}

const iso = (at: number): string => new Date(at).toISOString();

const holdsSecrets = (job: Job): boolean => stringifyJson(maskJob(job)) !== stringifyJson(job);
