/** What a console is heard by on the terminal, where its context asks for it and nowhere else. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Console, startProgram } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { onEachServerWith } from '../driver/server.ts';
import { ran } from '../runs/ran.ts';

onEachServerWith('shell', (server) => {
  it('rings, sends a notice or is silent, as the context says, once for each change', async () => {
    const config = join(folder(), 'config.yaml');
    const ways = ['bell', 'osc9', 'none'] as const;
    const contexts = ways.map((notify) => ({
      [notify]: { url: server.url, label: 'PROD', notify },
    }));
    writeFileSync(config, JSON.stringify({ contexts: Object.assign({}, ...contexts) }));
    const env = { DKRON_TUI_CONFIG: config };
    await ran(server, 'turn', 'sleep 1', 1);
    const consoles: Console[] = [];
    for (const name of ways) {
      const on = await startProgram({ env, args: ['--context', name, '--refresh', '0.5'] });
      await on.sees('live', /turn +✓/);
      consoles.push(on);
    }
    await ran(server, 'turn', 'sleep 1; exit 3', 2);
    for (const on of consoles) await on.sees(/turn +✗/);
    await ran(server, 'turn', 'sleep 1', 3);
    for (const on of consoles) await on.sees(/turn +✓/);
    const [bell, osc9, none] = consoles;
    // It is heard once all jobs are judged, a moment after the row shows it.
    for (const on of [bell!, osc9!])
      await on.until(() => heardIn(on.written).length === 2, 'two changes to be heard');
    expect(heardIn(bell!.written)).toEqual(['\x07', '\x07']);
    expect(heardIn(osc9!.written)).toEqual([
      '\x1b]9;PROD: turn: it failed; before that it went well\x07',
      '\x1b]9;PROD: turn: it went well; before that it failed\x07',
    ]);
    expect(heardIn(none!.written)).toEqual([]);
    for (const on of consoles) await on.quit();
  });
});

/** Bells and notices, but what is said to the tab of the terminal. */
const heardIn = (written: string): string[] =>
  (written.match(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x07/g) ?? []).filter(
    (one) => one === '\x07' || one.startsWith('\x1b]9;PROD'),
  );
