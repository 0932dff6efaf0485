import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openConsole, startConsole } from '../driver/console.ts';
import { before } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

const server = demo();
const fails = {
  ...{ schedule: '@manually', executor: 'shell' },
  executor_config: { command: 'exit 3', shell: 'true' },
};

/** The pseudo-terminal gives TERM its own name: another is put in its place. */
function environment({ TERM, ...env }: Readonly<Record<string, string>>) {
  const named = TERM === undefined ? {} : before(`process.env.TERM = ${JSON.stringify(TERM)}`);
  return { env: { COLORTERM: '', ...named, ...env } };
}

describe('the console is a usable screen', () => {
  it.each([
    [{ CI: '1' }],
    [{ FORCE_COLOR: '0' }],
    [{ NO_COLOR: '1' }],
    [{ INK_SCREEN_READER: 'true' }],
    [{ TERM: 'foot-extra' }],
    [{ TERM: '' }],
    [{ TERM: 'vt100' }],
  ])('with %j: rows are where they are, the chosen one is marked and reversed', async (env) => {
    const on = await openConsole(server, environment(env));
    await on.press('j');
    await on.jobs.isOn('bornes-izivia');
    expect(on.cell(5, on.rowOf('▌'))?.isInverse()).toBeTruthy();
    await on.press('?', 'down', 'down');
    await on.sees(/^▌/m);
  });
});

describe('the colours of what failed', () => {
  // Jobs of the demo that failed run again, and go well.
  const failing = demo([{ name: 'a', ...fails }]);
  beforeAll(async () => {
    await failing.post('jobs/a');
    await vi.waitFor(async () => expect((await failing.job('a')).status).toBe('failed'), 20_000);
  });

  it.each<[string[], Record<string, string>, number]>([
    [[], {}, 160],
    [['--theme', 'dark'], {}, 203],
    [[], { DKRON_TUI_THEME: 'light' }, 124],
    [['--color', 'always'], { NO_COLOR: '1' }, 160],
    [[], { CLICOLOR_FORCE: '1', CLICOLOR: '0' }, 160],
    // Of the terminal's own: red, and its letters.
    [[], { FORCE_COLOR: '1' }, 1],
    [[], { CLICOLOR: '0' }, -1],
    [['--no-color'], { FORCE_COLOR: '3' }, -1],
  ])('with %j and %j', async (args, env, colour) => {
    const on = await openConsole(failing, { args, ...environment(env) });
    const row = on.rowOf('✗ failed');
    const cell = on.cell(on.line(row).indexOf('✗ failed'), row);
    expect(cell?.isFgDefault() ? -1 : cell?.getFgColor()).toBe(colour);
  });
});

it('a terminal that can show no screen gets a sentence', async () => {
  const on = await startConsole(server, environment({ TERM: 'dumb' }));
  await on.endsWith(2);
  expect(on.text()).toContain('TERM=dumb cannot');
});

it('a terminal without a size is taken for one of 80 columns and 24 rows', async () => {
  const on = await openConsole(server, {
    env: before('process.stdout.columns = 0; process.stdout.rows = 0;'),
  });
  expect(on.line(0)).toMatch(/live · \d+s$/);
  expect(on.line(0)).toHaveLength(79);
});
