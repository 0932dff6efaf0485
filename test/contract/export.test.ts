/** A folder that goes to a server and comes back, on the demo server and on the newest real Dkron. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { run } from '../cli/run.ts';
import { realDkronsLine } from '../support/dkron.ts';
import { aDefinition } from '../support/jobs.ts';
import { anOddJob } from '../support/odd-jobs.ts';
import { ask, servers } from '../support/servers.ts';

console.log(`export: ${realDkronsLine()}`);

const newest = servers().filter(({ name }, at, all) => at === 0 || name === all[1]?.name);

/** Odd ones, and what people write. */
const jobs = (): Job[] => [
  ...fc
    .sample(anOddJob, { numRuns: 40, seed: 11 })
    .map((job, at) => ({ ...job, name: `odd-${at}` })),
  ...[
    {
      name: 'body',
      executor: 'http',
      executor_config: {
        url: 'http://a',
        body: '{"big":9223372036854775808,"far":1e400,"a":1.0,"a":"é\\u00e9","in":"{\\"n\\":1}"}',
        headers: '[ "A: b" ]',
      },
    },
    {
      name: 'script',
      executor_config: { command: 'set -e\nfor x in 1 2; do\n\techo "$x"\ndone\n\n' },
    },
    {
      name: 'child',
      schedule: '',
      parent_job: 'script',
      tags: { no: 'no', n: '0x1F', t: '12:30:45' },
    },
    { name: 'é', metadata: JSON.parse('{"__proto__":"p","":"e","null":"~"}'), disabled: true },
  ].map((job) => aDefinition(job) as Job),
];

describe.each(newest)('on $name', ({ start }) => {
  it('is the same byte for byte, and no drift', async () => {
    const server = await start();
    const folder = await mkdtemp(join(tmpdir(), 'export-'));
    onTestFinished(async () => {
      await rm(folder, { recursive: true });
      await server.stop();
    });
    const dkron = (...argv: string[]) => run([...argv, '--url', server.url]);
    const wanted = jobs();
    for (const job of wanted) await ask(`${server.url}/v1/jobs`, 'POST', job);
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const first = await dkron('export', one);
    expect(first, first.stdout).toMatchObject({ code: 0 });
    expect(await dkron('drift', one)).toMatchObject({ code: 0 });
    for (const { name } of wanted.toReversed())
      await ask(`${server.url}/v1/jobs/${encodeURIComponent(name)}`, 'DELETE');
    const applied = await dkron('apply', one, '--yes');
    expect(applied, applied.stderr).toMatchObject({ code: 0 });
    expect((await dkron('export', two)).code).toBe(0);
    const files = (await readdir(one)).sort();
    expect(files).toHaveLength(wanted.length);
    expect((await readdir(two)).sort()).toEqual(files);
    for (const file of files)
      expect(await readFile(join(two, file), 'utf8')).toBe(await readFile(join(one, file), 'utf8'));
    expect((await dkron('export', one)).stdout).toBe(`${one}: ${files.length} the same\n`);
    expect(await dkron('drift', one)).toMatchObject({ code: 0 });
  });
});
