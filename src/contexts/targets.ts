/** The contexts of the file as targets of a console or a command. */
import { CorruptFile, UsageError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import {
  bareTarget,
  type LintRules,
  type PortForward,
  type Source,
  type Target,
  usualGrace,
} from '../config/target.ts';
import { type Config, pathIn } from './file.ts';
import type { Mistake } from './read.ts';
import type { ContextShape } from './shape.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The context of that name. Throws UsageError when there is none, CorruptFile for one with mistakes. */
export function targetNamed(config: Config, name: string, env: Environment): Target {
  checkFile(config);
  const entry = config.contexts.get(name);
  if (entry === undefined) throw noContext(config, name);
  if ('mistakes' in entry) throw mistaken(config.path!, entry.mistakes);
  return { ...targetFrom(name, entry.context, config.path!, env), theme: config.theme };
}

/** All that can be used, as the file has them. */
export const targetsOf = (config: Config, env: Environment): Target[] =>
  config.mistakes.length > 0
    ? []
    : [...config.contexts].flatMap(([name, entry]) =>
        'context' in entry ? [targetNamed(config, name, env)] : [],
      );

/** Throws for a file that cannot be read, and CorruptFile when anything is wrong outside the contexts. */
export function checkFile({ path, mistakes, failure }: Config): void {
  if (failure !== null) throw failure;
  if (mistakes.length > 0) throw mistaken(path!, mistakes);
}

/** What is wrong with other contexts than the one that is used, in a sentence each. */
export const mistakesBeside = (config: Config, used: string | null): string[] =>
  [...config.contexts].flatMap(([name, entry]) =>
    name === used || 'context' in entry
      ? []
      : [`context ${name} cannot be used: ${placed(config.path!, entry.mistakes[0]!)}`],
  );

const placed = (path: string, { line, column, message }: Mistake): string =>
  `${path}:${line}:${column}: ${message}`;

export function mistaken(path: string, [first, ...others]: readonly Mistake[]): CorruptFile {
  const more = others.map(({ line, message }) => `line ${line}: ${message}`);
  return new CorruptFile(placed(path, first!), {
    data: 'Nothing was sent.',
    next:
      more.length === 0
        ? 'Correct it there.'
        : `Correct it there, and besides: ${more.slice(0, 10).join('; ')}.`,
  });
}

export function noContext({ path, contexts }: Config, name: string): UsageError {
  const names = [...contexts.keys()];
  const near = names.length === 0 ? undefined : nearest(name, names);
  const there =
    names.length === 0
      ? `Add it: dkron-tui contexts add ${name} --url …`
      : near === undefined
        ? `There is ${names.join(', ')}.`
        : `Did you mean ${near}?`;
  return new UsageError(`there is no context ${name} in ${path ?? 'any file'}`, {
    data: 'Nothing was sent.',
    next: there,
  });
}

function targetFrom(name: string, context: ContextShape, path: string, env: Environment): Target {
  const at = (file: string): string => pathIn(path, file, env);
  const from = (source: Source): Source => ('file' in source ? { file: at(source.file) } : source);
  const { tls = {}, basic, bearer, headers = {}, refresh, snapshots } = context;
  const file = (named: string | undefined) => (named === undefined ? null : at(named));
  const portForward = forwardOf(context);
  return bareTarget(context.url ?? addressOf(portForward!), {
    context: name,
    label: context.label ?? name,
    colour: context.color ?? null,
    readOnly: context['read-only'] === true,
    protected: context.protected === true,
    grace: context.grace === undefined ? usualGrace : context.grace * 1_000,
    notify: context.notify ?? 'none',
    serverZone: context['server-zone'] ?? (env['DKRON_SERVER_ZONE'] || 'UTC'),
    refresh: refresh === undefined ? null : refresh * 1000,
    snapshots: file(snapshots?.folder),
    keep: snapshots?.keep ?? null,
    views: context.views ?? {},
    lint: lintOf(context, at),
    portForward,
    credentials: {
      basic: basic === undefined ? null : { user: basic.user, password: from(basic.password) },
      bearer: bearer === undefined ? null : from(bearer),
      headers: Object.fromEntries(
        Object.entries(headers).map(([header, source]) => [header, from(source)]),
      ),
    },
    tls: {
      ca: file(tls.ca),
      cert: file(tls.cert),
      key: file(tls.key),
      serverName: tls['server-name'] ?? null,
      insecure: tls.insecure === true,
    },
    proxy: context.proxy !== 'none',
  });
}

function lintOf({ lint = {} }: ContextShape, at: (file: string) => string): LintRules {
  const { ttl, ignore = [] } = lint;
  if (ttl === undefined) return { ttl: null, ignore };
  const { file, command, shell, match, soft, hard = null, unit = 's' } = ttl;
  const from =
    file !== undefined
      ? { file: at(file) }
      : command !== undefined
        ? { command }
        : { shell: shell! };
  return { ttl: { from, match, soft, hard, unit }, ignore };
}

function forwardOf({ 'port-forward': given }: ContextShape): PortForward | null {
  if (given === undefined) return null;
  const { namespace, resource, port, 'kube-context': kubeContext = null } = given;
  return { namespace, resource, port, kubeContext };
}

/** `http://dkron.mobility:8080`, as it would be called from inside. */
const addressOf = ({ namespace, resource, port }: PortForward): string =>
  `http://${resource.replace(/^.*\//, '')}.${namespace}${typeof port === 'number' ? `:${port}` : ''}`;
