import { describe, it } from 'vitest';
import { startConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo(['alpha', 'bravo', 'charlie'].map((name) => ({ name })));

describe('keys typed while the console starts', () => {
  it('are not lost', async () => {
    const on = await startConsole(server, { cols: 80, rows: 24 });
    await on.until(() => on.bytes > 0, 'its first byte');
    for (const key of '/lj') on.send(key);
    await on.until(() => on.alternate() && /^ \/lj$/m.test(on.text()), 'the keys in a filter');
  });
});
