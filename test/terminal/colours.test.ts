import { describe, expect, it } from 'vitest';
import { type ColourFlag, type Colours, coloursOf } from '../../src/terminal/colours.ts';

type Env = Readonly<Record<string, string>>;
const xterm: Env = { TERM: 'xterm-256color' };

/** Each switch against all that stand behind it in the order, on a terminal and into a pipe. */
const table: readonly [ColourFlag, Env, tty: Colours, pipe: Colours][] = [
  // The terminal.
  ['auto', xterm, 256, 0],
  ['auto', { TERM: 'xterm' }, 16, 0],
  ['auto', { TERM: 'xterm', COLORTERM: 'truecolor' }, 256, 0],
  ['auto', { TERM: 'dumb' }, 0, 0],
  ['auto', {}, 0, 0],
  ['auto', { TERM: 'screen', TMUX: '/tmp/x' }, 16, 0],
  ['auto', { TERM: 'tmux-256color', TMUX: '/tmp/x' }, 256, 0],
  // CLICOLOR.
  ['auto', { ...xterm, CLICOLOR: '0' }, 0, 0],
  ['auto', { ...xterm, CLICOLOR: '1' }, 256, 0],
  ['auto', { ...xterm, CLICOLOR: '' }, 256, 0],
  // CLICOLOR_FORCE before CLICOLOR and the terminal.
  ['auto', { ...xterm, CLICOLOR_FORCE: '1', CLICOLOR: '0' }, 256, 256],
  ['auto', { TERM: 'dumb', CLICOLOR_FORCE: '1' }, 16, 16],
  ['auto', { ...xterm, CLICOLOR_FORCE: '0' }, 256, 0],
  ['auto', { ...xterm, CLICOLOR_FORCE: '' }, 256, 0],
  // FORCE_COLOR before CLICOLOR_FORCE.
  ['auto', { ...xterm, FORCE_COLOR: '0', CLICOLOR_FORCE: '1' }, 0, 0],
  ['auto', { ...xterm, FORCE_COLOR: 'false', CLICOLOR_FORCE: '1' }, 0, 0],
  ['auto', { ...xterm, FORCE_COLOR: '1', CLICOLOR: '0' }, 16, 16],
  ['auto', { TERM: 'vt100', FORCE_COLOR: '2' }, 256, 256],
  ['auto', { TERM: 'vt100', FORCE_COLOR: '3' }, 256, 256],
  ['auto', { ...xterm, FORCE_COLOR: 'true', CLICOLOR: '0' }, 256, 256],
  ['auto', { FORCE_COLOR: 'true' }, 16, 16],
  ['auto', { ...xterm, FORCE_COLOR: '' }, 256, 0],
  // NO_COLOR before FORCE_COLOR.
  ['auto', { ...xterm, NO_COLOR: '1', FORCE_COLOR: '3', CLICOLOR_FORCE: '1' }, 0, 0],
  ['auto', { ...xterm, NO_COLOR: '0' }, 0, 0],
  ['auto', { ...xterm, NO_COLOR: '' }, 256, 0],
  // The flag before all.
  ['always', { ...xterm, NO_COLOR: '1', FORCE_COLOR: '0', CLICOLOR: '0' }, 256, 256],
  ['always', { TERM: 'dumb' }, 16, 16],
  ['never', { ...xterm, FORCE_COLOR: '3', CLICOLOR_FORCE: '1' }, 0, 0],
];

describe('flag, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, terminal', () => {
  it.each(table)('--color %s with %j: %d, into a pipe %d', (flag, env, tty, pipe) => {
    expect([coloursOf(flag, env, true), coloursOf(flag, env, false)]).toEqual([tty, pipe]);
  });
});
