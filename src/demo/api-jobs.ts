/** The handlers of `/v1/jobs` and below (Dkron api.go). */
import type { Answer, Call } from './answer.ts';
import { bare, json, jsonText, plain, total } from './answer.ts';
import { decodeJob, emptyJob } from './decode-job.ts';
import { renderListed, selectExecutions } from './executions.ts';
import type { Job } from './job.ts';
import { encode } from './json.ts';
import { page, selectJobs } from './list.ts';
import { BadJson, readFirstJson } from './read-json.ts';
import { renderExecution, renderJob } from './render.ts';
import { NotRunnable } from './run.ts';
import type { State } from './state.ts';
import { SetJobFailed } from './store.ts';
import { utc } from './time.ts';
import { refusal } from './validate.ts';

const encodeJob = (job: Job): string => encode(renderJob(job));

export function listJobs({ store }: State, call: Call): Answer {
  const rows = selectJobs(store, call.query);
  if (rows === undefined) return bare(500);
  const headers = total(rows.length);
  const shown = page(rows, call.query);
  if (shown === undefined) return bare(500, headers);
  return jsonText(call, () => bracketed(shown.map((job) => store.text(job, encodeJob))), {
    headers,
  });
}

const comma = Buffer.from(',');

/** The items of a list joined as bytes: at 100 000 jobs a text of them all would be in the way. */
function bracketed(items: readonly Buffer[]): Buffer {
  const parts = items.flatMap((item, index) => (index === 0 ? [item] : [comma, item]));
  return Buffer.concat([Buffer.from('['), ...parts, Buffer.from(']')]);
}

export function getJob({ store }: State, call: Call): Answer {
  const job = store.job(call.params[0]!);
  return job === undefined ? bare(404) : json(call, renderJob(job));
}

/** POST, PATCH and PUT alike; the body's name decides, not the path's. */
export async function putJob(state: State, call: Call): Promise<Answer> {
  if (state.paused) return plain(503, 'New job submissions are currently paused');
  let job: Job;
  try {
    const body = (await call.body()).toString();
    const sent = decodeJob(readFirstJson(body), { ...emptyJob, concurrency: 'allow' });
    job = { ...sent, id: sent.name };
  } catch (error) {
    if (error instanceof BadJson) return plain(400, `Unable to parse payload: ${error.message}.`);
    throw error;
  }
  const reason = refusal(job);
  if (reason !== undefined) return plain(400, `Job validation failed: ${reason}.`);
  try {
    state.setJob(job);
  } catch (error) {
    if (error instanceof SetJobFailed) return plain(error.status, error.message);
    throw error;
  }
  if (call.query.has('runoncreate')) void run(state, job.name);
  const headers = { Location: `${call.target}/${job.name}` };
  return json(call, renderJob(job), { status: 201, headers });
}

export function deleteJob({ store, scheduler }: State, call: Call): Answer {
  const job = store.deleteJob(call.params[0]!);
  if (job === undefined) return bare(404);
  scheduler.remove(job.name);
  return json(call, renderJob(job));
}

/** Answers when the run, its retries and its children have ended. */
export async function runJob(state: State, call: Call): Promise<Answer> {
  const job = await run(state, call.params[0]!);
  if (job === undefined) return bare(404);
  return json(call, renderJob(job), { headers: { Location: call.target } });
}

async function run({ runner }: State, name: string): Promise<Job | undefined> {
  return runner.run(name).catch((error: unknown) => {
    if (error instanceof NotRunnable) return undefined;
    throw error;
  });
}

export function toggleJob(state: State, call: Call): Answer {
  const stored = state.store.job(call.params[0]!);
  if (stored === undefined) return bare(404);
  const job = { ...stored, disabled: !stored.disabled };
  try {
    state.setJob(job);
  } catch (error) {
    if (error instanceof SetJobFailed) return bare(422);
    throw error;
  }
  return json(call, renderJob(job), { headers: { Location: call.target } });
}

export function listExecutions({ store }: State, call: Call): Answer {
  const job = store.job(call.params[0]!);
  if (job === undefined) return bare(404);
  const asked = call.query.get('output_size_limit') ?? '';
  const limit = /^[+-]?\d+$/.test(asked) ? Number(asked) : undefined;
  const rows = selectExecutions(store, job, call.query);
  const shown = rows.map((execution) => renderListed(execution, job, limit));
  return json(call, shown, { headers: total(rows.length) });
}

export function getExecution({ store }: State, call: Call): Answer {
  const [name, key] = call.params;
  const execution = store.job(name!) && store.execution(name!, key!);
  return execution === undefined ? bare(404) : json(call, renderExecution(execution, utc));
}

export function deleteExecutions({ store }: State, call: Call): Answer {
  const job = store.deleteExecutions(call.params[0]!);
  return job === undefined ? bare(500) : json(call, renderJob(job));
}
