/** What a command works with: its options and the environment. */
import { Command } from 'commander';
import { type ExitName, UsageError } from '../base/errors.ts';
import type { Target } from '../config/target.ts';
import { type Config, noConfig } from '../contexts/file.ts';
import { mistakesBeside } from '../contexts/targets.ts';
import type { Job } from '../job/job.ts';
import { placeOf, zoneNamed, zoneOfTimes } from '../view/zones.ts';
import type { Io } from './io.ts';
import { printNote } from './output.ts';
import { offlineTarget, type TargetOptions, targetOf } from './target.ts';

/** The options that every command takes, before or after its own. */
export interface GlobalOptions extends TargetOptions {
  readonly json?: boolean;
  readonly zone?: string;
  readonly demo?: boolean;
  readonly confirm?: string;
  readonly cluster?: string;
  readonly sameCluster?: boolean;
  readonly log?: string;
}

/** The root command; it carries what its commands read from and write to. */
export class Program extends Command {
  readonly io: Io;
  /** How the program ends when its command throws nothing. */
  exit: ExitName = 'ok';
  /** The file of contexts; read before a command runs. */
  config: Config = noConfig;
  /** The command that runs; undefined before it does. */
  running: Command | undefined;

  constructor(io: Io) {
    super('dkron-tui');
    this.io = io;
  }
}

/** What the operator says of the cluster that answers. */
export interface Said {
  /** Its id or label, or `new`; null without `--cluster`. */
  readonly called: string | null;
  /** Where that is not certain, it is the same as before: `--same-cluster`. */
  readonly same: boolean;
}

/** What a command's action works with, taken from the global options and the environment. */
export interface Invocation {
  readonly io: Io;
  readonly target: Target;
  /** The same for what asks no server: a mistake in the file of contexts is no hindrance. */
  readonly offline: Target;
  readonly json: boolean;
  /** The name that `--confirm` agrees with; null without it. */
  readonly confirmed: string | null;
  readonly cluster: Said;
  /** Whose clock times are told by, as `--zone` says it (view/zones.ts); undefined: nobody said. */
  readonly zone: string | undefined;
}

/** `local`, `job`, `utc`, or the name of a zone. */
function timesZoneOf({ zone }: GlobalOptions): string | undefined {
  if (zone === undefined) return undefined;
  const named = zoneNamed(zone);
  if (named !== undefined) return named;
  throw new UsageError(`${zone} is not a time zone`, {
    data: 'nothing was sent',
    next: '--zone takes local, job, utc, or a name such as Europe/Paris',
  });
}

/** The zone that a command tells times in; UTC unless told. Without a job the job's is the server's. */
export const zoneFor = (
  { zone, target: { serverZone } }: Pick<Invocation, 'zone' | 'target'>,
  job: Job | null = null,
): string => zoneIn(zone, serverZone, job);

/** The same where the zone of the servers is known from elsewhere. */
export const zoneIn = (zone = 'utc', serverZone: string, job: Job | null = null): string =>
  zoneOfTimes({ zone, setting: placeOf(serverZone), server: null }, job);

/** The invocation of a running command: `.action((…args, options, command) => invocationOf(command))`. */
export function invocationOf(command: Command): Invocation {
  if (command.optsWithGlobals<GlobalOptions>().demo)
    throw new UsageError('--demo opens the console; commands talk to a server', {
      data: 'nothing was sent',
      next: "start one with 'dkron-tui demo' and give its address with --url",
    });
  const { io, config } = rootOf(command);
  const note = (text: string): void => {
    // What a program reads from stderr is JSON and nothing else.
    if (!invocation.json) printNote(io, text);
  };
  const invocation = globalInvocation(command, ({ context }) =>
    mistakesBeside(config, context).forEach(note),
  );
  const warning = exposed(command);
  if (warning !== null) note(warning);
  return invocation;
}

/**
 * The same command pointed at another place, of which nothing that is said of the first holds: no
 * `--cluster`, no `--confirm`; and nothing is changed there.
 */
export function invocationAt(
  command: Command,
  place: Pick<TargetOptions, 'url' | 'context'>,
  option = '',
): Invocation {
  const { io, config } = rootOf(command);
  const target = targetOf({ ...place, readOnly: true }, io.env, config);
  const invocation: Invocation = {
    ...{ io, target, offline: target, confirmed: null },
    json: command.optsWithGlobals<GlobalOptions>().json === true,
    cluster: { called: null, same: false },
    zone: undefined,
  };
  if (place.url?.includes('@') && !invocation.json)
    printNote(io, `${readable(option)}: make a context of it ('dkron-tui contexts add --help').`);
  return invocation;
}

/** What to say of an address on the command line that carries a password; null for any other. */
export function exposed(command: Command): string | null {
  const { url = '' } = command.optsWithGlobals<GlobalOptions>();
  return url.includes('@') ? `${readable('--url')}: put the address into DKRON_URL.` : null;
}

const readable = (option: string): string =>
  `Every user of this machine can read a password in ${option} in the list of processes`;

/**
 * What the global options and the environment say, for a command or for the console. The target is
 * made out when it is first asked for, which is told: what needs no server does not fail for a
 * mistake in the file of contexts.
 */
export function globalInvocation(
  command: Command,
  onTarget: (target: Target) => void = () => {},
): Invocation {
  const options = command.optsWithGlobals<GlobalOptions>();
  const { io, config } = rootOf(command);
  let target: Target | null = null;
  return {
    io,
    get target() {
      if (target === null) {
        target = targetOf(options, io.env, config);
        onTarget(target);
      }
      return target;
    },
    get offline() {
      return offlineTarget(options, io.env, config);
    },
    json: options.json === true,
    confirmed: options.confirm ?? null,
    cluster: { called: options.cluster ?? null, same: options.sameCluster === true },
    zone: timesZoneOf(options),
  };
}

/** Ends the program with another code than 0, without an error: there are differences, say. */
export function endWith(command: Command, exit: ExitName): void {
  rootOf(command).exit = exit;
}

export const ioOf = (command: Command): Io => rootOf(command).io;
export const configOf = (command: Command): Config => rootOf(command).config;

function rootOf(command: Command): Program {
  let root = command;
  while (root.parent) root = root.parent;
  return root as Program;
}
