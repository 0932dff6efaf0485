import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NotFound, OperatorError } from '../../src/base/errors.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { transportOf } from '../../src/dkron/sender.ts';
import { postJob, removeExecutions, removeJob, runOnce } from '../../src/dkron/write/calls.ts';
import { serve } from './scripted.ts';

/** What real servers answered; see README.md beside the data. */
interface Recorded {
  readonly group: string;
  readonly step: string;
  readonly request: { readonly method: string; readonly path: string };
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
}

const recorded = (version: string): Recorded[] =>
  JSON.parse(readFileSync(`test/data/contract/dkron-${version}.json`, 'utf8'));

type Reader = (dkron: Dkron, recorded: Recorded) => Promise<unknown>;

/** Which call of the client makes such a request; what it reads comes out as the server's own text. */
const readers: readonly [method: string, path: RegExp, Reader][] = [
  ['GET', /^\/v1\/?$/, async (dkron) => (await dkron.server()).value.version],
  ['GET', /^\/v1\/members$/, async (dkron) => (await dkron.members()).value.length],
  ['GET', /^\/v1\/leader$/, async (dkron) => (await dkron.leader()).value?.Name],
  ['GET', /^\/v1\/busy$/, async (dkron) => (await dkron.busy()).value.length],
  ['GET', /^\/v1\/pause$/, async (dkron) => (await dkron.paused()).value],
  ['GET', /^\/health$/, async (dkron) => (await dkron.health()).value.status],
  ['GET', /^\/v1\/stats\?/, async (dkron) => (await dkron.stats(2)).value?.length ?? null],
  ['GET', /^\/v1\/jobs(\?|$)/, readList],
  ['GET', /^\/v1\/jobs\/[^/]+$/, async (dkron) => (await dkron.job('it')).value.text],
  ['GET', /\/executions(\?|$)/, readExecutions],
  ['GET', /\/executions\/.+$/, async (dkron) => (await dkron.execution('it', '1')).value.id],
  ['POST', /^\/v1\/jobs(\?|$)/, (dkron) => postJob(transportOf(dkron), 'it', '{}')],
  ['PATCH', /^\/v1\/jobs$/, (dkron) => postJob(transportOf(dkron), 'it', '{}')],
  ['PUT', /^\/v1\/jobs\//, (dkron) => postJob(transportOf(dkron), 'it', '{}')],
  ['POST', /^\/v1\/jobs\/[^/]+(\/run)?$/, (dkron) => runOnce(transportOf(dkron), 'it')],
  ['DELETE', /^\/v1\/jobs\/[^/]+$/, (dkron) => removeJob(transportOf(dkron), 'it')],
  ['DELETE', /\/executions$/, (dkron) => removeExecutions(transportOf(dkron), 'it')],
];

async function readList(dkron: Dkron): Promise<string> {
  const jobs = await Array.fromAsync(dkron.jobs());
  return `[${jobs.map(({ text }) => text).join(',')}]`;
}

async function readExecutions(dkron: Dkron, { answer }: Recorded): Promise<string> {
  const { value } = await dkron.executions('it');
  // Their groups are what a careless reader would round.
  for (const { group } of value) expect(answer.body).toContain(`"group":${group},`);
  return `${value.length} executions`;
}

const readerOf = ({ request: { method, path } }: Recorded): Reader | undefined =>
  readers.find(([itsMethod, itsPath]) => itsMethod === method && itsPath.test(path))?.[2];

/** What an answer must mean, from nothing but the request and the answer. */
function meaning({
  request: { method, path },
  answer: { status, headers, body },
}: Recorded): unknown {
  const count = headers['x-total-count'];
  if (status === 200 && method === 'GET') {
    if (/^\/v1\/?$/.test(path)) return JSON.parse(body).agent.version;
    if (path === '/v1/leader') return JSON.parse(body).Name;
    if (path === '/v1/pause') return JSON.parse(body).paused;
    if (path === '/health') return JSON.parse(body).status;
    if (path.startsWith('/v1/stats')) return JSON.parse(body).stats.length;
    if (/members|busy/.test(path)) return JSON.parse(body).length;
    if (/\/executions(\?|$)/.test(path)) return `${count} executions`;
    if (path.includes('/executions/')) return body ? JSON.parse(body).id : 'NotFound';
    if (body === '') return 'ServerError';
    // Slices and filters announce more than they hold; the client asks for whole lists only.
    if (path.startsWith('/v1/jobs?') && JSON.parse(body).length !== Number(count))
      return 'Miscounted';
    return body;
  }
  if (status === 201) return undefined;
  if (status === 200) return 'done';
  if (body === '404 page not found')
    return method === 'GET' && /pause|stats/.test(path) ? null : 'Unsupported';
  if (body === 'specified parent job not found') return 'ParentMissing';
  if (status === 503) return 'Paused';
  if (status === 400) return 'Refused';
  if (path.startsWith('/v1/jobs?')) return 'ServerError';
  if (method === 'POST' && path === '/v1/jobs') return 'Refused';
  return method === 'GET' ? 'NotFound' : 'no reason';
}

describe.each(['4.1.2', '4.0.9', '3.2.7'])('the answers of Dkron %s', (version) => {
  const all = recorded(version);

  it('mean to an operator what they mean, every one', async () => {
    let now: Recorded['answer'] | undefined;
    const { url } = await serve(({ path }) => {
      const { status, headers, body } = now!;
      // The look for the job itself, where an execution was not found.
      if (path === '/v1/jobs/it' && !body && status === 200) return { body: '{"name":"it"}' };
      return { status, headers, body };
    });
    const dkron = createClient({ url });
    const wrong: unknown[] = [];
    let read = 0;
    for (const one of all) {
      const reader = readerOf(one);
      if (!reader) continue;
      read++;
      now = one.answer;
      const got = await reader(dkron, one).catch((error: unknown) => {
        if (!(error instanceof OperatorError)) throw error;
        return error.name;
      });
      const wanted = meaning(one);
      if (got !== wanted) wrong.push({ step: one.step, ...one.request, got, wanted });
    }
    await dkron.close();
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(150);
  });

  it('leaves out only what the program never asks for', () => {
    const others = all
      .filter((one) => !readerOf(one))
      .map(({ request }) => request.path.replace(/\?.*/, ''));
    expect([...new Set(others)].sort()).toEqual(
      expect.arrayContaining(['/v1/restore', '/v1/isleader']),
    );
    for (const path of others)
      expect(path).toMatch(
        /^\/(nope|v1\/(nope|isleader|restore|pause|unpause|leader|jobs\/[^/]+\/toggle))$/,
      );
  });

  it("carries the server's own words into every refusal", async () => {
    const refusals = all.filter(
      ({ request, answer }) => request.path === '/v1/jobs' && answer.status === 400,
    );
    expect(refusals.length).toBeGreaterThan(30);
    let now: Recorded['answer'] | undefined;
    const { url } = await serve(() => now!);
    const dkron = createClient({ url });
    for (const { answer } of refusals) {
      now = answer;
      const error = await postJob(transportOf(dkron), 'it', '{}').catch((failure) => failure);
      const words = answer.body.replace(/^Job (validation failed|contains invalid value): /, '');
      expect(error.message).toBe(`${url} refused it: ${words.replace(/\.$/, '')}`);
      expect(error).not.toBeInstanceOf(NotFound);
    }
    await dkron.close();
  });
});
