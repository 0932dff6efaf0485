/** Reads the table of how long what jobs fetch is kept, from where a context says. */
import { Readable } from 'node:stream';
import { OperatorError } from '../base/errors.ts';
import { withoutUserinfo } from '../base/userinfo.ts';
import { wholeInput } from '../config/input.ts';
import type { TtlSource } from '../config/target.ts';
import { maskWords } from '../job/mask.ts';
import { readTable, type TtlTable } from '../job/ttl/table.ts';
import { type Printed, patience, runProgram } from './command.ts';

/** Of a table; bytes. */
const most = 16 << 20;

/** Throws OperatorError, which names where the table comes from and nothing that stands in it. */
export async function readTtls(
  source: TtlSource,
  env: Readonly<Record<string, string | undefined>>,
): Promise<TtlTable> {
  const { from } = source;
  const what = 'file' in from ? `${from.file}, the table of TTLs,` : 'the table of TTLs';
  const text = await textFrom(from, env);
  const table = readTable(text, source);
  if ('problem' in table) throw unusable(`${what} ${table.problem}`);
  return table;
}

async function textFrom(
  from: TtlSource['from'],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  if ('text' in from) return from.text;
  if ('file' in from) return (await wholeInput(from.file, Readable.from([]), most)).toString();
  return await printed('command' in from ? from.command : ['/bin/sh', '-c', from.shell], env);
}

async function printed(
  program: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const ran = await runProgram(program, env, most + 1);
  if (ran.code !== 0) throw unusable(failureOf(ran));
  if (Buffer.byteLength(ran.stdout) > most)
    throw unusable('the command for the table of TTLs printed more than 16 MB');
  return ran.stdout;
}

const unusable = (what: string): OperatorError =>
  new OperatorError(what, {
    data: 'No TTL was checked.',
    next: 'Correct lint.ttl of the context: docs/contexts.md tells what may stand there.',
  });

/** Of what it said the last line, without credentials. */
function failureOf({ code, late, stderr }: Printed): string {
  const how = late
    ? `did not end within ${patience / 1_000} s and was stopped`
    : code === null
      ? 'could not be run, or was killed'
      : `failed (exit code ${code})`;
  const said = maskWords(withoutUserinfo(stderr.trim().split('\n').at(-1) ?? '')).slice(0, 300);
  return `the command for the table of TTLs ${how}${said === '' ? '' : `: ${said}`}`;
}
