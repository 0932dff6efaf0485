/** Colours of what is shown and printed, as the command line and the environment want them. */
import { UsageError } from '../base/errors.ts';
import { isThemeName, type ThemeName, themeNames } from '../config/looks.ts';
import { type ColourFlag, type Colours, colourFlags, coloursOf } from '../terminal/colours.ts';
import { type Theme, themeOf } from '../view/theme.ts';
import type { Io, LookFlags } from './io.ts';

/** Before the command line is checked: what is wrong with it is printed in colours, too. */
export function lookFlags(argv: readonly string[]): LookFlags {
  let color: ColourFlag = 'auto';
  let theme: ThemeName | null = null;
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  for (const [at, option] of options.entries()) {
    const [name, value = options[at + 1] ?? ''] = option.split('=', 2);
    if (option === '--no-color') color = 'never';
    if (name === '--color') color = colourFlags.find((flag) => flag === value) ?? color;
    if (name === '--theme' && isThemeName(value)) theme = value;
  }
  return { color, theme, screenReader: options.includes('--screen-reader') };
}

/** Whether somebody listens to what is written: the flag, or ACCESSIBLE with anything but 0 or false. */
export const hasScreenReader = ({
  look,
  env: { ACCESSIBLE = '' },
}: Pick<Io, 'look' | 'env'>): boolean =>
  look?.screenReader === true || !['', '0', 'false'].includes(ACCESSIBLE);

export const coloursFor = (
  io: Pick<Io, 'look' | 'env'>,
  stream: { readonly isTTY?: boolean },
): Colours => coloursOf(io.look?.color ?? 'auto', io.env, stream.isTTY === true);

/** The flag, else DKRON_TUI_THEME, else `auto`. A command prints also where the variable is wrong. */
export function themeFor(io: Io, stream: { readonly isTTY?: boolean }): Theme {
  const { DKRON_TUI_THEME: named = '' } = io.env;
  const name = io.look?.theme ?? (isThemeName(named) ? named : 'auto');
  const colours = coloursFor(io, stream);
  // What reads a pipe or a file takes no codes for bold letters either.
  return colours === 0 ? () => ({}) : themeOf(name, colours);
}

type OnScreen = Pick<Io, 'look' | 'env'> & { readonly stdout: { readonly isTTY?: boolean } };

/** The same for the screen; `configured` is what the config file says, which counts last. */
export function screenTheme(io: OnScreen, configured: ThemeName | null): Theme {
  const { DKRON_TUI_THEME: named } = io.env;
  if (named && !isThemeName(named))
    throw new UsageError(`DKRON_TUI_THEME=${named} is not a theme`, {
      data: 'nothing was sent',
      next: `themes are ${themeNames.join(', ')}`,
    });
  const name = io.look?.theme ?? (named || configured || 'auto');
  return themeOf(name as ThemeName, coloursFor(io, io.stdout));
}
