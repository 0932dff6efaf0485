import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { wholeProgram } from '../../scripts/program.ts';
import { textsOf } from '../../scripts/texts.ts';

const { fitted } = createRequire(import.meta.url)('../../bin/texts.js') as {
  fitted(text: string, columns: number): string;
};

it('help looks in every width as commander wraps it', async () => {
  const texts = await textsOf('1.2.3');
  const stdout = new PassThrough();
  let columns = 0;
  const program = await wholeProgram(stdout, (bare) =>
    bare.configureOutput({ getOutHelpWidth: () => columns }),
  );
  const check = (command: Command, name: string): void => {
    command.outputHelp();
    expect(fitted(texts.get(name)!, columns)).toBe(String(stdout.read()));
    for (const child of command.commands) check(child, `${name}.${child.name()}`);
  };
  for (columns = 20; columns <= 260; columns += columns < 90 ? 1 : 17) check(program, 'help');
});
