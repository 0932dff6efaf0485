import { describe, expect, it, onTestFinished } from 'vitest';
import { areOne } from '../../src/cluster/one.ts';
import { createClient } from '../../src/dkron/client.ts';
import { json, serve } from '../dkron/scripted.ts';
import { aJob } from '../support/jobs.ts';

interface Cluster {
  /** `name address` of each of its servers. */
  readonly servers: readonly string[];
  readonly jobs: readonly object[];
}

async function clientOf({ servers, jobs }: Cluster) {
  const members = servers.map((server) => {
    const [Name, Addr] = server.split(' ');
    return { Name, Addr, Port: 8946, Tags: { server: 'true' }, Status: 1 };
  });
  const { url } = await serve(({ path }) => {
    if (path === '/v1/members') return json(members);
    if (path === '/v1/leader') return json(members[0] ?? null);
    if (path === '/v1/jobs') return json(jobs);
    const name = path.slice('/v1/jobs/'.length);
    const job = jobs.find((one) => 'name' in one && one.name === name);
    return job ? json(job) : { status: 404, body: '' };
  });
  const client = createClient({ url });
  onTestFinished(() => client.close());
  return client;
}

const ran = (name: string, success_count: number, last_success: string) =>
  aJob({ name, success_count, last_success });
const staging = [ran('a', 3, '2026-11-01T00:00:00Z'), ran('b', 5, '2026-11-02T00:00:00Z')];
const prod = ['a', 'b', 'c'].map((name) => ran(name, 900, '2026-11-20T00:00:00Z'));
const stagingThrice = [...staging, ran('c', 7, '2026-11-03T00:00:00Z')];

describe('two addresses lead to one cluster', () => {
  const inKubernetes = ['dkron-0 10.42.0.5', 'dkron-1 10.42.0.6'];
  it.each<[string, boolean, Cluster, Cluster]>([
    [
      'where they tell the same servers and jobs',
      true,
      { servers: inKubernetes, jobs: staging },
      { servers: inKubernetes, jobs: staging },
    ],
    [
      'also without a job',
      true,
      { servers: ['n1 1.1.1.1'], jobs: [] },
      { servers: ['n1 1.1.1.1'], jobs: [] },
    ],
    [
      'and not where names are the same at other addresses',
      false,
      { servers: inKubernetes, jobs: staging },
      { servers: ['dkron-0 10.42.7.5'], jobs: staging },
    ],
    [
      'nor where two Kubernetes gave the same addresses to other jobs',
      false,
      { servers: inKubernetes, jobs: prod },
      { servers: inKubernetes, jobs: stagingThrice },
    ],
    [
      'nor where nothing is told of either',
      false,
      { servers: [], jobs: [] },
      { servers: [], jobs: [] },
    ],
    [
      'but where runs ended at the same moments, whatever is told of the servers',
      true,
      { servers: [], jobs: prod },
      { servers: ['n1 1.1.1.1'], jobs: prod },
    ],
  ])('%s', async (_, expected, one, other) => {
    const [here, there] = [await clientOf(one), await clientOf(other)];
    expect(await areOne(here, there, Date.now)).toBe(expected);
    expect(await areOne(there, here, Date.now)).toBe(expected);
  });
});
