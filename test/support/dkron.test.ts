import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it, onTestFinished, vi } from 'vitest';
import { realDkrons } from './dkron.ts';

/** Ends at its first start, as where another program took its port, and answers as a leader at the second. */
const failsOnce = `#!${process.execPath}
const { existsSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
if (process.argv[2] === 'agent') {
  const of = (name) => process.argv.find((one) => one.startsWith(name)).split('=')[1];
  const tried = of('--data-dir') + '/tried';
  if (!existsSync(tried)) {
    writeFileSync(tried, '');
    console.error('the port is taken');
    process.exit(1);
  }
  createServer((_, answer) => answer.end('{"Name":"n1"}')).listen(of('--http-addr').split(':')[1]);
}
`;

function withProgram(text: string) {
  const home = mkdtempSync(join(tmpdir(), 'dkron-start-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  onTestFinished(() => void vi.unstubAllEnvs());
  const program = join(home, 'dkron');
  writeFileSync(program, text);
  chmodSync(program, 0o700);
  vi.stubEnv('DKRON_BIN', program);
  const data = mkdtempSync(join(home, 'data-'));
  writeFileSync(join(data, 'kept'), '');
  return { home, program, data };
}

it('a server that could not start over data of before is started over them once more', async () => {
  const { data } = withProgram(failsOnce);
  const server = await realDkrons()[0]!.start({ data });
  await server.stop({ keep: true });
  expect(readdirSync(data)).toEqual(expect.arrayContaining(['kept', 'tried']));
});

it('one that cannot be started at all says so, and leaves the data', async () => {
  const { program, data } = withProgram(failsOnce);
  const [dkron] = realDkrons();
  rmSync(program);
  await expect(dkron!.start({ data })).rejects.toThrow(/not a fault of dkron-tui.*ENOENT/s);
  expect(readdirSync(data)).toEqual(['kept']);
});
