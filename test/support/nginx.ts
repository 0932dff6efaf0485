/** A real nginx on loopback, where there is one. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePorts } from './dkron-node.ts';

/** Package managers put it where users do not look. */
const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
export const nginx = folders.map((folder) => join(folder, 'nginx')).find(existsSync);

/** One line: which nginx a suite runs on. */
export const nginxLine = (): string =>
  nginx === undefined
    ? 'nginx: not at hand, so no reverse proxy was tried'
    : String(spawnSync(nginx, ['-v'], { encoding: 'utf8' }).stderr).trim();

export interface Nginx {
  readonly ports: readonly number[];
  stop(): Promise<void>;
}

/**
 * Starts it with the servers of a configuration, which is told its free ports and a folder for files.
 * The files are written there first.
 */
export async function startNginx(
  count: number,
  servers: (ports: readonly number[], folder: string) => string,
  files: Readonly<Record<string, string>> = {},
): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
  const ports = await freePorts(count);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const conf = join(folder, 'nginx.conf');
  await writeFile(
    conf,
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http {
  access_log off;
  ${temp.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  ${servers(ports, folder)}
}`,
  );
  const child = spawn(nginx!, ['-p', folder, '-c', conf], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  for (const port of ports)
    while (!(await takes(port)))
      if (child.exitCode !== null) throw new Error(`nginx did not start: ${said}`);
  return {
    ports,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const takes = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (yes: boolean) => () => {
      socket.destroy();
      setTimeout(() => resolve(yes), yes ? 0 : 20);
    };
    socket.on('connect', done(true));
    socket.on('error', done(false));
  });
