/** Puts recorded requests to a server and pairs its answers with the recorded ones. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { comparable, remember, saidNothing } from './comparable.ts';
import type { Answer, Request, Step } from './recording.ts';

/** One step, as the server answered it and as it was recorded. */
export interface Pair {
  readonly name: string;
  readonly answered: object;
  readonly recorded: object;
}

/** Replays a group against a server without jobs. */
export async function replay(url: string, steps: readonly Step[]): Promise<Pair[]> {
  const target = await startTarget();
  const said = saidNothing();
  const pairs: Pair[] = [];
  for (const { group, step, pauseMs = 0, request, answer } of steps) {
    await sleep(pauseMs);
    remember(said, request.body ?? request.form?.content ?? '');
    const path = await withFirst(url, request.path);
    const answered = await put(url, { ...request, path }, target.url);
    pairs.push({
      name: `${group} ${step}: ${request.method} ${request.path}`,
      answered: comparable(answered, request.path, said),
      recorded: comparable(answer, request.path, said),
    });
  }
  target.close();
  return pairs;
}

async function put(url: string, request: Request, target: string): Promise<Answer> {
  const response = await fetch(url + request.path, {
    method: request.method,
    body: bodyOf(request, target),
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
  });
  const body = (await response.text()).replaceAll(target, '{{target}}');
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

function bodyOf({ body, form }: Request, target: string): FormData | string | null {
  const fill = (content: string): string => content.replaceAll('{{target}}', target);
  if (form === undefined) return body === undefined ? null : fill(body);
  const data = new FormData();
  data.append(form.field, new Blob([fill(form.content)]), 'jobs.json');
  return data;
}

/** A path with `{{first:LIST}}` replaced by the id of the first item of that list. */
async function withFirst(url: string, path: string): Promise<string> {
  const [placeholder, list] = /\{\{first:(.*?)\}\}/.exec(path) ?? [];
  if (placeholder === undefined) return path;
  const [first] = (await (await fetch(url + list)).json()) as { id: string }[];
  return path.replace(placeholder, first?.id ?? 'none');
}

/** What http jobs call: `/missing` is missing, everything else is echoed. */
async function startTarget(): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    response.statusCode = request.url === '/missing' ? 404 : 200;
    if (response.statusCode === 200) response.setHeader('content-type', 'text/plain');
    response.end(response.statusCode === 200 ? await echo(request) : 'missing');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function echo(request: IncomingMessage): Promise<string> {
  const { method, url, headers } = request;
  const body = await text(request);
  return `refreshed ${method} ${url} x-url=${headers['x-url'] ?? ''} type=${headers['content-type'] ?? ''} body=${body}`;
}

/** Deletes all jobs, also those of a cycle: parents and dependents are taken away first. */
export async function clearJobs(url: string): Promise<void> {
  const jobs = await listJobs(url);
  if (jobs.length === 0) return;
  const alone = { parent_job: '', schedule: '@manually', dependent_jobs: null };
  for (const job of jobs.filter(({ parent_job }) => parent_job !== ''))
    await fetch(`${url}/v1/jobs`, { method: 'POST', body: JSON.stringify({ ...job, ...alone }) });
  for (const { name } of jobs)
    await fetch(`${url}/v1/jobs/${encodeURIComponent(name)}`, { method: 'DELETE' });
  const left = await listJobs(url);
  if (left.length > 0) throw new Error(`${left.length} jobs cannot be deleted from ${url}`);
}

interface ListedJob {
  readonly name: string;
  readonly parent_job: string;
}

const listJobs = async (url: string): Promise<ListedJob[]> =>
  (await fetch(`${url}/v1/jobs`)).json() as Promise<ListedJob[]>;
