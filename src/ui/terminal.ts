/** What the terminal does for the console besides showing frames. */
import process from 'node:process';
import type { Terminal } from '../console/effects/terminal.ts';
import { copyOf } from '../terminal/clipboard.ts';
import { noticeOf } from '../terminal/notice.ts';
import type { JobControl } from '../terminal/suspend.ts';

export interface TerminalHandles {
  readonly clear: () => void;
  readonly exit: () => void;
  readonly job: JobControl;
}

export const terminalOf = ({ clear, exit, job }: TerminalHandles): Terminal => ({
  copy: (text) => {
    const { sequence, said } = copyOf(text, process.env);
    if (sequence !== null) process.stdout.write(sequence);
    return { level: sequence === null ? 'error' : 'ok', text: said };
  },
  notify: (how, text) => void process.stdout.write(noticeOf(how, text, process.env)),
  redraw: clear,
  handOver: job.handOver,
  suspend: job.stop,
  quit: exit,
});
