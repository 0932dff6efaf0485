import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startProgram } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { program } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

const server = demo();

const start = (argv: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawn(process.execPath, [program, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      XDG_STATE_HOME: folder(),
      XDG_DATA_HOME: folder(),
      DKRON_URL: server.url,
      ...env,
    },
  });

async function run(argv: readonly string[], env?: NodeJS.ProcessEnv) {
  const child = start(argv, env);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, stdout, stderr };
}

test('the built program lists jobs, plain in a pipe', async () => {
  const { code, stdout, stderr } = await run(['jobs', 'keolis']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('keolis-realtime');
  expect(stdout).not.toContain('\u001b');
});

test('errors keep their names in the built program', async () => {
  const { code, stdout, stderr } = await run(['job', 'nobody', '--json']);
  expect({ code, stdout }).toEqual({ code: 8, stdout: '' });
  expect(JSON.parse(stderr).error.kind).toBe('NotFound');
});

test('a reader that has seen enough ends the program quietly', async () => {
  const child = start(['jobs', '--json']);
  child.stdout.destroy();
  const [stderr, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
});

test('Ctrl-C ends a waiting command with 130, and the run goes on', async () => {
  await server.put({
    name: 'lasting',
    schedule: '@manually',
    executor_config: { command: 'sleep 10' },
  });
  const child = start(['run', 'lasting', '--yes']);
  for await (const said of child.stderr) if (String(said).includes('run requested')) break;
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  expect(code).toBe(130);
  // A job of the demo may run just now, too.
  const lasting = expect.objectContaining({ job_name: 'lasting' });
  expect(await server.busy()).toContainEqual(lasting);
});

test('on a terminal a table has colours, unless a switch says otherwise', async () => {
  const colours = async (args: string[], env: Record<string, string>) => {
    const on = await startProgram({ args, cols: 150, env: { DKRON_URL: server.url, ...env } });
    expect((await on.ended()).status).toBe(0);
    expect(on.text()).not.toContain('Warning');
    return on.cell(0, on.rowOf('NAME'))?.isBold() !== 0;
  };
  expect(await colours(['jobs', 'keolis'], {})).toBe(true);
  expect(await colours(['jobs', 'keolis'], { NO_COLOR: '1' })).toBe(false);
  expect(await colours(['jobs', 'keolis'], { NO_COLOR: '1', FORCE_COLOR: '3' })).toBe(false);
  expect(await colours(['jobs', 'keolis', '--no-color'], {})).toBe(false);
  expect(await colours(['jobs', 'keolis', '--color', 'always'], { NO_COLOR: '1' })).toBe(true);
});

test('a write on a terminal asks; a lone Enter is a no', async () => {
  const on = await startProgram({
    args: ['set-schedule', 'dott-zones', '@hourly'],
    cols: 150,
    env: { DKRON_URL: server.url },
  });
  await on.sees('[y/N]');
  on.send('\r');
  expect((await on.ended()).status).toBe(1);
  expect(on.text()).toContain('not confirmed');
});
