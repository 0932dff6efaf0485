/**
 * Whether a command line asks for the plain console, so that what it shows and asks first can come before
 * all else.
 */
import { isThemeName } from '../config/looks.ts';
import { colourFlags } from '../terminal/colours.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What it is said to open; where neither is said, the config file says it. */
export interface PlainConsole {
  /** As it was written. */
  readonly url: string | null;
  readonly context: string | null;
  readonly readOnly: boolean;
  /** Nothing may make another way of it, or a refusal: an address that needs no more can be asked. */
  readonly asks: boolean;
}

const switches = ['--read-only', '--no-color', '--screen-reader'];
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
  if (said === null || TERM === 'dumb' || (theme && !isThemeName(theme))) return null;
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

/** The options with their values; null where there is anything else, or one is there twice. */
function saidIn(argv: readonly string[]): ReadonlyMap<string, string> | null {
  const said = new Map<string, string>();
  for (let at = 0; at < argv.length; at++) {
    const [, name = '', given] = /^(--[^=]*)(?:=(.*))?$/s.exec(argv[at]!) ?? [];
    if (switches.includes(name) && given === undefined) said.set(name, '');
    else {
      const value = given ?? argv[++at] ?? '';
      if (!Object.hasOwn(options, name) || said.has(name) || !options[name]!(value)) return null;
      said.set(name, value);
    }
  }
  return said;
}
