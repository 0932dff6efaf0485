import type { Command } from 'commander';
import { OperatorError, UsageError } from '../base/errors.ts';
import type { Reach } from '../contexts/reach.ts';
import type { Dkron } from '../dkron/client.ts';
import { bad, type Check, failed, skipped, type Verdict } from '../dkron/doctor/check.ts';
import { diagnose } from '../dkron/doctor/diagnose.ts';
import { network } from '../dkron/doctor/network.ts';
import { caught } from '../dkron/doctor/way.ts';
import { writeCheck } from '../dkron/doctor/write.ts';
import type { Door } from '../dkron/write/door.ts';
import { type Line, plain, quiet, type Tone, toned } from '../view/line.ts';
import { reach } from './cluster.ts';
import { confirm } from './confirm.ts';
import { reachFor } from './connect.ts';
import { clusterCheck } from './doctor-cluster.ts';
import { endWith, type Invocation, invocationOf } from './invocation.ts';
import { printJson, printLines } from './output.ts';
import { doorTo } from './with-cluster.ts';

interface DoctorFlags {
  readonly write?: boolean;
  readonly yes?: boolean;
}

export function register(program: Command): void {
  program
    .command('doctor')
    .description(
      'look, step by step, at what stands between this machine and a Dkron that works, and say what to do',
    )
    .option(
      '--write',
      'also try to write: create a disabled job as large as the largest one, and delete it again',
    )
    .option('--yes', 'do not ask for confirmation (--write)')
    .action(async ({ write = false, yes = false }: DoctorFlags, command: Command) => {
      const invocation = invocationOf(command);
      const checks: Check[] = [];
      for await (const check of checksOf(invocation, write, yes)) {
        checks.push(check);
        if (!invocation.json) printLines(invocation.io, linesOf(check));
      }
      const exit = checks.find(({ verdict }) => verdict === 'bad')?.exit ?? 'ok';
      if (invocation.json) printJson(invocation.io, jsonOf(checks));
      else printLines(invocation.io, [[], summary(checks)]);
      endWith(command, exit);
    });
}

/** `yes` and a terminal's answer come before anything is looked at: nobody waits for a question. */
async function* checksOf(
  invocation: Invocation,
  write: boolean,
  yes: boolean,
): AsyncGenerator<Check> {
  const { io } = invocation;
  let opened: Reach;
  try {
    opened = reachFor(invocation);
  } catch (error) {
    // An address or a file of contexts that cannot be read is the first thing to look at.
    if (!(error instanceof UsageError)) throw error;
    yield bad('address', error.message, error.next ?? '', error.exit);
    return;
  }
  try {
    const { route } = opened;
    const question = `Also create a disabled job on ${route.url}, and delete it again?`;
    const agreed = write ? await confirm(invocation, question, yes) : null;
    const more = async function* (client: Dkron, largest: number): AsyncGenerator<Check> {
      yield await clusterCheck(invocation, client);
      const reached = write ? await caught(() => reach(invocation, client, 'change')) : null;
      if (reached instanceof OperatorError) yield failed('write', reached, client.url);
      else yield* writing(reached && doorTo(reached, client, agreed), largest, io.signal);
    };
    yield* diagnose({ route, network, signal: io.signal, log: io.log, more });
  } finally {
    await opened.close();
  }
}

async function* writing(
  door: Door | null,
  largest: number,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  if (door !== null) yield await writeCheck(door, largest, signal);
  else
    yield {
      ...skipped('write', 'not tried: --write creates a disabled job and deletes it'),
      next: 'Only that shows whether a proxy refuses large requests (413).',
    };
}

const looks: Readonly<Record<Verdict, { readonly glyph: string; readonly tone: Tone }>> = {
  ok: { glyph: '✓', tone: 'ok' },
  attention: { glyph: '!', tone: 'attention' },
  bad: { glyph: '✗', tone: 'bad' },
  skipped: { glyph: '–', tone: 'quiet' },
};

function linesOf({ verdict, subject, says, next }: Check): Line[] {
  const { glyph, tone } = looks[verdict];
  const first = [
    toned(`${glyph} ${verdict.padEnd(9)}`, tone),
    plain(`  ${subject.padEnd(11)}  ${says}`),
  ];
  return next ? [first, [quiet(`${' '.repeat(26)}${next}`)]] : [first];
}

function summary(checks: readonly Check[]): Line {
  const first = checks.find(({ verdict }) => verdict === 'bad');
  if (first !== undefined) return [toned(`Not well: ${first.subject}.`, 'bad')];
  const some = checks.filter(({ verdict }) => verdict === 'attention');
  if (some.length === 0) return [toned('All is well.', 'ok')];
  return [
    toned(`It works; look at ${some.map(({ subject }) => subject).join(', ')}.`, 'attention'),
  ];
}

const jsonOf = (checks: readonly Check[]) => ({
  ok: checks.every(({ verdict }) => verdict !== 'bad'),
  checks: checks.map(({ subject, verdict, says, next, exit }) => ({
    subject,
    verdict,
    says,
    ...(next ? { next } : {}),
    ...(exit === undefined ? {} : { exit }),
  })),
});
