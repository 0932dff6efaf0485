/** Every changing command over a line that breaks while the change is under way. */
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { run } from '../cli/run.ts';
import { countedServer } from '../support/counted-server.ts';
import { change, type Fault, faultProxy, type Stage } from '../support/fault-proxy.ts';
import { ask } from '../support/servers.ts';

const breaks: readonly [Stage, Fault][] = [
  ['before', { kind: 'reset' }],
  ['before', { kind: 'half-close' }],
  ['before', { kind: 'refuse' }],
  ['before', { kind: 'black-hole' }],
  ['before', { kind: 'hold' }],
  ['half', { kind: 'reset' }],
  ['half', { kind: 'half-close' }],
  ['half', { kind: 'black-hole' }],
  ['half', { kind: 'hold' }],
  ['answered', { kind: 'reset' }],
  ['answered', { kind: 'half-close' }],
  ['answered', { kind: 'refuse' }],
  ['answered', { kind: 'black-hole' }],
  ['answered', { kind: 'hold' }],
  ['answered', { kind: 'cut', after: 60 }],
  ['answered', { kind: 'corrupt', every: 7 }],
];

interface Commanded {
  readonly argv: readonly string[];
  /** Whether the server has it so. */
  readonly done: (jobs: ReadonlyMap<string, Job>) => boolean;
}

const commands: Readonly<Record<string, Commanded>> = {
  'set-schedule': {
    argv: ['set-schedule', 'zones', '@every 7h'],
    done: (jobs) => jobs.get('zones')?.schedule === '@every 7h',
  },
  disable: {
    argv: ['disable', 'zones'],
    done: (jobs) => jobs.get('zones')?.disabled === true,
  },
  create: {
    argv: ['create', 'new', '--template', 'shell'],
    done: (jobs) => jobs.has('new'),
  },
  delete: {
    argv: ['delete', 'zones'],
    done: (jobs) => !jobs.has('zones'),
  },
  run: {
    argv: ['run', 'zones'],
    done: (jobs) => jobs.get('zones')?.success_count === 1,
  },
};

/** What became of it, as it was told, as it is, and as it came to the server. */
async function tried({ argv, done }: Commanded, stage: Stage, fault: Fault) {
  const server = await countedServer({ name: 'zones', executor_config: { command: 'true' } });
  const line = await faultProxy(server.url);
  const struck = line.breakAt(change, fault, stage);
  const running = run([...argv, '--yes', '--url', line.url]);
  await struck;
  await line.mend();
  // Whoever holds a dead tunnel lets go of it in the end.
  if (fault.kind === 'black-hole') line.cut();
  const { code, stdout, stderr } = await running;
  const jobs = await ask<Job[]>(`${server.url}/v1/jobs`);
  return {
    code,
    told: stdout + stderr,
    happened: done(new Map(jobs.map((job) => [job.name, job]))),
    sent: server.changes().length,
  };
}

describe('a change whose line breaks', () => {
  it.each(Object.keys(commands))('%s: is sent once, and told as what it is', async (name) => {
    const all = breaks.map(async ([stage, fault]) => {
      const what = `${fault.kind} ${stage}`;
      const { code, told, happened, sent } = await tried(commands[name]!, stage, fault);
      expect(sent, what).toBeLessThanOrEqual(1);
      expect([0, 10], `${what}: ${told}`).toContain(code);
      if (code === 0) expect(happened, `${what}: ${told}`).toBe(true);
      else expect(told, what).not.toMatch(/nothing was (sent|written|changed)/i);
    });
    await Promise.all(all);
  });
});
