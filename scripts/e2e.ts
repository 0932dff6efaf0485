/**
 * Runs the end-to-end scenarios whose path or title holds the words, or lists all of them.
 * `--slow` shows on this terminal what they do, key by key, on the demo server; `--pause MS` says how
 * long it waits after each key. `--on 4.1.2` and `--on demo` name one server of those at hand.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

interface Scenario {
  /** As it stands in the file: `on %s`. */
  readonly title: string;
  readonly file: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    slow: { type: 'boolean', default: false },
    pause: { type: 'string', default: '600' },
    on: { type: 'string' },
  },
});

const words = positionals.join(' ').toLowerCase();
const found = scenarios().filter(({ title, file }) =>
  `${file}\n${title}`.toLowerCase().includes(words),
);
if (words === '') list(found);
else if (found.length === 0) fail(`No scenario's path or title holds "${words}".`);
else if (values.slow && !process.stdout.isTTY) fail('--slow shows it on a terminal only.');
else process.exitCode = await (values.slow ? showSlowly(found) : run(found));

function scenarios(): Scenario[] {
  const { stdout } = spawnSync('vitest', ['list', '--project', 'e2e', '--json'], {
    encoding: 'utf8',
  });
  return (JSON.parse(stdout) as { name: string; file: string }[]).map(({ name, file }) => ({
    title: name,
    file: relative('.', file),
  }));
}

function list(all: readonly Scenario[]): void {
  for (const [file, inFile] of Map.groupBy(all, ({ file }) => file))
    console.log([file, ...inFile.map(({ title }) => `    ${title}`), ''].join('\n'));
}

async function run(chosen: readonly Scenario[]): Promise<number> {
  const [code] = await once(spawn('vitest', argumentsFor(chosen), { stdio: 'inherit' }), 'exit');
  return code ?? 1;
}

/** What the runner says waits until the end: until then the terminal belongs to what is shown. */
async function showSlowly(chosen: readonly Scenario[]): Promise<number> {
  let left = false;
  // Ctrl-C is for the runner, too, which ends what it started.
  process.on('SIGINT', () => {
    left = true;
  });
  process.stdout.write('\x1b[?1049h\x1b[?25l\x1b[2J');
  const child = spawn('vitest', [...argumentsFor(chosen), '--testTimeout=0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DKRON_TUI_E2E_SLOW: values.pause },
  });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  process.stdout.write(`\x1b[?1049l\x1b[?25h${left ? '' : said}`);
  return code ?? 1;
}

function argumentsFor(chosen: readonly Scenario[]): string[] {
  const files = new Set(chosen.map(({ file }) => file));
  const pattern = `${serverPattern()}(${chosen.map(({ title }) => titlePattern(title)).join('|')})$`;
  return ['run', '--project', 'e2e', '-t', pattern, ...files];
}

/** In front of the titles of scenarios that run on each server. */
function serverPattern(): string {
  const server = values.on ?? (values.slow ? 'demo' : null);
  if (server === null) return '';
  return `^(on ${server === 'demo' ? 'the demo server' : `Dkron ${server}`} > )?`;
}

/** A title as the runner knows it: its parts one after the other, its cases filled in. */
function titlePattern(title: string): string {
  return title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/%[sj]/g, '.*');
}

function fail(why: string): void {
  console.error(why);
  process.exitCode = 1;
}
