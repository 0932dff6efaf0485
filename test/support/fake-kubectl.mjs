/**
 * A kubectl for tests, which prints what kubectl prints and forwards TCP to a server of this machine.
 * `fakeKubectl` in kubectl.ts makes it, puts it on a PATH and turns what it does while it runs.
 *
 * Called as `fake-kubectl.mjs FOLDER ARGUMENTS…`; FOLDER holds
 * - `control.json`, which is read again and again (the fields are `Control` in kubectl.ts);
 * - `starts`, to which every port-forward adds a line: its process id and its arguments, as JSON.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const [, , folder, ...args] = process.argv;
const control = () => JSON.parse(readFileSync(`${folder}/control.json`, 'utf8'));
const out = (line) => process.stdout.write(`${line}\n`);
const err = (line) => process.stderr.write(`${line}\n`);

/** An error as the logger of its version writes it; kubectl's last words are bare. */
function logged(message, cause, pairs = {}) {
  const [, minor = '33'] = /^v1\.(\d+)/.exec(control().version) ?? [];
  const head = 'E1126 14:31:29.104512   10501';
  if (Number(minor) >= 37) {
    const more = Object.entries(pairs).map(([key, value]) => ` ${key}=${value}`);
    err(
      `${head} portforward.go:413] ${JSON.stringify(message)} err=${JSON.stringify(cause)}${more.join('')}`,
    );
  } else if (Number(minor) >= 32)
    err(
      `${head} portforward.go:413] "Unhandled Error" err=${JSON.stringify(`${message}: ${cause}`)}`,
    );
  else err(`${head} portforward.go:409] ${message}: ${cause}`);
}

/** Says it and ends, once it is out. */
function endWith(line, code = 1) {
  process.stderr.write(`${line}\n`, () => process.exit(code));
}

/** The value of `--name=value`, `--name value` or `-n value`. */
function option(...names) {
  const at = args.findIndex((arg) => names.includes(arg.split('=')[0]));
  if (at < 0) return null;
  return args[at].includes('=') ? args[at].slice(args[at].indexOf('=') + 1) : args[at + 1];
}

const isOld = () => Number(/^v1\.(\d+)/.exec(control().version)?.[1]) < 32;

function portForward() {
  appendFileSync(`${folder}/starts`, `${JSON.stringify({ pid: process.pid, args })}\n`);
  const { context } = control();
  const asked = option('--context');
  if (asked !== null && context !== null && asked !== context)
    return endWith(`error: context "${asked}" does not exist`);
  begin(Date.now());
}

/** Waits until it is due, and as long as there is no pod. */
function begin(startedAt) {
  const { delay, fails, hangs } = control();
  if (hangs || Date.now() - startedAt < delay) return setTimeout(begin, 20, startedAt);
  if (fails !== null) {
    for (const line of fails.slice(0, -1)) err(line);
    return endWith(fails.at(-1));
  }
  listen();
}

function listen() {
  const remote = args.at(-1).replace(/^.*:/, '');
  let { dies, says, floods } = control();
  let wedged = false;
  const sockets = new Set();
  const server = createServer((socket) => {
    const { to, closed } = control();
    const local = server.address().port;
    out(`Handling connection for ${local}`);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    if (wedged) return;
    if (closed) {
      logged(
        `an error occurred forwarding ${local} -> ${remote}`,
        `error forwarding port ${remote} to pod 8a1b, uid : failed to execute portforward in network namespace "/var/run/netns/cni-1": failed to connect to localhost:${remote} inside namespace "8a1b", IPv4: dial tcp4 127.0.0.1:${remote}: connect: connection refused`,
        { localPort: local, remotePort: remote },
      );
      return endWith('error: lost connection to pod');
    }
    const { hostname, port } = new URL(to);
    const pod = connect(Number(port), hostname);
    sockets.add(pod);
    pod.on('close', () => sockets.delete(pod)).on('error', () => socket.destroy());
    socket.pipe(pod, { end: false }).pipe(socket);
    const brokenOff = () => {
      logged(
        `an error occurred forwarding ${local} -> ${remote}`,
        'error copying from remote stream to local connection: write: broken pipe',
        { localPort: local, remotePort: remote },
      );
      if (isOld()) wedge();
      else pod.destroy();
    };
    // Bytes for somebody who has gone make an old kubectl stand still (kubectl#1620).
    socket.on('close', () => {
      if (wedged) return;
      pod.unpipe();
      if (socket.errored) brokenOff();
      else if (isOld()) pod.once('data', brokenOff).resume();
      else pod.destroy();
    });
  });

  function wedge() {
    wedged = true;
    for (const socket of sockets) socket.unpipe().pause();
  }

  server.listen(0, '127.0.0.1', () => {
    out(`Forwarding from 127.0.0.1:${server.address().port} -> ${remote}`);
    setInterval(() => {
      const now = control();
      if (now.wedged && !wedged) wedge();
      if (now.says.length > says.length) {
        for (const line of now.says.slice(says.length)) err(line);
        says = now.says;
      }
      if (now.floods > floods) {
        floods = now.floods;
        for (let line = 0; line < 20_000; line++)
          process.stdout.write(`Handling connection for ${server.address().port}\n`);
      }
      if (now.dies > dies) endWith('error: lost connection to pod');
    }, 20);
  });
}

if (args.includes('port-forward')) portForward();
else if (args.includes('version'))
  out(JSON.stringify({ clientVersion: { major: '1', gitVersion: control().version } }, null, 2));
else if (args.includes('current-context')) {
  const { context } = control();
  if (context === null) endWith('error: current-context is not set');
  else out(context);
} else if (args.includes('view')) out(control().kubernetes ?? '');
else endWith(`error: unknown command "${args.join(' ')}" for "kubectl"`);
