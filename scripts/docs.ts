/**
 * Writes what the program itself knows into the pages for operators, between their markers
 * (`<!-- commands -->` … `<!-- /commands -->`), and the JSON schema of the file of contexts. With
 * `--check` it only says whether they are fresh.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { exitCodes } from '../src/base/errors.ts';
import { themeNames } from '../src/config/looks.ts';
import { actions } from '../src/console/registry.ts';
import type { Action } from '../src/console/state/action.ts';
import { jsonSchema } from '../src/contexts/shape.ts';
import { filterKeys } from '../src/job/filter.ts';
import type { FilterKey } from '../src/job/filter-language.ts';
import { foundFilter } from '../src/job/lint/found.ts';
import { keyLabel } from '../src/view/keys.ts';
import { aboutTheme } from '../src/view/theme.ts';
import { wholeProgram } from './program.ts';

const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

const program = await wholeProgram();

function commands(): string {
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

const shortcuts = ({ keys }: Action): string => keys.map((key) => `\`${keyLabel(key)}\``).join(' ');

function keys(): string {
  const rows = actions.map((action) => [
    shortcuts(action),
    action.command === undefined ? action.title : `${action.title} (\`:${action.command}\`)`,
    places(action),
    action.help,
  ]);
  return table(['key', 'action', 'where', 'what happens'], rows);
}

/** Those that the footer of the first screen offers, in its order. */
function firstKeys(): string {
  const rows = actions
    .filter(({ scope }) => scope.includes('jobs') || scope.includes('everywhere'))
    .filter(({ footer }) => footer !== undefined)
    .sort((a, b) => (a.footer ?? 0) - (b.footer ?? 0))
    .map((action) => [shortcuts(action), action.title, action.help]);
  return table(['key', 'action', 'what happens'], rows);
}

const exits = (): string =>
  table(
    ['exit code', 'meaning'],
    Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
  );

const filters = (keys: Readonly<Record<string, Pick<FilterKey<never>, 'help'>>>): string =>
  Object.values(keys)
    .map(({ help }) => `- ${help.replace(/^\S+/, '`$&`')}`)
    .join('\n');

const themes = (): string =>
  table(
    ['theme', 'what it is'],
    themeNames.map((name) => [`\`${name}\``, aboutTheme(name)]),
  );

const pages: Record<string, Record<string, () => string>> = {
  'README.md': {
    'first-keys': firstKeys,
    commands,
    'exit-codes': exits,
    filter: () => filters(filterKeys),
    'found-filter': () => filters(foundFilter.keys),
    themes,
  },
  'docs/keys.md': { keys },
};

function keep(file: string, fresh: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === fresh) return;
  if (process.argv.includes('--check')) {
    console.error(`${file} is not what the program says: run 'npm run docs'`);
    process.exitCode = 1;
  } else writeFileSync(file, fresh);
}

for (const [file, blocks] of Object.entries(pages))
  keep(
    file,
    Object.entries(blocks).reduce(
      (page, [name, write]) => {
        const block = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`);
        if (!block.test(page)) throw new Error(`${file} has no <!-- ${name} --> block`);
        return page.replace(
          block,
          (_, start: string, end: string) => `${start}\n${write()}\n${end}`,
        );
      },
      readFileSync(file, 'utf8'),
    ),
  );

keep('docs/config.schema.json', `${JSON.stringify(jsonSchema(), null, 2)}\n`);
