/** A small Ink program that hands its terminal over: `e` opens the editor, Ctrl-Z stops the job. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { Box, render, Text, useApp } from 'ink';
import { createElement, useEffect, useMemo, useState } from 'react';
import { runEditor } from '../../src/terminal/editor.ts';
import { openKeyboard } from '../../src/terminal/keyboard.ts';
import { jobControl } from '../../src/terminal/suspend.ts';

const keyboard = openKeyboard(process.stdin, (text) => process.stdout.write(text));

function App() {
  const { exit, suspendTerminal } = useApp();
  const [said, setSaid] = useState('ready');
  const job = useMemo(
    () => jobControl(keyboard, async () => {}, suspendTerminal),
    [suspendTerminal],
  );
  const edit = async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'suspend-app-')), 'job.yaml');
    await writeFile(path, 'before\n');
    try {
      await job.handOver(() => runEditor(path, process.env));
      setSaid(`edited ${(await readFile(path, 'utf8')).trim()}`);
    } catch (error) {
      setSaid(String(error));
    } finally {
      await rm(dirname(path), { recursive: true });
    }
  };
  useEffect(() =>
    keyboard.listen((inputs) => {
      for (const input of inputs) {
        const name = input.type === 'key' ? input.key.name : 'paste';
        if (name === 'e') edit();
        else if (name === 'ctrl-z') job.stop();
        else if (name === 'q') exit();
        else setSaid(`key ${name}`);
      }
    }),
  );
  useEffect(() => keyboard.release, []);
  return createElement(Box, { height: process.stdout.rows }, createElement(Text, null, said));
}

render(createElement(App), { alternateScreen: true, interactive: true, exitOnCtrlC: false });
