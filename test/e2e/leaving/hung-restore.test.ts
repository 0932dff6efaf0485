import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { change, faultProxy } from '../../support/fault-proxy.ts';
import { aDefinition } from '../../support/jobs.ts';
import { startConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { outcomesOf } from '../driver/journal.ts';
import { demo } from '../driver/server.ts';

const server = demo([]);

describe('a restore that hangs', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    'says on %s what was written, what was not, and what is not known',
    async (signal, status) => {
      const line = await faultProxy(server.url);
      const hangs = line.breakAt(change, { kind: 'black-hole' }, 'before', 1);
      const snapshot = join(folder(), 'snap');
      // More than go out at once.
      const names = Array.from({ length: 100 }, (_, at) => `${signal.toLowerCase()}-${at}`);
      writeFileSync(
        snapshot,
        names.map((name) => `${JSON.stringify(aDefinition({ name }))}\n`).join(''),
      );
      const restore = await startConsole(line, {
        args: ['restore', snapshot, '--yes'],
        rows: 60,
      });
      await hangs;
      restore.signal(signal);
      await restore.sees('waiting for the answer to what was sent, 5 s at most');
      expect((await restore.ended()).status).toBe(status);
      expect(restore.text()).toMatch(/not sent: interrupted/);
      expect(restore.text()).toMatch(/unknown|not known/);
      const noted = await outcomesOf(restore, line);
      expect(noted).toHaveLength(100);
      expect(noted).not.toContain(null);
    },
  );
});
