/**
 * Posts the jobs of a file of lines on as many connections as raft flushes together, parents before their
 * children, and looks at nothing else: what a server takes. `node bench/posts.ts URL FILE`
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import process from 'node:process';

const [url = '', file = ''] = process.argv.slice(2);
const lanes = 64;
const agent = new Agent({ keepAlive: true, maxSockets: lanes });
const target = new URL('/v1/jobs', url);

interface Line {
  readonly name: string;
  readonly parent_job?: string;
}

const post = (body: string): Promise<void> =>
  new Promise((done, fail) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const asked = request(target, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', done);
      if (answer.statusCode !== 201) fail(new Error(`${url} answered ${answer.statusCode}`));
    });
    asked.on('error', fail).end(body);
  });

const generation = new Map<string, number>();
const generations: string[][] = [];
for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
  const { name, parent_job = '' } = JSON.parse(line) as Line;
  const own = parent_job === '' ? 0 : (generation.get(parent_job) ?? 0) + 1;
  generation.set(name, own);
  generations[own] = [...(generations[own] ?? [])];
  generations[own].push(line);
}

for (const lines of generations) {
  const queue = lines.values();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const line of queue) await post(line);
    }),
  );
}
agent.destroy();
