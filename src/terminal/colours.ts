/**
 * Whether there are colours, and how many: one order of switches, for the screen and for all that a
 * command prints. The first that says something counts:
 *
 * 1. `--color always` or `never` (`--no-color`); `auto` says nothing
 * 2. `NO_COLOR` (no-color.org): anything but nothing means none
 * 3. `FORCE_COLOR`: `0` or `false` means none, `1` to `3` at most 16, 256 and all, anything else as many
 *    as the terminal has, also into a pipe
 * 4. `CLICOLOR_FORCE` (bixense.com/clicolors): anything but `0` means colours, also into a pipe
 * 5. `CLICOLOR`: `0` means none
 * 6. the terminal: `TERM`, `COLORTERM` and the like; none where there is no terminal
 */
import { WriteStream } from 'node:tty';

/** How many there are; of more than 256 none is used here. */
export type Colours = 0 | 16 | 256;

type Environment = Readonly<Record<string, string | undefined>>;

export const colourFlags = ['auto', 'always', 'never'] as const;
export type ColourFlag = (typeof colourFlags)[number];

/** `isTTY`: whether a terminal shows what is written. */
export function coloursOf(flag: ColourFlag, env: Environment, isTTY: boolean): Colours {
  if (flag === 'never') return 0;
  if (flag === 'always') return forced(env);
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR } = env;
  if (NO_COLOR) return 0;
  if (FORCE_COLOR === '0' || FORCE_COLOR === 'false') return 0;
  if (FORCE_COLOR === '1') return 16;
  if (FORCE_COLOR === '2' || FORCE_COLOR === '3') return 256;
  if (FORCE_COLOR || (CLICOLOR_FORCE && CLICOLOR_FORCE !== '0')) return forced(env);
  if (CLICOLOR === '0' || !isTTY) return 0;
  return ofTerminal(env);
}

/** Into a pipe too, where nothing is known of what shows them in the end: the sixteen at least. */
const forced = (env: Environment): Colours => ofTerminal(env) || 16;

/** As its variables tell; Node knows the terminals. */
function ofTerminal(env: Environment): Colours {
  const { NO_COLOR: _, FORCE_COLOR: __, ...told } = env;
  const depth = WriteStream.prototype.getColorDepth.call({} as WriteStream, told);
  if (depth < 4) return 0;
  // Node takes every tmux for one of 24 bits; a bare screen may round our colours to others.
  return depth < 8 || (env['TERM'] === 'screen' && !env['COLORTERM']) ? 16 : 256;
}
