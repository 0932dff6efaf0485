/** The handlers beside jobs: the node, its cluster, what runs, pause, counts, restore (api.go). */
import { randomUUID } from 'node:crypto';
import type { Answer, Call } from './answer.ts';
import { bare, json, total } from './answer.ts';
import { encode } from './json.ts';
import { renderIndex, renderMember } from './node.ts';
import { renderExecution } from './render.ts';
import { BadFile, restore } from './restore.ts';
import type { State } from './state.ts';
import { SetJobFailed } from './store.ts';
import { utc } from './time.ts';

export const health = (_state: State, call: Call): Answer =>
  json(call, { leader: true, status: 'healthy' });

export const variables = (_state: State, call: Call): Answer =>
  json(call, { cmdline: ['dkron-tui', 'demo'], memstats: {}, scheduler_started: 1 });

export const index = ({ node }: State, call: Call): Answer => json(call, renderIndex(node));

export const members = ({ node }: State, call: Call): Answer =>
  json(call, [{ ...renderMember(node), id: randomUUID(), statusText: 'alive' }], {
    headers: total(1),
  });

export const leader = ({ node }: State, call: Call): Answer => json(call, renderMember(node));

export const isLeader = (_state: State, call: Call): Answer => json(call, 'I am a leader');

/** Answers like a node that leaves, and stays: the console in the same process would go with it. */
export const leave = (_state: State, call: Call): Answer => json(call, {});

export function busy({ runner }: State, call: Call): Answer {
  const rows = runner.active().sort((a, b) => Number(a.started_at - b.started_at));
  const shown = rows.map((execution) => renderExecution(execution, utc));
  return json(call, shown, { headers: total(rows.length) });
}

export const isPaused = ({ paused }: State, call: Call): Answer => json(call, { paused });

export const setPaused =
  (paused: boolean) =>
  (state: State, call: Call): Answer => {
    state.paused = paused;
    return json(call, { paused });
  };

const DAY = 86_400_000_000_000n;

/** Runs by day, the oldest first; 30 days unless asked otherwise, at most 365. */
export function stats({ store, clock }: State, call: Call): Answer {
  const asked = call.query.get('days') ?? '';
  const days = /^[+-]?\d+$/.test(asked) && Number(asked) > 0 ? Math.min(Number(asked), 365) : 30;
  const now = clock();
  const today = now - (now % DAY);
  const counts = store.days();
  const rows = Array.from({ length: days }, (_, index) => {
    const date = utc(today - BigInt(days - 1 - index) * DAY);
    const { success = 0, failed = 0 } = counts.get(String(date).slice(0, 10)) ?? {};
    return { date, success_count: success, failed_count: failed };
  });
  return json(call, { stats: rows });
}

/** The file of a form, as multipart; the answer is a JSON text within a JSON string. */
export async function restoreFile(state: State, call: Call): Promise<Answer> {
  const text = await formFile(call);
  if (text === undefined) return bare(404);
  try {
    const told = restore(text, (job) => {
      try {
        state.setJob(job);
        return true;
      } catch (error) {
        if (error instanceof SetJobFailed) return false;
        throw error;
      }
    });
    return json(call, encode(told));
  } catch (error) {
    if (error instanceof BadFile) return bare(400);
    throw error;
  }
}

/** The text of the form's part `file`; undefined for anything but a form with that file. */
async function formFile(call: Call): Promise<string | undefined> {
  const headers = { 'content-type': call.contentType ?? '' };
  try {
    const form = await new Response(await call.body(), { headers }).formData();
    const file = form.get('file');
    return file === null || typeof file === 'string' ? undefined : await file.text();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
