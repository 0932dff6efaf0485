/** A port behind which nobody takes connections: what asks for one is not even refused. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

const listening = `require('node:net').createServer().listen(
  { port: 0, host: '127.0.0.1', backlog: 1 }, function () { console.log(this.address().port) })`;

/** Its address, until the test is finished; null where this machine takes connections all the same. */
export async function deafServer(): Promise<string | null> {
  const child = spawn(process.execPath, ['-e', listening]);
  const [port] = await once(child.stdout, 'data');
  child.kill('SIGSTOP');
  const place = { port: Number(String(port)), host: '127.0.0.1' };
  // As many as wait to be taken; what comes then is dropped.
  const first = Array.from({ length: 8 }, () => connect(place).on('error', () => {}));
  onTestFinished(() => {
    for (const socket of first) socket.destroy();
    child.kill('SIGKILL');
  });
  await sleep(100);
  const isDeaf = first.some(({ connecting }) => connecting);
  return isDeaf ? `http://${place.host}:${place.port}` : null;
}
