/**
 * Writes the tables of the README that the program itself knows, between their markers
 * (`<!-- commands -->` … `<!-- /commands -->`). With `--check` it only says whether they are fresh.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { exitCodes } from '../src/base/errors.ts';
import { addCommands } from '../src/cli/commands.ts';
import { leavingOn } from '../src/cli/leaving.ts';
import { createProgram } from '../src/cli/program.ts';
import { placesBelow } from '../src/config/places.ts';
import type { Action } from '../src/console/actions/action.ts';
import { actions } from '../src/console/registry.ts';
import { filterKeys } from '../src/job/filter.ts';
import { keyLabel } from '../src/view/keys.ts';

const file = 'README.md';

const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

function commands(): string {
  const nowhere = new PassThrough();
  const { signal } = new AbortController();
  const program = createProgram({
    stdin: nowhere,
    stdout: nowhere,
    stderr: nowhere,
    env: {},
    places: placesBelow(),
    signal,
    leaving: leavingOn(signal),
  });
  addCommands(program);
  const rows = leaves(program).map((command) => [`\`${line(command)}\``, command.description()]);
  return table(['command', 'what it does'], rows);
}

/** Commands that do something themselves; those that only group others are not listed. */
const leaves = (command: Command): Command[] =>
  command.commands.flatMap((child) => (child.commands.length > 0 ? leaves(child) : [child]));

function line(command: Command): string {
  const path = [command.name()];
  for (let above = command.parent; above?.parent; above = above.parent) path.unshift(above.name());
  const taken = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? name.toUpperCase() : `[${name.toUpperCase()}]`;
  });
  return [...path, ...taken].join(' ');
}

const places = (action: Action): string =>
  action.scope.includes('everywhere') ? 'everywhere' : action.scope.join(', ');

function keys(): string {
  const rows = actions.map((action) => [
    action.keys.map((key) => `\`${keyLabel(key)}\``).join(' '),
    action.command === undefined ? action.title : `${action.title} (\`:${action.command}\`)`,
    places(action),
    action.help,
  ]);
  return table(['key', 'action', 'where', 'what happens'], rows);
}

const blocks: Record<string, () => string> = {
  keys,
  commands,
  'exit-codes': () =>
    table(
      ['exit code', 'meaning'],
      Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
    ),
  filter: () =>
    Object.values(filterKeys)
      .map(({ help }) => `- ${help.replace(/^\S+/, '`$&`')}`)
      .join('\n'),
};

function refresh(text: string): string {
  return Object.entries(blocks).reduce((page, [name, write]) => {
    const block = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`);
    if (!block.test(page)) throw new Error(`${file} has no <!-- ${name} --> block`);
    return page.replace(block, (_, start: string, end: string) => `${start}\n${write()}\n${end}`);
  }, text);
}

const text = readFileSync(file, 'utf8');
const fresh = refresh(text);
if (!process.argv.includes('--check')) writeFileSync(file, fresh);
else if (fresh !== text) {
  console.error(`${file} is not what the program says: run 'npm run docs'`);
  process.exitCode = 1;
}
