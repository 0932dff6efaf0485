/**
 * Shows again what a console showed, from a log that `--log` wrote: the last frame unless told.
 * `--every` prints each frame that differs from the one before, `--diff` only their lines that
 * changed, `--at N` the frame after the Nth message; `--size 100x30` for another terminal.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { frameOf } from '../src/console/frame/frame.ts';
import type { Recorded } from '../src/console/log/message.ts';
import { readRecording, replayed } from '../src/console/log/recording.ts';
import type { State } from '../src/console/state/model.ts';
import { lineText } from '../src/view/line.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    at: { type: 'string' },
    every: { type: 'boolean' },
    diff: { type: 'boolean' },
    last: { type: 'boolean' },
    size: { type: 'string' },
  },
});

const [file] = positionals;
if (file === undefined) fail('npm run replay FILE [-- --at N | --every | --diff] [--size 80x24]');
const recording = readRecording(readFileSync(file, 'utf8'));
if (recording === null) fail(`${file} holds no console: was it begun with --log?`);
const { messages, cut } = recording;
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const told = (text: string): void => console.error(`# ${text}`);
if (recording.version !== version)
  told(`written by version ${recording.version}, replayed by ${version}: frames may differ`);
if (cut !== null) told(`it may not be all: ${cut}`);

const [, columns, rows] = /^(\d+)x(\d+)$/.exec(values.size ?? '') ?? [];
const size = columns === undefined ? null : { columns: Number(columns), rows: Number(rows) };
const sized = (state: State): State => (size === null ? state : { ...state, ...size });
const linesOf = (state: State): string[] =>
  frameOf(state).lines.map((line) => lineText(line).trimEnd());

const all = values.every === true || values.diff === true;
const wanted = values.at === undefined ? messages.length : Number(values.at);
let state = sized(recording.start);
let before: readonly string[] = [];
for (const [index, message] of messages.slice(0, wanted).entries()) {
  state = sized(replayed(state, message));
  if (all) show(index + 1, message);
}
if (!all) show(Math.min(wanted, messages.length), messages[wanted - 1]);

function show(count: number, message: Recorded | undefined): void {
  const lines = linesOf(state);
  const changed = lines.flatMap((line, at) =>
    line === before[at] ? [] : [`${String(at + 1).padStart(3)} ${line}`],
  );
  before = lines;
  if (changed.length === 0) return;
  console.log(`# ${count} of ${messages.length}: ${whatOf(message)}`);
  console.log((values.diff ? changed : lines).join('\n'));
}

function whatOf(message: Recorded | undefined): string {
  if (message === undefined) return 'start';
  return message.type === 'key' ? `key ${message.key.name}` : message.type;
}

function fail(text: string): never {
  console.error(text);
  process.exit(2);
}
