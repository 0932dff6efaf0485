import { expect, it } from 'vitest';
import { startConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo();

it('says for each look how it went', async () => {
  const on = await startConsole(server, { args: ['doctor'] });
  await on.sees('All is well.');
  expect(on.text()).toMatch(/^✓ ok {9}Dkron {8}Dkron 4/m);
  await on.endsWith(0);
});

it('says what stands in the way', async () => {
  const on = await startConsole({ url: 'http://127.0.0.1:1' }, { args: ['doctor'] });
  await on.sees('✗ bad', 'connection refused', 'start the port-forward');
  await on.endsWith(6);
});
