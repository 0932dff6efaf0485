/** What a command or the console is pointed at, as its options, the environment and the file say it. */
import { OperatorError, UsageError } from '../base/errors.ts';
import { bareTarget, type Target, usualUrl } from '../config/target.ts';
import type { Config } from '../contexts/file.ts';
import { checkFile, targetNamed, targetsOf } from '../contexts/targets.ts';
import { zoneError } from '../schedule/index.ts';

/** The options that say where to, and how. */
export interface TargetOptions {
  readonly url?: string;
  readonly context?: string;
  readonly readOnly?: boolean;
  /** Milliseconds. */
  readonly refresh?: number;
  readonly serverZone?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `--context` or `--url`, else DKRON_CONTEXT or DKRON_URL, else the file's current context, else a
 * Dkron on this machine. Throws UsageError where both are said, and as targetNamed does.
 */
export function targetOf(options: TargetOptions, env: Environment, config: Config): Target {
  const zone = serverZoneOf(options, env);
  const { name, url } = chosen(options, env);
  const bare = { serverZone: zone, theme: config.theme };
  if (url !== undefined) return withOptions(bareTarget(url, bare), options);
  checkFile(config);
  const context = name ?? config.current;
  const target = context === null ? bareTarget(usualUrl, bare) : targetNamed(config, context, env);
  return withOptions(target, options);
}

/**
 * The same for what asks no server: where the file of contexts has mistakes, or two places are named,
 * nothing is known of any. Throws UsageError for what the options say wrong.
 */
export function offlineTarget(options: TargetOptions, env: Environment, config: Config): Target {
  try {
    return targetOf(options, env, config);
  } catch (error) {
    if (options.context !== undefined || !(error instanceof OperatorError)) throw error;
    const serverZone = serverZoneOf(options, env);
    return withOptions(bareTarget('', { serverZone, theme: config.theme }), options);
  }
}

/** The embedded demo server: no context holds there. */
export const demoTarget = (options: TargetOptions, env: Environment, url: string): Target =>
  withOptions(bareTarget(url, { label: 'demo', serverZone: serverZoneOf(options, env) }), options);

/** All that one can switch to; what the options say holds there, too. */
export const targetChoices = (options: TargetOptions, env: Environment, config: Config): Target[] =>
  targetsOf(config, env).map((target) => withOptions(target, options));

function chosen({ url, context }: TargetOptions, env: Environment) {
  if (url !== undefined && context !== undefined)
    throw both('--context and --url both say where to', 'Give one of them.');
  if (url !== undefined || context !== undefined) return { name: context, url };
  const named = env['DKRON_CONTEXT'] || undefined;
  const address = env['DKRON_URL'] || undefined;
  if (named !== undefined && address !== undefined)
    throw both(
      'DKRON_CONTEXT and DKRON_URL are both set, and both say where to',
      'Unset one of them, or give --context or --url.',
    );
  return { name: named, url: address };
}

const both = (message: string, next: string): UsageError =>
  new UsageError(message, { data: 'nothing was sent', next });

/** Options say more than a context, but for one: none of them opens what is read-only. */
const withOptions = (
  target: Target,
  { readOnly = false, refresh, serverZone }: TargetOptions,
): Target => ({
  ...target,
  readOnly: target.readOnly || readOnly,
  ...(refresh === undefined ? {} : { refresh }),
  ...(serverZone === undefined ? {} : { serverZone }),
});

/** The zone the Dkron process runs in: its API does not tell, and its images run in UTC. */
function serverZoneOf({ serverZone }: TargetOptions, env: Environment): string {
  const zone = serverZone ?? (env['DKRON_SERVER_ZONE'] || 'UTC');
  if (zoneError(zone) === undefined && zone !== 'Local') return zone;
  throw new UsageError(`${zone} is not a name of the time zone database`, {
    data: 'nothing was sent',
    next: 'names are case-sensitive: Europe/Paris, Etc/UTC',
  });
}
