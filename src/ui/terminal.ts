/** What the terminal does for the console besides showing frames. */
import process from 'node:process';
import type { Terminal } from '../console/terminal.ts';
import { copySequence } from '../terminal/clipboard.ts';
import type { JobControl } from '../terminal/suspend.ts';

export interface TerminalHandles {
  readonly clear: () => void;
  readonly exit: () => void;
  readonly job: JobControl;
}

export const terminalOf = ({ clear, exit, job }: TerminalHandles): Terminal => ({
  copy: (text) => {
    const sequence = copySequence(text, process.env);
    if (sequence === undefined)
      return 'too long for the terminal’s clipboard; ctrl-s saves it to a file';
    process.stdout.write(sequence);
    return `sent ${text.length} characters to the terminal’s clipboard (OSC 52)`;
  },
  redraw: clear,
  handOver: job.handOver,
  suspend: job.stop,
  quit: exit,
});
