'use strict';
/**
 * Answers what needs no program, only its texts: the version, the help, and the scripts for shells that
 * complete. The build has the program write them (scripts/texts.ts); this only fits them to the terminal.
 */
const { existsSync, fstatSync, readFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');

const folder = join(__dirname, '../dist/texts');
const word = /^[a-z][a-z-]*$/;

/** Whether the arguments were answered; all that is unusual in any way is left to the program. */
exports.answer = (argv, env) => {
  const name = nameOf(argv);
  if (name === undefined || env.DKRON_TUI_LOG) return false;
  try {
    const text = readFileSync(join(folder, name), 'utf8');
    return print(name.startsWith('help') ? fitted(text, columns()) : text);
  } catch {
    return false;
  }
};

/** The first of the words that is a command; undefined for none. */
exports.commandIn = (argv) =>
  argv.find((each) => word.test(each) && existsSync(join(folder, `help.${each}`)));

/** The file of the text that is asked for. */
function nameOf(argv) {
  const words = argv.slice(0, -1);
  const last = argv.at(-1);
  if (!words.every((each) => word.test(each))) return undefined;
  if (last === '--help' || last === '-h') return ['help', ...words].join('.');
  if (words.length === 0 && (last === '--version' || last === '-V')) return 'version';
  return words.length === 1 && words[0] === 'completion' && word.test(last)
    ? `completion.${last}`
    : undefined;
}

/** Of the terminal; commander's own where there is none. Asking a terminal takes a while to load. */
const columns = () => (fstatSync(1).isCharacterDevice() && process.stdout.columns) || 80;

/** A passage that is wrapped, behind the cells that are before it in each of its lines. */
const passage = /\0(\d+)\0([^\0]*)\0/g;

function fitted(text, columns) {
  return text.replace(passage, (_, indent, words) =>
    wrapped(words, columns - indent).replaceAll('\n', `\n${' '.repeat(indent)}`),
  );
}
exports.fitted = fitted;

/** Narrower ones are not wrapped: as commander has it. */
const narrowest = 40;

function wrapped(text, width) {
  if (width < narrowest) return text;
  return text
    .split('\n')
    .map((line) => {
      const lines = [''];
      for (const chunk of line.match(/\s*\S+/g) ?? [])
        if (lines.at(-1) === '' || (lines.at(-1) + chunk).length <= width)
          lines[lines.length - 1] += chunk;
        else lines.push(chunk.trimStart());
      return lines.join('\n');
    })
    .join('\n');
}

/** As the program does it: nobody who reads is no failure, and of any other the program tells. */
function print(text) {
  let rest = Buffer.from(text);
  while (rest.length > 0)
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch ({ code }) {
      if (code === 'EPIPE' || code === 'EIO') return true;
      if (code !== 'EAGAIN') return false;
      process.stdout.write(rest);
      return true;
    }
  return true;
}
