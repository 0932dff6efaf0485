import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aDefinition } from '../../support/jobs.ts';
import { type Console, startConsole } from '../driver/console.ts';
import { tooOld } from '../driver/node.ts';

/** A server whose list of jobs begins and never ends. */
async function endlessServer(): Promise<{ url: string }> {
  const server = createServer((request, response) => {
    response.setHeader('X-Whom', 'n1');
    if (request.url !== '/v1/jobs') return void response.end('{}');
    const job = JSON.stringify(aDefinition({ name: 'zones' }));
    response.setHeader('X-Total-Count', '1000000');
    response.write(`[${Array.from({ length: 4_000 }, () => job).join(',')}`);
    const drip = setInterval(() => response.write(`,${job}`), 50);
    response.on('close', () => clearInterval(drip));
  });
  server.listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const ctrlC = (on: Console) => on.send('\x03');
const signal = (name: NodeJS.Signals) => (on: Console) => on.signal(name);

describe('a backup that is interrupted', () => {
  it.each([
    ['by Ctrl-C', [], ctrlC, 130],
    ['by Ctrl-C, through an older Node', [tooOld], ctrlC, 130],
    ['by SIGINT to an older Node alone', [tooOld], signal('SIGINT'), 130],
    ['by SIGTERM to an older Node alone', [tooOld], signal('SIGTERM'), 143],
    ['by SIGTERM', [], signal('SIGTERM'), 143],
    ['by SIGQUIT', [], signal('SIGQUIT'), 131],
  ])('%s leaves no file behind', async (_, node, interrupt, status) => {
    const backup = await startConsole(await endlessServer(), { node, args: ['backup', 'snap'] });
    const files = () => readdirSync(backup.home).filter((name) => name.includes('snap'));
    await expect.poll(files, { timeout: 15_000 }).toHaveLength(1);
    interrupt(backup);
    expect((await backup.ended()).status).toBe(status);
    expect(files()).toEqual([]);
  });

  it('takes back what it told the terminal and its tab', async () => {
    const env = { TERM_PROGRAM: 'ghostty' };
    const backup = await startConsole(await endlessServer(), { env, args: ['backup', 'snap'] });
    await backup.sees(/\d+ of 1000000 jobs · .* · .*\/s · .* left/);
    ctrlC(backup);
    expect((await backup.ended()).status).toBe(130);
    expect(backup.written.match(/9;4;\d;\d/g)).toEqual(['9;4;1;0', '9;4;0;0']);
    expect(backup.text()).not.toContain('1000000');
  });
});
