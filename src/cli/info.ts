/** What a report of a defect needs to know of this machine and this server, without any secret. */

import { readdir, stat } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { explain } from '../base/errors.ts';
import { withoutUserinfo } from '../base/userinfo.ts';
import { version } from '../base/version.ts';
import { configPath } from '../config/config-path.ts';

import { readAddress } from '../dkron/address.ts';
import { createClient } from '../dkron/client.ts';
import { type Line, plain, quiet } from '../view/line.ts';
import { localZone } from '../view/zones.ts';
import { reachFor } from './connect.ts';
import { type Invocation, invocationOf } from './invocation.ts';
import { coloursFor } from './look.ts';
import { printJson, printLines } from './output.ts';
import { registerOf, wayTo } from './register.ts';

export function register(program: Command): void {
  program
    .command('info')
    .description('print what a report of a defect needs: versions, terminal, places; no secrets')
    .action(async (_: object, command: Command) => {
      const invocation = invocationOf(command);
      const info = await infoOf(invocation);
      if (invocation.json) printJson(invocation.io, info);
      else printLines(invocation.io, linesOf(info));
    });
}

type Values = Readonly<Record<string, string | null>>;

async function infoOf(invocation: Invocation): Promise<Readonly<Record<string, Values>>> {
  const { io } = invocation;
  const { stdout, env } = io;
  const { platform, arch, versions } = process;
  const size = [stdout.columns, stdout.rows].map((count) => String(count ?? '?'));
  return {
    program: {
      version,
      node: versions.node,
      system: `${platform} ${release()} ${arch}`,
    },
    terminal: {
      TERM: env['TERM'] ?? null,
      COLORTERM: env['COLORTERM'] ?? null,
      TERM_PROGRAM: env['TERM_PROGRAM'] ?? null,
      WT_SESSION: env['WT_SESSION'] ? 'Windows Terminal' : null,
      size: stdout.isTTY ? size.join('x') : 'no terminal',
      colours: String(coloursFor(io, { isTTY: true }) || 'none'),
      locale: env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || null,
      zone: localZone(),
    },
    environment: environmentOf(env),
    places: await placesOf(invocation),
    server: await serverOf(invocation),
    defects: await defectsIn(io.places.defects),
  };
}

/** What this program, Node and what the screen is drawn with read, besides what stands above. */
const read =
  'DKRON_URL DKRON_CONTEXT DKRON_SERVER_ZONE DKRON_TUI_CONFIG DKRON_TUI_LOG DKRON_TUI_THEME NO_COLOR FORCE_COLOR CLICOLOR CLICOLOR_FORCE ACCESSIBLE CI COLUMNS LINES TZ EDITOR VISUAL TMUX STY SSH_TTY http_proxy HTTP_PROXY https_proxy HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_COMPILE_CACHE NODE_DISABLE_COMPILE_CACHE XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME'.split(
    ' ',
  );
/** Their values may hold more than is asked for. */
const secret = /^(DKRON_URL|NODE_OPTIONS|TMUX|STY|SSH_TTY|(https?|all)_proxy)$/i;

const environmentOf = (env: Invocation['io']['env']): Values =>
  Object.fromEntries(
    read
      .filter((name) => env[name] !== undefined)
      .map((name) => [name, secret.test(name) ? 'is set' : withoutUserinfo(env[name] ?? '')]),
  );

/** Each with its mode, as `ls` would be asked for it: `/home/…/snapshots (0700)`. */
async function placesOf(invocation: Invocation): Promise<Values> {
  const { places, env } = invocation.io;
  const cache = env['XDG_CACHE_HOME'] || (env['HOME'] && join(env['HOME'], '.cache'));
  const named = {
    data: places.data,
    state: places.state,
    cache: cache ? join(cache, 'dkron-tui') : null,
    config: configPath(env),
    ...(await ofCluster(invocation)),
  };
  const found = Object.entries(named).map(
    async ([name, path]) => [name, path === null ? null : await withMode(path)] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}

/** Of the cluster that the context means, or that answered last at an address that can be made out. */
async function ofCluster(invocation: Invocation): Promise<Values> {
  try {
    const { url: address } = readAddress(invocation.target.url);
    const last = await registerOf(invocation).last(wayTo(invocation, address));
    if (last === null) return {};
    const { snapshots, journal } = invocation.io.places.cluster(last.id);
    return { snapshots: invocation.target.snapshots ?? snapshots, journal };
  } catch {
    return {};
  }
}

async function withMode(path: string): Promise<string> {
  const entry = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (entry instanceof Error)
    return `${path} (${entry.code === 'ENOENT' ? 'not there' : entry.code})`;
  return `${path} (${(entry.mode & 0o777).toString(8).padStart(4, '0')})`;
}

/** Longer than a server nearby takes, and than kubectl does until it forwards; ms. */
const patience = { straight: 3_000, forwarded: 15_000 };

async function serverOf(invocation: Invocation): Promise<Values> {
  const { io } = invocation;
  try {
    const reach = reachFor(invocation);
    const client = createClient({ route: reach.route, log: io.log });
    const ms = reach.forward === null ? patience.straight : patience.forwarded;
    try {
      const signal = AbortSignal.any([io.signal, AbortSignal.timeout(ms)]);
      const [{ value: server }, { value: leader }] = await Promise.all([
        client.server({ signal }),
        client.leader({ signal }),
      ]).catch((error: unknown) => {
        throw signal.aborted ? new Error(`no answer within ${ms / 1000} s`) : error;
      });
      const { name, version } = server;
      return { address: client.url, version, node: name, leader: leader?.Name ?? 'none' };
    } catch (error) {
      return { address: client.url, problem: withoutUserinfo(explain(error)[0] ?? '') };
    } finally {
      await client.close();
      await reach.close();
    }
  } catch (error) {
    return { address: null, problem: explain(error)[0] ?? '' };
  }
}

/** The newest three: name and path. */
async function defectsIn(folder: string): Promise<Values> {
  const names = await readdir(folder).catch(() => []);
  const newest = names.sort().slice(-3).reverse();
  return Object.fromEntries(newest.map((name) => [name.slice(0, 17), join(folder, name)]));
}

function linesOf(info: Readonly<Record<string, Values>>): Line[] {
  const names = Object.values(info).flatMap(Object.keys);
  const longest = Math.max(...names.map(({ length }) => length));
  return Object.entries(info).flatMap(([title, values]): Line[] => {
    const rows = Object.entries(values);
    if (rows.length === 0) return [[quiet(title.padEnd(12)), quiet(' none')]];
    return rows.map(([name, value], at) => [
      quiet((at === 0 ? title : '').padEnd(12)),
      plain(` ${name.padEnd(longest)}  `),
      value === null ? quiet('–') : plain(value),
    ]);
  });
}
