/** A short turn of one program among several, which nobody has to end by hand: it runs out. */

import { randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { OperatorError } from '../base/errors.ts';
import { fileError } from './files.ts';
import { isRunning } from './running.ts';

/** Nobody works so long in one turn, ms: who does is not there any more. */
export const longest = 10_000;

/** How long a turn is waited for, ms: until one has run out, and some more. */
const patience = 3 * longest;

const here = `${hostname()} `;

/**
 * Does the work while no other program that asks for this path does; `path` is a file that is there only
 * meanwhile. A turn whose program is gone is taken over at once, or on another machine after 10 s. Throws
 * OperatorError when the file cannot be made, or others never let go.
 */
export async function inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
  const mine = `${here}${process.pid} ${randomUUID()}`;
  const end = Date.now() + patience;
  while (!(await taken(path, mine))) {
    if (Date.now() > end) throw busy(path);
    const over = await turnOver(path);
    if (over === null) await pause(10 + Math.random() * 20);
    else await takeAway(path, over);
  }
  try {
    return await work();
  } finally {
    if ((await readFile(path, 'utf8').catch(() => '')) === mine)
      await rm(path, { force: true }).catch(() => {});
  }
}

/** The file has its text from the first moment on: who is killed here leaves no turn that nobody knows whose it is. */
export async function taken(path: string, mine: string): Promise<boolean> {
  const aside = `${path}-${randomUUID()}`;
  try {
    await writeFile(aside, mine, { flag: 'wx', mode: 0o600 });
    await giveName(aside, path, mine);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw fileError(path, 'written', error);
  } finally {
    await rm(aside, { force: true }).catch(() => {});
  }
}

/** Some network and FAT file systems have no links. */
async function giveName(aside: string, path: string, mine: string): Promise<void> {
  await link(aside, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw error;
    return writeFile(path, mine, { flag: 'wx', mode: 0o600 });
  });
}

/** What stands in the file of a turn whose program is gone, or has had it too long; null for any other. */
async function turnOver(path: string): Promise<string | null> {
  try {
    const { mtimeMs } = await stat(path);
    const text = await readFile(path, 'utf8');
    if (Date.now() - mtimeMs > longest) return text;
    const pid = text.startsWith(here) ? Number.parseInt(text.slice(here.length), 10) : Number.NaN;
    return Number.isNaN(pid) || isRunning(pid) ? null : text;
  } catch {
    return null;
  }
}

/**
 * Removes the file of one that is gone, as long as it says `over`. One after the other: between the look and
 * the removal nobody else may remove it and take it anew.
 */
export async function takeAway(path: string, over: string): Promise<void> {
  const removing = `${path}-removing`;
  if (!(await taken(removing, here))) return waitFor(removing);
  try {
    if ((await readFile(path, 'utf8').catch(() => null)) === over) await rm(path, { force: true });
  } finally {
    await rm(removing, { force: true }).catch(() => {});
  }
}

/** Another one is faster; unless it was killed in the middle of it. */
async function waitFor(removing: string): Promise<void> {
  await pause(5);
  const { mtimeMs } = await stat(removing).catch(() => ({ mtimeMs: Infinity }));
  if (Date.now() - mtimeMs > longest) await rm(removing, { force: true }).catch(() => {});
}

const busy = (path: string): OperatorError =>
  new OperatorError(`another program works on this all the time (${path})`, {
    data: 'Nothing was changed.',
    next: 'Try again later.',
  });
