import type { Program } from './session.ts';

/** Adds every command to the program, in the order in which `--help` lists them. */
export function addCommands(_program: Program): void {}
