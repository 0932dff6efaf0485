import type { Command } from 'commander';
import { protectedAs, type Target } from '../config/target.ts';
import { checkFile, targetNamed } from '../contexts/targets.ts';
import { routeTo } from '../dkron/route.ts';
import { bold, plain, quiet, type Span, toned } from '../view/line.ts';
import { configOf, type GlobalOptions, ioOf } from './invocation.ts';
import { type Column, printJson, printLines, printNote, printTable } from './output.ts';

interface Listed {
  readonly name: string;
  readonly current: boolean;
  /** Null for one that has mistakes. */
  readonly target: Target | null;
  readonly mistakes: readonly string[];
}

/** Names and what holds there; of one with mistakes what is wrong, and where. */
export function listContexts({ names }: { readonly names?: boolean }, command: Command): void {
  const [io, config] = [ioOf(command), configOf(command)];
  const { json = false } = command.optsWithGlobals<GlobalOptions>();
  checkFile(config);
  const rows = [...config.contexts].map(
    ([name, entry]): Listed => ({
      name,
      current: name === config.current,
      target: 'context' in entry ? targetNamed(config, name, io.env) : null,
      mistakes:
        'context' in entry
          ? []
          : entry.mistakes.map(
              ({ line, column, message }) => `${config.path}:${line}:${column}: ${message}`,
            ),
    }),
  );
  const usable = rows.filter(({ target }) => target !== null);
  if (names) for (const { name } of usable) printLines(io, [[plain(name)]]);
  else if (json) printJson(io, rows.map(asJson));
  else if (rows.length > 0) printTable(io, columns, rows);
  else printNote(io, `no contexts in ${config.path}; add one: dkron-tui contexts add NAME --url …`);
  if (!names && !json)
    for (const mistake of rows.flatMap(({ mistakes }) => mistakes)) printNote(io, mistake);
}

const asJson = ({ name, current, target, mistakes }: Listed) => ({
  name,
  current,
  ...(target === null
    ? { mistakes }
    : {
        label: target.label,
        url: whereOf(target),
        portForward: target.portForward,
        readOnly: target.readOnly,
        protected: target.protected,
        serverZone: target.serverZone,
      }),
});

/** Without what an address may hold besides. */
const whereOf = ({ url }: Target): string => routeTo(url).url;

function holds({ target }: Listed): Span {
  if (target === null) return toned('has mistakes', 'bad');
  const words = [target.readOnly && 'read-only', protectedAs(target) !== null && 'protected'];
  return plain(words.filter(Boolean).join(', '));
}

function where({ target }: Listed): Span {
  if (target === null) return quiet('–');
  const { portForward: forward } = target;
  if (forward === null) return plain(whereOf(target));
  const { namespace, resource, port, kubeContext } = forward;
  const through = kubeContext === null ? '' : ` in ${kubeContext}`;
  return plain(`port-forward ${namespace}/${resource}:${port}${through}`);
}

const columns: readonly Column<Listed>[] = [
  { title: '', cell: ({ current }) => plain(current ? '*' : '') },
  { title: 'NAME', cell: ({ name, current }) => (current ? bold(name) : plain(name)) },
  { title: 'LABEL', cell: ({ target }) => plain(target?.label ?? '') },
  { title: 'WHERE', cell: where },
  { title: 'CHANGES', cell: holds },
];
