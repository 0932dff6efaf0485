/**
 * Says which files of ours are named in comments and pages though they are not there, or not any
 * more: moving a file is half done while prose still leads to where it was. A name without a folder
 * means a neighbour of the file that says it; in a page, a file at the top.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const code = globSync(['{src,test,scripts,bench}/**/*.{ts,tsx}', 'bin/*.js', '*.{ts,mjs}']);
const pages = globSync(['*.md', 'docs/*.md', '.github/**/*.md']);
const folders = globSync('{src,test,scripts,bench,docs}/**/').map((path) => `${path}/`);

const comments = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;
const file = /(?<![\w./-])(?:[\w-]+\/)*[\w.-]+\.tsx?\b/g;
const folder = /(?<=`)(?:[\w-]+\/)+(?=`)/g;
const link = /(?<=\]\()(?!\w+:|#)[^)#]+/g;

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([found]) => found);

/** Whether a file's name, with as many of its folders as are said, is that of one that is there. */
function isThere(name: string, from: string): boolean {
  if (!name.includes('/')) return existsSync(join(dirname(from), name));
  return code.some((path) => `/${path}`.endsWith(`/${name}`));
}

function stale(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (!path.endsWith('.md'))
    return all(text, comments).flatMap((comment) =>
      all(comment, file).filter((name) => !isThere(name, path)),
    );
  return [
    ...all(text, file).filter((name) => !isThere(name, path)),
    ...all(text, folder).filter((name) => !folders.some((of) => `/${of}`.endsWith(`/${name}`))),
    ...all(text, link).filter((name) => !existsSync(posix.join(dirname(path), name))),
  ];
}

for (const path of [...code, ...pages])
  for (const name of stale(path)) {
    console.error(`${path} names ${name}, which is not there`);
    process.exitCode = 1;
  }
