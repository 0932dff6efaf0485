'use strict';
/**
 * Shows what was seen last and sends what the program is going to ask first, loads of the bundle what is
 * needed, with the code that V8 made of it the last time, and starts the program.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const vm = require('node:vm');
const { openCompiled, v8Tag } = require('./compiled.js');
const { commandIn } = require('./texts.js');

const argv = process.argv.slice(2);
const command = commandIn(argv) ?? 'console';
const commands = { jobs: 'beginCommand', job: 'beginCommand', backup: 'beginCommand' };
const begin = { console: 'begin', ...commands }[command];
const tag = v8Tag();
/** Scripts that run. */
const running = [];
const begun = begin ? first()[begin](argv, process.env) : null;
const program = openScript('dkron-tui', command, tag);

// From here on nothing is sent for a while: the program is evaluated at one go.
const early = begun?.early ?? null;
if (early === null) run();
else early.away.then(run);

function first() {
  const module = {};
  evaluate(openScript('first', `${command}.first`, tag))(require, module);
  return module.exports;
}

function run() {
  const keep = async () => {
    for (const each of running) await each.keep();
  };
  let asStarted = (load) => load();
  const more = (name) => asStarted(() => evaluate(openScript(name, `${command}.${name}`, tag)));
  const { main, loadAsStarted } = evaluate(program)(require, more);
  asStarted = loadAsStarted;
  main({ keep }, begun);
}

/** A script of the bundle, and what is kept of it, by what it is used for and the V8 that made it. */
function openScript(name, use, tag) {
  const filename = join(__dirname, '../dist', `${name}.cjs`);
  // ASCII, as scripts/build.ts writes it: V8 holds a byte a character.
  const source = readFileSync(filename, 'latin1');
  // By its contents: of V8's own checks of what it made only one looks at the source, at its length.
  const build = /^\/\*(\w+)\*\//.exec(source)[1];
  const compiled = openCompiled(build, use, tag);
  return { source, filename, compiled, cachedData: compiled.read() };
}

function evaluate(opened) {
  const { source, filename, compiled, cachedData } = opened;
  // Megabytes, of no use any more once the script is made of them.
  opened.cachedData = undefined;
  const script = new vm.Script(source, { filename, cachedData });
  let isKept = script.cachedDataRejected === false;
  const keep = async () => {
    if (isKept) return;
    isKept = true;
    await compiled.write(() => script.createCachedData());
  };
  running.push({ keep });
  return script.runInThisContext();
}
