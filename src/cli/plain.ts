/** Whether a command line asks for the plain console, so that its first reads can be sent before all else. */
import { themeNames } from '../config/looks.ts';
import { readAddress } from '../dkron/address.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What would make another console of it, or none, or another way to its server. */
const unusual = [
  ...['DKRON_CONTEXT', 'DKRON_SERVER_ZONE'],
  ...['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
];
const plainFlags = ['--read-only', '--no-color', '--screen-reader'];

/**
 * The server to ask, `http://host:port`; null for all that is not plain, which is looked at with care
 * later: nothing may be sent where the program then says that nothing was.
 */
export function plainConsole(argv: readonly string[], env: Environment): string | null {
  const address = addressIn(argv, env);
  const { TERM, DKRON_TUI_THEME: theme } = env;
  if (address === null || TERM === 'dumb' || unusual.some((name) => env[name])) return null;
  if (theme && !themeNames.some((name) => name === theme)) return null;
  try {
    const { origin, base, authorization } = readAddress(address);
    return origin.startsWith('http:') && base === '' && authorization === null ? origin : null;
  } catch {
    return null;
  }
}

/** The address that is said, in the one way or the other; null where anything else is said, too. */
function addressIn(argv: readonly string[], env: Environment): string | null {
  const said: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === '--url') said.push(argv[++at] ?? '');
    else if (word.startsWith('--url=')) said.push(word.slice('--url='.length));
    else if (!plainFlags.includes(word)) return null;
  }
  if (said.length > 1) return null;
  return (said.length === 1 ? said[0] : env['DKRON_URL']) || null;
}
