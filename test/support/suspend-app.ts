/** A small Ink program that hands its terminal over: `e` opens the editor, Ctrl-Z stops the job. */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { Box, render, Text, useApp, useInput } from 'ink';
import { createElement, useState } from 'react';
import { removeTemporaryFile, runEditor, temporaryFile } from '../../src/terminal/editor.ts';
import { handOver, stopJob } from '../../src/terminal/suspend.ts';

function App() {
  const { exit, suspendTerminal } = useApp();
  const [said, setSaid] = useState('ready');
  const edit = async () => {
    const path = await temporaryFile('job.yaml', 'before\n');
    try {
      await handOver(suspendTerminal, () => runEditor(path, process.env));
      setSaid(`edited ${(await readFile(path, 'utf8')).trim()}`);
      await removeTemporaryFile(path);
    } catch (error) {
      setSaid(String(error));
    }
  };
  useInput((input, key) => {
    if (input === 'e') edit();
    else if (key.ctrl && input === 'z') stopJob(suspendTerminal);
    else if (input === 'q') exit();
    else setSaid(`key ${input}`);
  });
  return createElement(Box, { height: process.stdout.rows }, createElement(Text, null, said));
}

render(createElement(App), { alternateScreen: true, interactive: true, exitOnCtrlC: false });
