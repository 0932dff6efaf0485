/**
 * Commands that are run for events, each once, though whoever started them is killed: an event is a file,
 * and what runs the command for it first takes it away under its name. That runs on by itself.
 */
import { spawn } from 'node:child_process';
import { access, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning } from '../../config/running.ts';
import { writeWhole } from '../../config/whole-file.ts';

/**
 * How far it is. `lost`: the command was begun, and what ran it is gone; `code`: its exit code, null where
 * it was not written down.
 */
export type Progress =
  | { readonly at: 'new' | 'ready' | 'running' | 'lost' }
  | { readonly at: 'ended'; readonly code: number | null };

export interface Spool {
  readonly progress: (id: string) => Promise<Progress>;
  /** Puts an event there that is `new`. */
  readonly put: (id: string, text: string) => Promise<void>;
  /** Starts the command for what is `ready`; told when it has ended. */
  readonly start: (id: string, command: string, ended: () => void) => void;
  readonly remove: (ids: readonly string[]) => Promise<void>;
  /** Takes away all that belongs to none of these; nobody else may be at work there. */
  readonly tidy: (ids: ReadonlySet<string>) => Promise<void>;
}

const endings = ['ready', 'taken', 'pid', 'ended'] as const;

/** Only one takes an event; whoever comes second finds it gone. `$1`: its path, `$2`: the command. */
const script = `
mv "$1.ready" "$1.taken" 2>/dev/null || exit 0
echo $$ > "$1.pid"
/bin/sh -c "$2" < "$1.taken"
echo $? > "$1.ended"
`;

/** Between taking an event and saying who did there is not more, ms. */
const moment = 10_000;

export function openSpool(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  now: () => number,
): Spool {
  const own = new Set<string>();
  const path = (id: string, ending: (typeof endings)[number]): string =>
    join(folder, `${id}.${ending}`);
  const has = (id: string, ending: (typeof endings)[number]): Promise<boolean> =>
    access(path(id, ending)).then(
      () => true,
      () => false,
    );

  async function isGone(id: string): Promise<boolean> {
    if (own.has(id)) return false;
    const written = Number.parseInt(await readFile(path(id, 'pid'), 'utf8').catch(() => ''), 10);
    if (!Number.isNaN(written)) return !isRunning(written);
    const { ctimeMs } = await stat(path(id, 'taken'));
    return now() - ctimeMs > moment;
  }

  const remove = (ids: readonly string[]) =>
    Promise.all(
      ids.flatMap((id) =>
        endings.map((ending) => rm(path(id, ending), { force: true }).catch(() => {})),
      ),
    ).then(() => {});

  return {
    async progress(id) {
      // In the order in which they come to be, so that none is missed on its way.
      if (await has(id, 'ready')) return { at: 'ready' };
      if (!(await has(id, 'taken'))) return { at: 'new' };
      const gone = await isGone(id);
      if (await has(id, 'ended')) return { at: 'ended', code: await codeIn(path(id, 'ended')) };
      return { at: gone ? 'lost' : 'running' };
    },
    put: (id, text) => writeWhole(path(id, 'ready'), text, { flush: true }),
    start(id, command, ended) {
      if (own.has(id)) return;
      own.add(id);
      // Its output has no place among what is told; a session of its own outlives us and our Ctrl-C.
      const child = spawn('/bin/sh', ['-c', script, 'watch', join(folder, id), command], {
        env: env as NodeJS.ProcessEnv,
        detached: true,
        stdio: ['ignore', 2, 2],
      });
      const done = (): void => {
        own.delete(id);
        ended();
      };
      child.on('error', done);
      child.on('exit', done);
      child.unref();
    },
    remove,
    async tidy(ids) {
      const names = await readdir(folder).catch(() => []);
      const left = names.flatMap((name) => {
        const [, id = ''] = /^([a-z0-9]+-\d+)\.(?:ready|taken|pid|ended)$/.exec(name) ?? [];
        return id === '' || ids.has(id) ? [] : id;
      });
      await remove([...new Set(left)]);
      // What was killed while it wrote a file left a hidden one.
      for (const name of names)
        if (name.startsWith('.')) await rm(join(folder, name), { force: true });
    },
  };
}

async function codeIn(path: string): Promise<number | null> {
  const code = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10);
  return Number.isNaN(code) ? null : code;
}
