/** What the program says of itself, as it says it: files for `bin/texts.js`, by what asks for them. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { wholeProgram } from './program.ts';

/** Wider than any terminal, so that what is left of it tells the indent. */
const unbounded = 1_000_000;

/** The texts of a version: of help the passages are marked that the width of a terminal wraps. */
export async function textsOf(version: string): Promise<ReadonlyMap<string, string>> {
  const stdout = new PassThrough();
  const said = (): string => String(stdout.read() ?? '');
  const program = await wholeProgram(stdout, (bare) => {
    bare.configureOutput({ getOutHelpWidth: () => unbounded });
    bare.configureHelp({ boxWrap: (text, width) => `\0${unbounded - width}\0${text}\0` });
  });
  const texts = new Map([['version', `${version}\n`]]);
  const help = (command: Command, name: string): void => {
    command.outputHelp();
    texts.set(name, said());
    for (const child of command.commands) help(child, `${name}.${child.name()}`);
  };
  help(program, 'help');
  const completion = program.commands.find((command) => command.name() === 'completion')!;
  for (const shell of completion.registeredArguments[0]!.argChoices!) {
    await program.parseAsync(['completion', shell], { from: 'user' });
    texts.set(`completion.${shell}`, said());
  }
  return texts;
}

/** A folder with a file each. */
export async function writeTexts(folder: string, version: string): Promise<void> {
  const texts = await textsOf(version);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of texts) writeFileSync(`${folder}/${name}`, text);
}
