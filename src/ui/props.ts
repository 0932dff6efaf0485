/** A look in the words of Ink. */
import type { TextProps } from 'ink';
import type { Colour, Look } from '../view/theme.ts';

type Props = Pick<
  TextProps,
  'color' | 'backgroundColor' | 'bold' | 'dimColor' | 'underline' | 'inverse'
>;

export const propsOf = ({ fg, bg, dim, ...look }: Look): Props => ({
  ...look,
  ...(dim ? { dimColor: dim } : {}),
  ...(fg === undefined ? {} : { color: named(fg) }),
  ...(bg === undefined ? {} : { backgroundColor: named(bg) }),
});

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

const named = (colour: Colour): string =>
  colour < 16 ? `${names[colour % 8]}${colour < 8 ? '' : 'Bright'}` : `ansi256(${colour})`;
