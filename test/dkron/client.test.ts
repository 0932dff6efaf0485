import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  explain,
  NotDkron,
  NotFound,
  ServerError,
  Unauthorised,
  Unreachable,
  UnreadableJob,
  Unsupported,
} from '../../src/base/errors.ts';
import { busyNow } from '../../src/dkron/busy.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { transportOf } from '../../src/dkron/sender.ts';
import { deafServer } from '../support/deaf.ts';
import { faultProxy } from '../support/fault-proxy.ts';
import { aJob } from '../support/jobs.ts';
import { drop, json, type Script, type Scripted, serve } from './scripted.ts';

/** A client of a server that answers so. */
async function clientOf(script: Script): Promise<Dkron> {
  return client((await serve(script)).url);
}

function client(url: string): Dkron {
  const dkron = createClient({ url });
  onTestFinished(() => dkron.close());
  return dkron;
}

const text = (name: string): string => JSON.stringify(aJob({ id: name, name }));
const listOf =
  (texts: string[], count = texts.length): Script =>
  () => ({ headers: { 'x-total-count': String(count) }, body: `[${texts.join(',')}]` });

describe('the list of jobs', () => {
  it('hands out a job before the answer is whole', async () => {
    let goOn = (): void => {};
    const dkron = await clientOf(() => (response) => {
      response.writeHead(200, { 'x-total-count': '2', 'x-whom': 'n7' });
      response.write(`[${text('a')},{"na`);
      goOn = () => response.end(`${text('b').slice(4)}]`);
    });
    const heads: unknown[] = [];
    const names: string[] = [];
    for await (const { job } of dkron.jobs({ onHead: (head) => heads.push(head) })) {
      names.push(job.name);
      if (names.length === 1) goOn();
    }
    expect(names).toEqual(['a', 'b']);
    expect(heads).toEqual([{ whom: 'n7', total: 2 }]);
  });

  it('keeps the exact text of each job, and its unknown fields', async () => {
    const odd = '{ "name" : "odd", "quota": 9223372036854775807, "ratio":1.0, "tags":null }';
    const [first] = await Array.fromAsync((await clientOf(listOf([odd]))).jobs());
    expect(first?.text).toBe(odd);
    expect(JSON.stringify(first?.job)).toContain('"quota":9223372036854775807,"ratio":1.0');
    expect(first?.job).toMatchObject({ tags: null, schedule: '', disabled: false });
  });

  it('gives bytes that make up the same jobs', async () => {
    const dkron = await clientOf(listOf([text('a'), text('é')]));
    const bytes = (await Array.fromAsync(dkron.jobBytes())).flat();
    expect(bytes.map((object) => Buffer.from(object).toString())).toEqual([text('a'), text('é')]);
  });

  it('is not to be read with one that is no job, unless one asks to be told of it', async () => {
    const bad = text('b').replace('"retries":', '"retries":"many","was":');
    expect(bad).not.toBe(text('b'));
    const dkron = await clientOf(listOf([text('a'), bad, text('c'), '{"nobody":1}']));
    await expect(Array.fromAsync(dkron.jobs())).rejects.toThrow(
      /sent a job \(b\) that is not valid: retries must be a number$/,
    );
    const told: string[] = [];
    const onUnreadable = ({ message }: Error) => told.push(message);
    const jobs = await Array.fromAsync(dkron.jobs({ onUnreadable }));
    expect(jobs.map(({ job }) => job.name)).toEqual(['a', 'c']);
    expect(told).toEqual([expect.stringContaining('retries'), expect.stringContaining('name')]);
  });

  it('reads only those that are asked for, and what hides its name', async () => {
    const bad = text('b').replace('"retries":', '"retries":"many","was":');
    const hidden = text('é').replace('"é"', '"\\u00e9"');
    const dkron = await clientOf(listOf([text('a'), bad, text('c'), hidden]));
    const jobs = await Array.fromAsync(dkron.jobs({ names: new Set(['c', 'é']) }));
    expect(jobs.map(({ job }) => job.name)).toEqual(['c', 'é']);
    await expect(Array.fromAsync(dkron.jobs({ names: new Set(['b']) }))).rejects.toThrow('(b)');
  });

  it('says how many came when the connection breaks', async () => {
    const dkron = await clientOf(() => (response) => {
      response.writeHead(200, { 'x-total-count': '3' });
      response.write(`[${text('a')},`, () => response.destroy());
    });
    const why = 'the connection was closed before the answer was complete';
    await expect(Array.fromAsync(dkron.jobs())).rejects.toThrow(
      new RegExp(`^${dkron.url}: the list of jobs ended early, after 1 of 3: ${why}$`),
    );
  });

  it.each([
    ['too few', '[{"name":"a"}]', '2', /announced 2 jobs and sent 1$/],
    ['an end that is missing', '[{"name":"a"}', '1', /after 1 of 1$/],
  ])('does not take a list with %s for whole', async (_what, body, count, message) => {
    const dkron = await clientOf(() => ({ headers: { 'x-total-count': count }, body }));
    await expect(Array.fromAsync(dkron.jobs())).rejects.toThrow(message);
  });

  it('takes a list without a count, as 2.2.2 gives it', async () => {
    expect(
      await Array.fromAsync((await clientOf(() => ({ body: '[{"name":"a"}]' }))).jobs()),
    ).toHaveLength(1);
  });

  it.each([
    ['nothing', { body: '' }, ServerError],
    ['an object', { body: '{"error":"x"}' }, NotDkron],
    ['rows that are no jobs', { body: '[{"id":"x"}]' }, UnreadableJob],
    ['jobs that are not JSON', { body: '[{"name":x}]' }, UnreadableJob],
    ['a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, NotDkron],
  ])('refuses %s', async (_what, answer, error) => {
    await expect(Array.fromAsync((await clientOf(() => answer)).jobs())).rejects.toThrow(error);
  });

  it.each([
    ['none of none', '', '0', []],
    ['the most that are believed', '', '1000000', 'announced 1000000 jobs and sent 0'],
    ['more than that', '', '1000001', 'it announces more than a million jobs'],
    ['no number of jobs', '', 'many', 'it announces more than a million jobs'],
    ['an empty number of jobs', '{"name":"a"}', '', 'it goes on after 0 jobs'],
    ['one too many', '{"name":"a"},{"name":"b"}', '1', 'it goes on after 1 jobs'],
  ])('is counted: %s', async (_what, jobs, count, outcome) => {
    const dkron = await clientOf(() => ({
      headers: { 'x-total-count': count },
      body: `[${jobs}]`,
    }));
    const read = Array.fromAsync(dkron.jobs());
    if (typeof outcome === 'string') await expect(read).rejects.toThrow(outcome);
    else expect(await read).toEqual(outcome);
  });

  it('tells how many bytes came, and where it stands without a count', async () => {
    const dkron = await clientOf(() => (response) => {
      response.writeHead(200, { 'x-whom': 'n7' });
      response.write(`[${text('a')},`, () => response.destroy());
    });
    const heads: unknown[] = [];
    let bytes = 0;
    const onBytes = (count: number) => {
      bytes += count;
    };
    await expect(
      Array.fromAsync(dkron.jobs({ onBytes, onHead: (head) => heads.push(head) })),
    ).rejects.toThrow(/after 1: /);
    expect(bytes).toBe(`[${text('a')},`.length);
    expect(heads).toEqual([{ whom: 'n7', total: null }]);
  });

  it.each([
    ['{"name":"a","id":"x"}', 'a'],
    ['{"id":"x","name":"a"}', 'a'],
    ['{"id":"x","other":"x","name":"a"}', ''],
    ['{"name":"a\\"b"}', ''],
    ['{ "name":"a"}', ''],
  ])('is told of %s that cannot be read by the name in front', async (one, name) => {
    const broken = one.replace('}', ',"retries":-}');
    const names: string[] = [];
    const dkron = await clientOf(listOf([broken]));
    await Array.fromAsync(dkron.jobs({ onUnreadable: (_error, of) => names.push(of) }));
    expect(names).toEqual([name]);
    const { message } = await Array.fromAsync(dkron.jobs()).catch((error) => error);
    expect(message).toContain(name === '' ? 'its name is not the first field' : `(${name})`);
  });

  it('stops when it is told to', async () => {
    const dkron = await clientOf(() => (response) => {
      response.write(`[${text('a')},`);
    });
    const controller = new AbortController();
    const reading = (async () => {
      for await (const _job of dkron.jobs({ signal: controller.signal })) controller.abort();
    })();
    await expect(reading).rejects.toThrow('aborted');
  });

  it('stops also while there is no connection yet', async ({ skip }) => {
    const url = await deafServer();
    if (url === null) return skip('this machine takes connections for a program that is stopped');
    const controller = new AbortController();
    const reading = client(url).server({ signal: controller.signal });
    const reason = new Error('given up');
    setImmediate(() => controller.abort(reason));
    await expect(reading).rejects.toBe(reason);
  });
});

describe('errors', () => {
  it('says that nothing listens there', async () => {
    const error = await client('http://127.0.0.1:1')
      .server()
      .catch((failure) => failure);
    expect(error).toBeInstanceOf(Unreachable);
    expect(explain(error).join('\n')).toBe(
      'http://127.0.0.1:1 cannot be reached: connection refused\n' +
        'Check the address, that Dkron runs there, and that the port-forward is up.',
    );
  });

  it('says that the connection was closed', async () => {
    const dkron = await clientOf(() => drop);
    await expect(dkron.server()).rejects.toThrow(/cannot be reached: the connection was closed/);
  });

  it('tells a proxy from a Dkron', async () => {
    const dkron = await clientOf(() => ({
      status: 404,
      headers: { server: 'nginx/1.25.3', 'content-type': 'text/html' },
      body: '<html>404 Not Found</html>',
    }));
    await expect(dkron.server()).rejects.toThrow(/answers, but is not Dkron: nginx 404$/);
  });

  it('says what a JSON answer lacks to be Dkron', async () => {
    await expect((await clientOf(() => json({ name: 'x' }))).server()).rejects.toThrow(
      /not Dkron's: agent is missing$/,
    );
  });

  it('gives the server’s own words', async () => {
    const dkron = await clientOf(() => ({ status: 500, body: 'raft not initialized' }));
    await expect(dkron.members()).rejects.toThrow(
      /GET \/v1\/members with 500: raft not initialized$/,
    );
  });

  it('tells an old server from a missing job', async () => {
    const old = await clientOf(() => ({ status: 404, body: '404 page not found' }));
    await expect(old.busy()).rejects.toThrow(Unsupported);
    const empty = await clientOf(() => ({ status: 404 }));
    await expect(empty.job('gone')).rejects.toThrow(/^there is no job gone on http/);
    await expect(empty.executions('gone')).rejects.toThrow(NotFound);
  });
});

describe('the address', () => {
  it('puts the base path before every request, and the password into a header only', async () => {
    const { url, came } = await serve(() => json({ agent: { name: 'n1' } }));
    const dkron = client(`${url.replace('//', '//ops:secret@')}/tools/dkron/`);
    expect((await dkron.server()).value).toEqual({ name: 'n1', version: 'devel', tags: {} });
    expect(came[0]).toMatchObject({
      path: '/tools/dkron/v1',
      headers: { authorization: `Basic ${btoa('ops:secret')}` },
    });
    expect(dkron.url).toBe(`${url}/tools/dkron`);
  });

  it('escapes names of jobs and executions', async () => {
    const { url, came } = await serve(() => ({ status: 404 }));
    await client(url)
      .execution('a b/ü', '1-n 1')
      .catch(() => {});
    expect(came[0]?.path).toBe('/v1/jobs/a%20b%2F%C3%BC/executions/1-n%201');
  });
});

const run = {
  id: '1795363197856539654-n1',
  job_name: 'ok',
  started_at: '2026-11-22T15:59:57.8Z',
  finished_at: '0000-12-31T19:03:58-04:56',
  success: false,
  node_name: 'n1',
  attempt: 1,
};
const group = '1795363197854917204';
const runText = JSON.stringify(run).replace('{', `{"group":${group},`);

describe('executions', () => {
  it('keeps the 64-bit group as text', async () => {
    const dkron = await clientOf(() => ({ body: `[${runText}]` }));
    const { value, whom } = await dkron.executions('ok');
    expect(value).toEqual([{ ...run, group, output: '', output_truncated: false }]);
    expect(whom).toBe('n1');
  });

  it('always asks for a limited output', async () => {
    const { url, came } = await serve(() => json([]));
    await client(url).executions('ok');
    await client(url).executions('ok', { outputLimit: 0 });
    expect(came.map(({ path }) => path)).toEqual([
      '/v1/jobs/ok/executions?output_size_limit=4000',
      '/v1/jobs/ok/executions?output_size_limit=0',
    ]);
  });

  it('picks one from the list where the server cannot give one (before 3.1.11)', async () => {
    const dkron = await clientOf(({ path }) =>
      path.endsWith('?output_size_limit=-1')
        ? { body: `[${runText}]` }
        : { status: 404, body: '404 page not found' },
    );
    expect((await dkron.execution('ok', run.id)).value.group).toBe(group);
    await expect(dkron.execution('ok', 'other')).rejects.toThrow(/has no execution other/);
  });

  it.each([
    ['200 and nothing (up to 4.0.9)', 200],
    ['404 (from 4.1.0)', 404],
  ])('says that an execution is gone: %s', async (_what, status) => {
    const dkron = await clientOf(({ path }) =>
      path.endsWith('/executions/1-n1') ? { status } : json(aJob()),
    );
    await expect(dkron.execution('ok', '1-n1')).rejects.toThrow(/^job ok on .* has no execution/);
  });
});

describe('one execution', () => {
  const answering = (execution: Scripted, job: Scripted = json(aJob())) =>
    clientOf(({ path }) => (path.endsWith('/executions/1') ? execution : job));

  it.each<[execution: Scripted, job: Scripted | undefined, kind: unknown, message: RegExp]>([
    [{ status: 500 }, undefined, ServerError, /500/],
    [{ status: 401, whom: null }, undefined, Unauthorised, /401/],
    [{ status: 200, body: '{}' }, undefined, NotDkron, /is missing$/],
    [{ status: 404 }, { status: 404 }, NotFound, /there is no job ok/],
    [{ status: 200 }, { status: 404 }, NotFound, /there is no job ok/],
    [{ status: 404, body: 'x' }, undefined, NotFound, /has no execution 1/],
  ])('is not there after %j', async (execution, job, kind, message) => {
    const error = await (await answering(execution, job)).execution('ok', '1').catch((one) => one);
    expect(error.constructor).toBe(kind);
    expect(error.message).toMatch(message);
  });
});

it.each<[answer: Scripted, message: string]>([
  [{ body: '' }, 'answered /v1/members with nothing'],
  [{ body: '<html>' }, 'is not Dkron'],
  [{ body: '{' }, 'something that is not JSON'],
  [{ body: `[${'0,'.repeat(1_000_001)}0]` }, 'it has more than 1000000 values'],
  [{ status: 201, body: '[]' }, 'with 201'],
])('what is no answer of a Dkron is refused', async (answer, message) => {
  await expect((await clientOf(() => answer)).members()).rejects.toThrow(message);
});

it('a client that is closed answers nothing any more; one that is renewed goes on', async () => {
  const dkron = await clientOf(() => json([]));
  expect(dkron.closed).toBe(false);
  dkron.renew();
  expect((await dkron.members()).value).toEqual([]);
  await dkron.close();
  dkron.renew();
  expect(dkron.closed).toBe(true);
  await expect(dkron.members()).rejects.toThrow('this program closed the connection');
});

it('a small read that waits on a dead connection is answered by the new ones, a change is not sent again', async () => {
  const came: string[] = [];
  const { url } = await serve(({ method, path }) => {
    came.push(`${method} ${path}`);
    return json(path === '/v1' ? { agent: { name: 'n1', version: '4.1.2' } } : []);
  });
  const line = await faultProxy(url);
  const dkron = createClient({ url: line.url });
  onTestFinished(() => dkron.close());
  await dkron.members();
  await line.break({ kind: 'black-hole' });
  const waiting = dkron.server();
  const change = transportOf(dkron).send({ method: 'POST', path: '/v1/jobs/a', body: '' });
  const lost = expect(change).rejects.toThrow();
  await vi.waitFor(() => expect(line.connections).toBeGreaterThan(1));
  await line.mend();
  dkron.renew();
  expect((await waiting).value.name).toBe('n1');
  await dkron.close();
  await lost;
  expect(came.filter((one) => one.startsWith('POST'))).toEqual([]);
});

describe('what runs now', () => {
  it('is told, is nothing where the cluster cannot tell, and an error where nobody answers', async () => {
    const now = (script: Script, signal?: AbortSignal) =>
      clientOf(script).then((dkron) => busyNow(dkron, signal));
    expect(await now(() => ({ body: `[${runText}]` }))).toMatchObject([{ id: run.id }]);
    expect(await now(() => ({ status: 500 }), new AbortController().signal)).toEqual([]);
    await expect(now(() => drop)).rejects.toThrow(Unreachable);
    await expect(now(() => json([]), AbortSignal.abort())).rejects.toThrow('aborted');
  });
});

describe('the cluster', () => {
  it('has a leader, or an answer that is an error', async () => {
    const leader = { Name: 'n1', Addr: 'a', Port: 1, Status: 1 };
    expect((await (await clientOf(() => json(leader))).leader()).value).toMatchObject(leader);
    expect((await (await clientOf(() => json(null))).leader()).value).toBeNull();
    const other = await clientOf(() => ({ status: 502, body: 'null' }));
    await expect(other.leader()).rejects.toThrow(ServerError);
  });

  it('is paused or not, or cannot tell', async () => {
    for (const paused of [true, false])
      expect(await (await clientOf(() => json({ paused }))).paused()).toEqual({
        value: paused,
        whom: 'n1',
      });
    await expect((await clientOf(() => ({ status: 500 }))).paused()).rejects.toThrow(ServerError);
  });

  it.each([
    ['up to 4.1.2', 500, 'null'],
    ['3.x before raft is set up', 500, ''],
    ['if it is ever mended', 404, ''],
  ])('has no leader: %s', async (_what, status, body) => {
    expect((await (await clientOf(() => ({ status, body }))).leader()).value).toBeNull();
  });

  it('cannot be paused before 4.0.9', async () => {
    const dkron = await clientOf(() => ({ status: 404, body: '404 page not found' }));
    expect((await dkron.paused()).value).toBeNull();
  });

  it('says what /busy fails at', async () => {
    const error = await (await clientOf(() => ({ status: 500 })))
      .busy()
      .catch((failure) => failure);
    expect(explain(error).at(-1)).toMatch(/check the members/);
  });
});
