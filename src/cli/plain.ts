/**
 * Whether a command line asks for the plain console, or for a plain command, so that what is shown and asked
 * first can come before all else.
 */
import { isThemeName } from '../config/looks.ts';
import { executionsPath, jobPath } from '../dkron/paths.ts';
import { colourFlags } from '../terminal/colours.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What it is said to open, or to ask; where neither is said, the config file says it. */
export interface PlainConsole {
  /** As it was written. */
  readonly url: string | null;
  readonly context: string | null;
  readonly readOnly: boolean;
  /** Nothing may make another way of it, or a refusal: an address that needs no more can be asked. */
  readonly asks: boolean;
}

/** And what it reads first. */
export interface PlainCommand extends PlainConsole {
  readonly paths: readonly string[];
}

const switches = ['--read-only', '--no-color', '--screen-reader', '--json'];
/** Those of a `backup` that ask nothing more of the server, before all else. */
const ofBackup = ['--scheduled', '--quiet', '--skip-if-unchanged'];
/** What may be said besides, and how; what is mistaken is told by the program. */
const options: Readonly<Record<string, (value: string) => boolean>> = {
  '--url': (value) => value !== '',
  '--context': (value) => value !== '',
  '--theme': isThemeName,
  '--color': (value) => colourFlags.some((flag) => flag === value),
  '--refresh': (value) => Number(value) > 0,
};

/** Another way to a server, or a word that may be mistaken: looked at with care later. */
const ways = [
  'DKRON_SERVER_ZONE',
  ...['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
] as const;

/** Null for all that is not plain, which is looked at with care later. */
export function plainConsole(argv: readonly string[], env: Environment): PlainConsole | null {
  const said = saidIn(argv);
  const { TERM, DKRON_TUI_THEME: theme } = env;
  if (said === null || said.words.length > 0 || said.options.has('--json')) return null;
  if (TERM === 'dumb' || (theme && !isThemeName(theme))) return null;
  return openedBy(said, env);
}

/** Of the output of each execution of a job `job` prints no more, bytes. */
export const outputShown = 200;

/** The same for the commands that are called most. */
export function plainCommand(argv: readonly string[], env: Environment): PlainCommand | null {
  const said = saidIn(argv, argv[0] === 'backup' ? [...switches, ...ofBackup] : switches);
  const paths = said && pathsOf(said);
  const opened = said && openedBy(said, env);
  return paths && opened && { ...opened, paths };
}

/** A word of a filter that means something, and a name that is one, whatever the rules about them are. */
const simple = /^[a-z0-9][a-z0-9-]*$/i;

function pathsOf({ words: [command, ...words], options }: Said): readonly string[] | null {
  // A file or a folder, or none.
  if (command === 'backup') return words.length > 1 ? null : ['/v1/jobs', '/v1', '/v1/leader'];
  if (!words.every((word) => simple.test(word))) return null;
  if (command === 'jobs') return ['/v1/jobs', '/v1/busy'];
  const [name, ...more] = words;
  if (command !== 'job' || name === undefined || more.length > 0) return null;
  return options.has('--json')
    ? [jobPath(name)]
    : [jobPath(name), executionsPath(name, outputShown), '/v1/busy', '/v1'];
}

function openedBy({ options: said }: Said, env: Environment): PlainConsole | null {
  const named = said.has('--url') || said.has('--context');
  const url = named ? said.get('--url') : env['DKRON_URL'];
  const context = named ? said.get('--context') : env['DKRON_CONTEXT'];
  // Which of them is meant nobody knows.
  if (url && context) return null;
  return {
    url: url || null,
    context: context || null,
    readOnly: said.has('--read-only'),
    asks: ways.every((name) => !env[name]),
  };
}

interface Said {
  /** With their values. */
  readonly options: ReadonlyMap<string, string>;
  readonly words: readonly string[];
}

/** Null where there is anything else, or an option is there twice. */
function saidIn(argv: readonly string[], known: readonly string[] = switches): Said | null {
  const said = new Map<string, string>();
  const words: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const [, name = '', given] = /^(--[^=]*)(?:=(.*))?$/s.exec(argv[at]!) ?? [];
    if (!argv[at]!.startsWith('-')) words.push(argv[at]!);
    else if (known.includes(name) && given === undefined) said.set(name, '');
    else {
      const value = given ?? argv[++at] ?? '';
      if (!Object.hasOwn(options, name) || said.has(name) || !options[name]!(value)) return null;
      said.set(name, value);
    }
  }
  return { options: said, words };
}
