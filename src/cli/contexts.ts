/** The commands about the file of contexts. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { NotFound, UsageError } from '../base/errors.ts';
import { badgeColours } from '../config/looks.ts';
import { type Settings, withContext, withCurrent, withoutContext } from '../contexts/edit.ts';
import type { Config } from '../contexts/file.ts';
import { keepChanged } from '../contexts/keep-known.ts';
import { readContexts } from '../contexts/read.ts';
import { saveConfig } from '../contexts/save.ts';
import { checkFile, mistaken, noContext } from '../contexts/targets.ts';
import { plain } from '../view/line.ts';
import { listContexts } from './contexts-list.ts';
import { testContexts } from './contexts-test.ts';
import { configOf, type GlobalOptions, ioOf } from './invocation.ts';
import { printJson, printLines, printText } from './output.ts';

interface AddFlags extends GlobalOptions {
  readonly portForward?: Settings;
  readonly kubeContext?: string;
  readonly label?: string;
  readonly labelColor?: string;
  readonly protected?: boolean;
}

export function register(program: Command): void {
  const contexts = program
    .command('contexts')
    .description('the clusters that have names; without another word they are listed');
  contexts
    .command('list', { isDefault: true })
    .description('list the contexts: name, label, address, and what holds there')
    .option('--names', 'only the names that can be used, one a line')
    .action(listContexts);
  contexts
    .command('add')
    .description(
      'add a context: --url or --port-forward; --read-only, --server-zone and --refresh go with it',
    )
    .argument('<name>', 'its name')
    .option(
      '--port-forward <where>',
      'reach it through kubectl: NAMESPACE/KIND/NAME:PORT, as mobility/svc/dkron:8080',
      forwardFrom,
    )
    .option('--kube-context <name>', 'the context of kubectl for --port-forward')
    .option('--label <word>', 'a word for the header of the screen')
    .addOption(new Option('--label-color <color>', 'its colour').choices(badgeColours))
    .option('--protected', 'every change there is agreed to by typing the name')
    .action((name: string, _: AddFlags, command: Command) => add(name, command));
  contexts
    .command('use')
    .description('make a context the current one: it is used when nothing else is named')
    .argument('<name>', 'its name')
    .action((name: string, _: object, command: Command) => use(name, command));
  contexts
    .command('remove')
    .description('take a context out of the file; what was there is printed')
    .argument('<name>', 'its name')
    .action((name: string, _: object, command: Command) => remove(name, command));
  contexts
    .command('test')
    .description('connect to contexts, all unless some are named, and say what answers')
    .argument('[names...]', 'their names')
    .action(testContexts);
}

/** `mobility/svc/dkron:8080` */
function forwardFrom(text: string): Settings {
  const [, namespace, resource, port = ''] = /^([^/]+)\/([^/]+\/[^/:]+):([\w-]+)$/.exec(text) ?? [];
  if (namespace === undefined || resource === undefined)
    throw new InvalidArgumentError('Write it like mobility/svc/dkron:8080.');
  return { namespace, resource, port: /^\d+$/.test(port) ? Number(port) : port };
}

async function add(name: string, command: Command): Promise<void> {
  const config = readable(configOf(command));
  const flags = command.optsWithGlobals<AddFlags>();
  if (config.contexts.has(name))
    throw new UsageError(`there is a context ${name} already in ${config.path}`, {
      data: 'Nothing was changed in it.',
      next: 'Take another name, or edit the file.',
    });
  if (flags.kubeContext !== undefined && flags.portForward === undefined)
    throw new UsageError('--kube-context goes with --port-forward', {
      data: `Nothing was changed in ${config.path}.`,
      next: "See 'dkron-tui contexts add --help'.",
    });
  const text = withContext(config.text, name, settingsOf(flags));
  checkAdded(config, name, text);
  const path = await saveConfig(config, text);
  await told(command, { added: name, path }, [
    `${name} was added to ${path}.`,
    `Use it with --context ${name}, or always: dkron-tui contexts use ${name}`,
    'A password, a token or a certificate: write into the file where it is found.',
  ]);
}

const settingsOf = ({ kubeContext, ...flags }: AddFlags): Settings => {
  const { url, portForward, label, labelColor, readOnly, refresh, serverZone } = flags;
  const forward = portForward && {
    ...portForward,
    ...(kubeContext === undefined ? {} : { 'kube-context': kubeContext }),
  };
  const all = {
    url,
    'port-forward': forward,
    label,
    color: labelColor,
    'read-only': readOnly,
    protected: flags.protected,
    refresh: refresh === undefined ? undefined : refresh / 1000,
    'server-zone': serverZone,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

/** What cannot be used is not written. */
function checkAdded({ path }: Config, name: string, text: string): void {
  const entry = readContexts(text).contexts.get(name);
  if (entry === undefined || 'context' in entry) return;
  const [first] = entry.mistakes;
  throw new UsageError(first!.message, {
    data: `Nothing was changed in ${path}.`,
    next: "See 'dkron-tui contexts add --help'.",
  });
}

async function use(name: string, command: Command): Promise<void> {
  const config = existing(configOf(command), name);
  const entry = config.contexts.get(name)!;
  if ('mistakes' in entry) throw mistaken(config.path!, entry.mistakes);
  const path = await saveConfig(config, withCurrent(config.text!, name));
  await told(command, { current: name, path }, [`${name} is the current context now.`]);
}

async function remove(name: string, command: Command): Promise<void> {
  const config = existing(configOf(command), name);
  const { text, removed } = withoutContext(config.text!, name);
  const path = await saveConfig(config, text);
  const current = config.current === name;
  await told(command, { removed: name, path }, [
    `${name} was taken out of ${path}${current ? '; no context is current now' : ''}. It was:`,
  ]);
  if (!command.optsWithGlobals<GlobalOptions>().json) printText(ioOf(command), removed);
}

/** One that can be changed: mistakes in its contexts are no hindrance. */
function readable(config: Config): Config {
  if (!(config.failure instanceof NotFound)) checkFile(config);
  return config;
}

function existing(config: Config, name: string): Config {
  if (readable(config).contexts.has(name)) return config;
  throw noContext(config, name);
}

/** What was changed; the next console opens by it. */
async function told(command: Command, value: object, lines: readonly string[]): Promise<void> {
  const io = ioOf(command);
  await keepChanged(io.places, io.env);
  if (command.optsWithGlobals<GlobalOptions>().json) printJson(io, value);
  else
    printLines(
      io,
      lines.map((line) => [plain(line)]),
    );
}
