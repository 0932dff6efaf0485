/** What the terminal does for the console besides showing frames. */
import process from 'node:process';
import type { Terminal } from '../console/terminal.ts';
import { copySequence } from '../terminal/clipboard.ts';
import { handOver, type SuspendTerminal, stopJob } from '../terminal/suspend.ts';

export interface InkHandles {
  readonly clear: () => void;
  readonly exit: () => void;
  readonly suspendTerminal: SuspendTerminal;
}

export const terminalOf = ({ clear, exit, suspendTerminal }: InkHandles): Terminal => ({
  copy: (text) => {
    const sequence = copySequence(text, process.env);
    if (sequence === undefined)
      return 'too long for the terminal’s clipboard; ctrl-s saves it to a file';
    process.stdout.write(sequence);
    return `sent ${text.length} characters to the terminal’s clipboard (OSC 52)`;
  },
  redraw: clear,
  handOver: (work) => handOver(suspendTerminal, work),
  suspend: () => stopJob(suspendTerminal),
  quit: exit,
});
