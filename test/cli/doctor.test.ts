import { expect, it } from 'vitest';
import { countedServer } from '../support/counted-server.ts';
import { run } from './run.ts';

it('says for each look how it went, and what is bad ends it', async () => {
  const { url, changes } = await countedServer({ name: 'a' });
  const { code, stdout } = await run(['doctor', '--url', url]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^✓ ok {9}address {6}http:\/\/127.0.0.1:\d+$/m);
  expect(stdout).toMatch(/^✓ ok {9}cluster {6}not known here yet$/m);
  expect(stdout).toMatch(/^– skipped {4}write {8}not tried: --write creates/m);
  expect(stdout).toMatch(/^All is well\.$/m);
  expect(changes()).toEqual([]);
});

it('tries to write where it is asked to', async () => {
  const { url, changes } = await countedServer({ name: 'a' });
  const { code, stdout } = await run(['doctor', '--write', '--yes', '--url', url]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^✓ ok {9}write {8}a disabled job of \d+ bytes was created and deleted/m);
  expect(changes()).toEqual([
    'POST /v1/jobs',
    expect.stringMatching(/^DELETE \/v1\/jobs\/dkron-tui-doctor-[\da-f]{8}$/),
  ]);
});

it('gives the same to a program, with the exit code of what is bad', async () => {
  const { code, stdout } = await run(['doctor', '--json', '--url', 'http://127.0.0.1:1']);
  expect(code).toBe(6);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    checks: [
      { subject: 'address', verdict: 'ok' },
      { subject: 'credentials', verdict: 'ok', says: 'none are sent' },
      { subject: 'name', verdict: 'ok' },
      {
        subject: 'connection',
        verdict: 'bad',
        says: '127.0.0.1:1: connection refused',
        exit: 'unreachable',
      },
    ],
  });
});

it('reads an address that cannot be read as the first thing that is bad', async () => {
  const { code, stdout } = await run(['doctor'], { env: { DKRON_URL: 'http://ops:hush/x@d' } });
  expect(code).toBe(2);
  expect(stdout).toMatch(/^✗ bad {8}address {6}the address of the server /m);
  expect(stdout).not.toContain('hush');
});
