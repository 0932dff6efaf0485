/** The command line as a whole: options, commands, errors and exit codes. */
import { type Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exitCodeOf, exitCodes, UsageError } from '../base/errors.ts';
import { version } from '../base/version.ts';
import { fileError } from '../config/files.ts';
import { logLimit } from '../config/log-file.ts';
import { themeNames } from '../config/looks.ts';
import { openConfig } from '../contexts/file.ts';
import { colourFlags } from '../terminal/colours.ts';
import { type GlobalOptions, Program } from './invocation.ts';
import type { Io } from './io.ts';
import { nobodyReads, watchOutput } from './outlet.ts';
import { printNote } from './output.ts';
import { reportError } from './report.ts';
import { checkTerminal } from './screen.ts';
import { sparedWatching } from './spare-memory.ts';

/**
 * Runs one command line and gives its exit code; everything goes through `io`. Output that nobody
 * reads any more ends nothing, and changes no exit code.
 */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  const program = createProgram(io);
  const lost = watchOutput(io.stdout);
  const told = watchOutput(io.stderr);
  const status = await work(program, argv).catch((error: unknown) => {
    // Of a console that did not come to be, what was shown before it.
    io.screen?.leave();
    return failed(error, argv, io);
  });
  io.log.note('end', () => ({ status }));
  io.log.close();
  const failure = await lost(io.signal);
  await told(io.signal);
  if (failure === null || nobodyReads(failure)) return status;
  return notPrinted(program, failure, status, argv);
}

/** A command is loaded only when it is named, and none for the screen. */
async function work(program: Program, argv: readonly string[]): Promise<number> {
  const { operands, unknown } = program.parseOptions([...argv]);
  openLog(program);
  program.config = await openConfig(program.io.env);
  if (operands.length === 0 && unknown.length === 0) {
    checkTerminal(program.io);
    const { openOnTerminal } = await import('./console.ts');
    await sparedWatching(() => openOnTerminal(program));
    return program.io.leaving.status ?? exitCodes.ok.code;
  }
  const { addCommands } = await import('./commands.ts');
  await addCommands(program, operands[0]);
  program.hook('preAction', (_, command) => {
    program.running = command;
  });
  await program.parseAsync([...argv], { from: 'user' });
  // Of one that came to its end: what failed has not run all of it.
  void program.io.compiled?.keep();
  return exitCodes[program.exit].code;
}

/** Before anything is done, so that all of it is in it. */
function openLog(program: Program): void {
  const { io } = program;
  const { log, json } = program.opts<GlobalOptions>();
  const path = log ?? io.env['DKRON_TUI_LOG'];
  if (!path) return;
  // What a program reads from stderr is JSON and nothing else.
  if (!json) io.log.onTrouble((text) => printNote(io, text));
  io.log.open(path);
}

/** A full disk, say: a command that has done its work has done it, also when it could not say so. */
function notPrinted(program: Program, failure: Error, status: number, argv: readonly string[]) {
  const { io, running } = program;
  const done = running !== undefined && doesMoreThanPrint(running);
  const data = done
    ? 'Only text is lost: the exit code says how the command ended.'
    : 'The output is not complete.';
  reportError(fileError('standard output', 'written', failure, data), io, argv.includes('--json'));
  return done || status !== exitCodes.ok.code ? status : exitCodes.failure.code;
}

/** Commands that change a server ask, unless `--yes` is given; these make or change a file. */
const ofFiles: ReadonlySet<string> = new Set(['backup', 'pin', 'unpin', 'label']);

const doesMoreThanPrint = (command: Command): boolean =>
  ofFiles.has(command.name()) || command.options.some(({ long }) => long === '--yes');

/** The program with its global options and no commands yet. */
export function createProgram(io: Io): Program {
  const program = new Program(io);
  program
    .description(
      'A terminal console for Dkron. Without a command it opens the console on a terminal.',
    )
    .usage('[options] [command]')
    .option('--url <url>', 'address of the Dkron server (http://localhost:8080)')
    .option('--context <name>', 'the cluster of that name in the file of contexts')
    .option('--json', 'print JSON, and errors as JSON on stderr')
    .option('--read-only', 'do not change anything on the server')
    .option('--confirm <name>', 'agree to a change of the protected context of this name')
    .option(
      '--cluster <id>',
      "the cluster whose journal and snapshots are meant, by id or label; 'new' for one never seen",
    )
    .option(
      '--same-cluster',
      'where it is not certain: the cluster that answers is the one of before',
    )
    .option(
      '--refresh <seconds>',
      'how long the console waits at least between two reads',
      milliseconds,
    )
    .option('--server-zone <zone>', 'the time zone of the Dkron servers (UTC)')
    .option(
      '--zone <zone>',
      'show times in local, job, utc, or a zone such as Europe/Paris (console: local; commands: utc)',
    )
    .option(
      '--log <file>',
      `add to this file what happens, for a report of a defect; it stops at ${logLimit / 1e6} MB`,
    )
    .option('--demo', 'open the console on an embedded demo server')
    .addOption(
      new Option('--color <when>', 'whether there are colours; auto: as below').choices(
        colourFlags,
      ),
    )
    .option('--no-color', 'the same as --color never')
    .addOption(
      new Option('--theme <name>', 'colours of the screen and of what is printed').choices(
        themeNames,
      ),
    )
    .option(
      '--screen-reader',
      'the console as lines that follow each other, for readers of screens',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: () => {},
    })
    .addHelpText('after', environmentHelp)
    .addHelpText('after', exitCodeHelp);
  return program;
}

/** Seconds to milliseconds. */
function milliseconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return value * 1000;
}

/** Tells an error and gives the exit code for it. */
export function failed(error: unknown, argv: readonly string[], io: Io): number {
  // Help and the version end by this way too.
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok.code;
  if (io.signal.aborted) return exitCodes.interrupted.code;
  const known = error instanceof CommanderError ? usageError(error) : error;
  reportError(known, io, argv.includes('--json'));
  return exitCodeOf(known);
}

const usageError = (error: CommanderError): UsageError =>
  new UsageError(error.message.replace(/^error: /, '').replace(/\n/g, ' '), {
    data: 'nothing was sent',
    next: "see 'dkron-tui --help'",
  });

function exitCodeHelp(): string {
  const rows = Object.values(exitCodes).map(
    ({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`,
  );
  return `\nExit codes:\n${rows.join('\n')}`;
}

const environmentHelp = `
Environment:
  DKRON_URL          the address when --url is not given; put an address with a user and a password
                     (https://user:password@host) here: --url shows it in the list of processes
  DKRON_CONTEXT      the context when neither --context nor --url is given
  DKRON_TUI_CONFIG   the file of contexts (~/.config/dkron-tui/config.yaml)
  DKRON_SERVER_ZONE  the zone when --server-zone is not given
  DKRON_TUI_LOG      stands in for --log
  DKRON_TUI_THEME    stands in for --theme
  ACCESSIBLE         1 stands in for --screen-reader

Colours, the first that says something counts:
  --color always, --color never (--no-color)
  NO_COLOR           anything but nothing: none
  FORCE_COLOR        0 or false: none; 1: 16 colours; 2 or 3: 256; else as many as the terminal has
  CLICOLOR_FORCE     anything but 0: as many as the terminal has
  CLICOLOR           0: none
  the terminal       by TERM, COLORTERM and the like; none into a pipe or a file
FORCE_COLOR, CLICOLOR_FORCE and --color always count for a pipe and a file, too.`;
