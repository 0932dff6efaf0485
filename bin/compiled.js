'use strict';
/**
 * What V8 made of the bundle, kept between two starts in a folder of this user's own: code is read
 * from there. Node's own cache holds nothing that is compiled when it is first called, this one what
 * ran. The environment is stronger (NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE), and without a
 * folder that nobody else can write there is no cache.
 */
const { lstatSync, readFileSync } = require('node:fs');
const { isAbsolute, join } = require('node:path');
const { Script } = require('node:vm');

/** A file a build, V8 with its flags, and command: each has what that one needs. */
exports.openCompiled = (build, command, madeBy = v8Tag()) => {
  const folders = foldersOf(process.env);
  const folder = folders.at(-1);
  const name = [build, madeBy, command].join('-');
  return {
    /** Undefined for none, and for one that is not whole: V8 does not look, and would fall over it. */
    read() {
      try {
        return folders.length > 0 && folders.every(isPrivate)
          ? whole(readFileSync(join(folder, name)))
          : undefined;
      } catch {
        return undefined;
      }
    },
    /** Two processes may do this at once: each writes a file of its own, and the last one stays. */
    async write(make) {
      // Of a V8 that was told other flags since it started, no start would take it.
      if (folders.length === 0 || v8Tag() !== madeBy) return;
      const { mkdir, open, rename, rm } = require('node:fs/promises');
      const part = join(folder, `${name}.${Math.random().toString(36).slice(2)}.part`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        if (!folders.every(isPrivate)) return;
        await clear(folder, build);
        const code = make();
        const file = await open(part, 'wx', 0o600);
        try {
          await file.writev([code, code]);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(part, join(folder, name));
      } catch {
        // No home, none that can be written, a full disk.
        await rm(part, { force: true }).catch(() => {});
      }
    },
  };
};

/** The folders that have to be this user's own, the last one for the files; none: no cache. */
function foldersOf({ NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE, XDG_CACHE_HOME, HOME }) {
  if (NODE_DISABLE_COMPILE_CACHE) return [];
  if (NODE_COMPILE_CACHE) return [join(NODE_COMPILE_CACHE, 'dkron-tui')];
  const caches = [XDG_CACHE_HOME, HOME && join(HOME, '.cache')].find(
    (folder) => folder && isAbsolute(folder),
  );
  return caches ? [join(caches, 'dkron-tui'), join(caches, 'dkron-tui/compiled')] : [];
}

/** Whether nobody but this user can have put anything into a folder. */
function isPrivate(path) {
  const entry = lstatSync(path);
  const mine = process.getuid === undefined || entry.uid === process.getuid();
  return entry.isDirectory() && mine && (entry.mode & 0o022) === 0;
}

/** V8's version and flags, as it writes them at the start of all that it makes. */
function v8Tag() {
  return new Script('').createCachedData().toString('hex', 4, 16);
}
exports.v8Tag = v8Tag;

/** It is there twice: comparing takes less than any sum of it. */
function whole(twice) {
  const half = twice.length / 2;
  return twice.subarray(0, half).equals(twice.subarray(half)) ? twice.subarray(0, half) : undefined;
}

/** What is so old is of nobody who still writes, ms. */
const aDay = 24 * 60 * 60 * 1_000;

/** Removes what other versions left, but for one that is in use besides this one. */
async function clear(folder, build) {
  const { readdir, rm, stat } = require('node:fs/promises');
  for (const name of await readdir(folder)) {
    if (name.startsWith(build) && !name.endsWith('.part')) continue;
    const path = join(folder, name);
    if (Date.now() - (await stat(path)).mtimeMs > aDay) await rm(path, { recursive: true });
  }
}
