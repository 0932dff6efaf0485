/** Takes a snapshot into a folder, in a process of its own: once, or over and over until it is killed. */
import process from 'node:process';
import { explain, OperatorError } from '../../../src/base/errors.ts';
import { createClient } from '../../../src/dkron/client.ts';
import { takeSnapshot } from '../../../src/snapshot/take/take.ts';

const [url, folder, packed, times] = process.argv.slice(2) as [string, string, string, string];
const dkron = createClient({ url });
const to = packed === 'gz' ? { folder, packed: 'gz' as const } : { folder };

try {
  for (let count = 0; count < Number(times); count++) {
    await takeSnapshot(dkron, to, { kind: 'hand', cluster: null });
    process.stdout.write('taken\n');
  }
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(explain(error).join('\n'));
  process.exitCode = 1;
}
await dkron.close();
