import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { createProgram } from '../../src/cli/program.ts';
import { escapeJson } from '../../src/terminal/json-escapes.ts';
import { json, type Scripted, serve } from '../dkron/scripted.ts';
import { aJob, anExecution } from '../support/jobs.ts';
import { run } from './run.ts';

/** C1, bidi marks, escapes, DEL, what shows nothing, half a character. */
const evil =
  'A\x1b[5mB\x9b5mC\x9d0;owned\x9cD\u202eE\u2066F\u200bG\x7fH\u2028I\x1b]52;c;ZXZpbA==\x07J';
/** What may not reach a terminal; the colours of our own are taken out before. */
const raw =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029]/u;
const ownColours = /\x1b\[(1|2|22|31|35|39)m/g;

const job = {
  ...aJob({
    displayname: evil,
    owner: evil,
    schedule: '@every 1h',
    tags: { [evil]: evil },
    metadata: { [evil]: evil },
    executor_config: { command: evil },
    parent_job: '',
  }),
  name: evil,
  id: evil,
};
const runs = [anExecution({ job_name: evil, node_name: evil, output: `${evil}\r\n${evil}` })];

/** A server that brings all of it in every answer, and refuses every write with it. */
async function hostile(): Promise<string> {
  const answers: [RegExp, () => Scripted][] = [
    [/^\/v1$/, () => json({ agent: { name: evil, version: '4.1.2' } })],
    [/leader$/, () => json({ Name: evil, Addr: evil, Port: 1, Tags: null, Status: 1 })],
    [/executions\/./, () => json(runs[0])],
    [/executions|busy$/, () => json(runs)],
    [/^\/v1\/jobs$/, () => json([job])],
    [/^\/v1\/jobs\//, () => json(job)],
    [/./, () => ({ status: 500, body: evil })],
  ];
  const { url } = await serve(({ method, path }) => {
    if (method !== 'GET') return { status: 400, body: `Job validation failed: ${evil}.` };
    const bare = path.replace(/\?.*/, '');
    return answers.find(([pattern]) => pattern.test(bare))![1]();
  });
  return url;
}

/** What may stand in a header: all but the controls of ASCII. */
const evilHeader = 'A\x9b5mB\x9d0;owned\x9cC\x90qD';

/** Answers that refuse, as they go over the wire. */
const refusals: Readonly<Record<string, string>> = {
  text: `500 ${evilHeader}\r\nX-Whom: ${evilHeader}\r\n\r\n${evil}`,
  'a page': `403 No\r\nServer: ${evilHeader}\r\nContent-Type: text/html\r\n\r\n<title>${evil}</title>`,
  JSON: `429 No\r\nRetry-After: ${evilHeader}\r\n\r\n${JSON.stringify({ message: evil })}`,
  'a proxy': `502 No\r\nServer: ${evilHeader}\r\n\r\n${evil}`,
  'a redirect': `307 No\r\nLocation: http://a.example/${evilHeader}\r\n\r\n`,
  'no authority': `401 No\r\nWWW-Authenticate: Basic realm="${evilHeader}"\r\n\r\n${evil}`,
  'a number that is none': `200 OK\r\nX-Total-Count: ${evilHeader}\r\n\r\n[${evil}`,
};

/** A server that answers everything with these bytes. */
async function answeringBytes(answer: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(`HTTP/1.1 ${answer.slice(0, answer.indexOf('\r\n\r\n') + 4)}`, 'latin1');
      socket.end(answer.slice(answer.indexOf('\r\n\r\n') + 4));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cli-output-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'f');
  await writeFile(file, text);
  return file;
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'cli-output-'));
  onTestFinished(() => rm(path, { recursive: true }));
  await writeFile(join(path, 'n.yaml'), stringify({ ...job, name: 'n' }));
  return path;
}

const file = () =>
  fileWith(
    JSON.stringify([
      { ...job, name: 'n' },
      { ...job, schedule: evil },
    ]),
  );

/** A line for every command there is: the test below asks for those that are missing. */
const lines: Readonly<Record<string, () => Promise<string[]> | string[]>> = {
  jobs: () => [],
  job: () => [evil],
  executions: () => [evil],
  output: () => [evil],
  run: () => ['--yes', '--follow', evil],
  'set-schedule': () => [evil, '@every 2h', '--yes'],
  edit: () => ['--yes', '--set', 'owner=x', evil],
  apply: async () => ['--yes', await file()],
  enable: () => ['--yes', evil],
  disable: () => ['--yes', evil],
  maintenance: () => ['start', 'status:never', '--name', evil, '--why', evil, '--yes'],
  create: () => ['--yes', evil, '--template', evil],
  clone: () => ['--yes', evil, 'other'],
  rename: () => ['--yes', evil, 'other'],
  delete: () => ['--yes', evil],
  clear: () => ['--yes', evil],
  undo: () => ['--yes'],
  journal: () => [],
  backup: () => ['-'],
  snapshots: () => [],
  pin: () => [evil],
  unpin: () => [evil],
  label: async () => [await file(), evil],
  prune: async () => ['--keep-last', '1', '--yes', '--folder', await folder()],
  show: async () => [await file(), '--print'],
  log: () => [evil],
  diff: async () => [await file(), '--show-secrets'],
  verify: async () => [await file()],
  restore: async () => ['--yes', await file()],
  export: async () => [await folder()],
  drift: async () => [await folder()],
  agenda: () => [],
  lint: () => ['--level', 'note', '--fix', '--yes'],
  missed: () => [],
  'compare-runs': () => [evil],
  why: () => [evil],
  'run-again': () => ['--yes', evil],
  watch: () => ['--once', evil],
  schedule: () => ['next', evil],
  family: () => [evil],
  cluster: () => [],
  pause: () => ['--yes'],
  unpause: () => ['--yes'],
  contexts: () => ['test', evil],
  demo: () => ['--port', evil],
  doctor: () => ['--write', '--yes'],
  info: () => [],
  completion: () => [evil],
};

test('every command is tried', async () => {
  const { stdout, stderr, env } = process;
  const io = { stdout, stderr, env } as never;
  const { addCommands } = await import('../../src/cli/commands.ts');
  const program = createProgram(io);
  await addCommands(program);
  expect(program.commands.map((command) => command.name()).sort()).toEqual(
    Object.keys(lines).sort(),
  );
});

describe('what a server sends', () => {
  test.each(Object.keys(lines).flatMap((name) => [[name], [name, '--json']]))(
    'reaches no terminal raw: %s %s',
    async (name, ...json) => {
      const argv = [name, ...(await lines[name]!()), ...json, '--url', await hostile()];
      const { stdout, stderr } = await run(argv, { typed: '' });
      const shown = `${stdout}${stderr}`;
      expect(shown).not.toBe('');
      expect(shown.replace(ownColours, '')).not.toMatch(raw);
    },
  );

  test.each(
    Object.keys(refusals).flatMap((how) => [
      [how, 'jobs'],
      [how, 'info'],
      [how, 'run', '--yes', 'a'],
      [how, 'disable', '--yes', 'a'],
      [how, 'restore', '--yes', 'a', '--json'],
      [how, 'jobs', '--json'],
      [how, 'job', evil, '--json'],
    ]),
  )('reaches no terminal raw as its reason: %s, %s', async (how, ...argv) => {
    const { stdout, stderr } = await run([...argv, '--url', await answeringBytes(refusals[how]!)], {
      typed: '',
    });
    const shown = `${stdout}${stderr}`;
    expect(shown).not.toBe('');
    expect(shown.replace(ownColours, '')).not.toMatch(raw);
  });

  test('reaches no terminal raw by way of the journal', async () => {
    let now = { ...job, name: 'a', id: 'a', metadata: null, tags: null };
    const { url } = await serve(({ method, path, body }) => {
      if (method === 'POST') now = JSON.parse(body);
      if (path === '/v1') return json({ agent: { name: evil, version: '4.1.2' } });
      const node = { Name: evil, Addr: '10.0.0.1', Port: 8946, Status: 1 };
      if (path === '/v1/members') return json([{ ...node, Tags: { server: 'true' } }]);
      return json(/jobs$/.test(path) && method === 'GET' ? [now] : now);
    });
    const changed = await run(['edit', 'a', '--yes', '--set', 'owner=x', '--url', url]);
    expect(changed, changed.stderr).toMatchObject({ code: 0 });
    for (const argv of [['journal'], ['journal', '--json'], ['undo', '--dry-run']]) {
      const { stdout, stderr } = await run([...argv, '--url', url], { typed: '' });
      expect(stdout, stderr).toContain(argv[0] === 'undo' ? 'IJ' : 'a');
      expect(`${stdout}${stderr}`.replace(ownColours, '')).not.toMatch(raw);
    }
  });

  test('is the same JSON on a terminal, and in a pipe the same bytes', async () => {
    const url = await hostile();
    const text = JSON.stringify(job);
    for (const [argv, expected] of [
      [['job', evil, '--json'], `${text}\n`],
      [['jobs', '--json'], `[${text}]\n`],
      [['backup', '-'], `${text}\n`],
    ] as const) {
      const piped = await run([...argv, '--url', url]);
      expect(piped.stdout).toBe(expected);
      const shown = await run([...argv, '--url', url], { typed: '' });
      expect(shown.stdout).not.toBe(expected);
      expect(JSON.parse(shown.stdout)).toEqual(JSON.parse(expected));
    }
    expect((await run(['output', evil, '--url', url])).stdout).toBe(`${evil}\r\n${evil}`);
  });
});

describe('JSON on a terminal', () => {
  test('means the same, whatever is in it', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
        expect(JSON.parse(escapeJson(text))).toEqual(JSON.parse(text));
        expect(escapeJson(text)).not.toMatch(raw);
      }),
    );
  });

  test('spells what would be obeyed, half characters and those of two units', () => {
    expect(escapeJson('"\x9b\x7f\u202e\ud83d \u{e0001}é😀"')).toBe(
      '"\\u009b\\u007f\\u202e\\ud83d \\udb40\\udc01é😀"',
    );
    expect(escapeJson('{\r\n"a":1,\r"b":2}')).toBe('{\n"a":1, "b":2}');
  });
});

test('commands print through one file only', () => {
  const files = readdirSync('src/cli', { recursive: true, encoding: 'utf8' });
  const writers = files
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => /std(out|err)\.write\(/.test(readFileSync(`src/cli/${name}`, 'utf8')));
  // Help, the completion scripts and the words on leaving hold nothing of anybody else.
  expect(writers.sort()).toEqual(['on-terminal.ts', 'output.ts', 'process.ts', 'program.ts']);
});
