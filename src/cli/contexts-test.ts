import type { Command } from 'commander';
import { type ExitName, explain, OperatorError, Unreachable } from '../base/errors.ts';
import { withoutUserinfo } from '../base/userinfo.ts';
import { checkFile, noContext, targetNamed } from '../contexts/targets.ts';
import { plain, quiet, type Span, toned } from '../view/line.ts';
import { withDkron } from './connect.ts';
import { configOf, endWith, type GlobalOptions, type Invocation, ioOf } from './invocation.ts';
import { type Column, printJson, printNote, printTable } from './output.ts';

interface Tested {
  readonly name: string;
  readonly version: string | null;
  readonly node: string | null;
  /** "" for a cluster without one. */
  readonly leader: string | null;
  /** What is wrong, and what to do next; null where all is well. */
  readonly problem: string | null;
  readonly next: string | null;
  readonly exit: ExitName;
}

/** Longer than any server takes that is well, a port-forward that has to be made included; ms. */
const patience = 20_000;

/** Tries all at once. The exit code is that of the first that does not answer. */
export async function testContexts(names: string[], _: object, command: Command): Promise<void> {
  const [io, config] = [ioOf(command), configOf(command)];
  const { json = false } = command.optsWithGlobals<GlobalOptions>();
  checkFile(config);
  const missing = names.find((name) => !config.contexts.has(name));
  if (missing !== undefined) throw noContext(config, missing);
  const wanted = names.length > 0 ? [...new Set(names)] : [...config.contexts.keys()];
  const tested = await Promise.all(
    wanted.map(async (name) => {
      try {
        const target = targetNamed(config, name, io.env);
        const cluster = { called: null, same: false };
        const told = {
          io,
          json,
          confirmed: null,
          zone: undefined,
          cluster,
          target,
          offline: target,
        };
        return await answerOf(name, told);
      } catch (error) {
        return failed(name, error);
      }
    }),
  );
  const bad = tested.find(({ exit }) => exit !== 'ok');
  if (bad !== undefined) endWith(command, bad.exit);
  if (json)
    printJson(
      io,
      tested.map(({ exit, ...rest }) => ({ ...rest, ok: exit === 'ok' })),
    );
  else if (tested.length === 0) printNote(io, `no contexts in ${config.path}`);
  else printTable(io, columns, tested);
  if (!json)
    for (const { name, next } of tested) if (next !== null) printNote(io, `${name}: ${next}`);
}

async function answerOf(name: string, invocation: Invocation): Promise<Tested> {
  const signal = AbortSignal.any([invocation.io.signal, AbortSignal.timeout(patience)]);
  return await withDkron(invocation, async (dkron) => {
    const [{ value: server }, { value: leader }] = await Promise.all([
      dkron.server({ signal }),
      dkron.leader({ signal }),
    ]).catch((error: unknown) => {
      if (!signal.aborted || invocation.io.signal.aborted) throw error;
      throw new Unreachable(`${dkron.url} did not answer within ${patience / 1000} s`);
    });
    const { name: node, version } = server;
    return {
      name,
      version,
      node,
      leader: leader?.Name ?? '',
      problem: null,
      next: null,
      exit: 'ok',
    };
  });
}

function failed(name: string, error: unknown): Tested {
  if (!(error instanceof OperatorError)) throw error;
  const [problem = '', ...advice] = explain(error).map(withoutUserinfo);
  const next = error.next === undefined ? null : (advice.at(-1) ?? null);
  const none = { version: null, node: null, leader: null };
  return { name, ...none, problem, next, exit: error.exit };
}

function stateOf({ problem, leader }: Tested): Span {
  if (problem !== null) return toned(problem, 'bad');
  return leader === '' ? toned('answers; no leader: reads only', 'bad') : plain('answers');
}

const orDash = (text: string | null): Span => (text ? plain(text) : quiet('–'));

const columns: readonly Column<Tested>[] = [
  { title: 'NAME', cell: ({ name }) => plain(name) },
  { title: 'DKRON', cell: ({ version }) => orDash(version) },
  { title: 'NODE', cell: ({ node }) => orDash(node) },
  { title: 'LEADER', cell: ({ leader }) => orDash(leader) },
  { title: 'STATE', cell: stateOf },
];
