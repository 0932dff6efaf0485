/**
 * Answers every key with a frame of as many bytes as a console's, and does nothing else: what it needs is
 * the machine, the pseudo-terminal and Node. `node bench/control.ts`
 */
import process from 'node:process';

const bytes = 600;
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';
const frame = begin.padEnd(bytes - end.length, 'control ') + end;

process.stdin.setRawMode(true);
process.stdin.on('data', () => process.stdout.write(frame));
process.stdout.write(frame);
