import { describe, expect, it } from 'vitest';
import { lookFlags } from '../../src/cli/look.ts';
import { fresh } from './fresh.ts';
import { run } from './run.ts';

describe('the flags, before the command line is checked', () => {
  it.each([
    ['jobs', 'auto', null],
    ['--no-color jobs', 'never', null],
    ['jobs --color always', 'always', null],
    ['jobs --color=never', 'never', null],
    ['--color always --no-color jobs', 'never', null],
    ['--no-color jobs --color always', 'always', null],
    ['--color rarely jobs', 'auto', null],
    ['jobs --theme dark', 'auto', 'dark'],
    ['jobs --theme=light --theme mono', 'auto', 'mono'],
    ['jobs --theme pink', 'auto', null],
    ['jobs -- --no-color', 'auto', null],
  ])('%s', (line, color, theme) => {
    expect(lookFlags(line.split(' '))).toEqual({ color, theme, screenReader: false });
  });
});

describe('what a command prints', () => {
  const red = '\x1b[38;5;160m';
  it.each<[string, string[], Record<string, string>, begins: string]>([
    ['into a pipe', [], { TERM: 'xterm-256color' }, 'error:'],
    ['into a pipe that shall have colours', [], { FORCE_COLOR: '2' }, `${red}error:`],
    ['where the flag is stronger', ['--no-color'], { FORCE_COLOR: '2' }, 'error:'],
    ['in a theme', ['--theme', 'dark'], { FORCE_COLOR: '2' }, '\x1b[38;5;203merror:'],
    [
      'in the theme of the variable',
      [],
      { FORCE_COLOR: '2', DKRON_TUI_THEME: 'light' },
      '\x1b[38;5;124merror:',
    ],
    [
      'also where the variable is wrong',
      [],
      { FORCE_COLOR: '2', DKRON_TUI_THEME: 'x' },
      `${red}error:`,
    ],
    ['without colours in no theme', ['--theme', 'dark'], { NO_COLOR: '1' }, 'error:'],
  ])('%s', async (_, flags, env, begins) => {
    const { stderr } = await run(['nothing', ...flags], { env });
    expect(stderr.startsWith(begins), JSON.stringify(stderr)).toBe(true);
  });

  it('tables too', async () => {
    const { url } = await fresh();
    const { stdout } = await run(['info'], { env: { DKRON_URL: url, FORCE_COLOR: '2' } });
    expect(stdout).toMatch(/^\x1b\[2mprogram/);
    expect(stdout).toMatch(/colours +256/);
  });
});
