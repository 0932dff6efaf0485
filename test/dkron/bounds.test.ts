import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OperatorError, OutcomeUnknown } from '../../src/base/errors.ts';
import { within } from '../../src/dkron/bounds.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { transportOf } from '../../src/dkron/sender.ts';
import type { Ask } from '../../src/dkron/wire.ts';
import { postJob } from '../../src/dkron/write/calls.ts';
import { jobBounds, tooManyIn, tooMuch } from '../../src/job/bounds.ts';
import { aJob } from '../support/jobs.ts';
import { type Script, serve } from './scripted.ts';

const mega = 1 << 20;

/** Writes for ever, as fast as it is read. */
const flood =
  (start: string, more: () => string | Uint8Array, headers: Record<string, string> = {}): Script =>
  () =>
  (response) => {
    response.writeHead(200, { 'x-whom': 'n1', ...headers });
    response.write(start);
    pour(response, more);
  };

function pour(response: ServerResponse, more: () => string | Uint8Array): void {
  while (!response.destroyed) if (!response.write(more())) break;
  response.once('drain', () => pour(response, more));
}

const letters = Buffer.alloc(mega, 'a');
const spaces = Buffer.alloc(mega, ' ');
const manyJobs = (): (() => string) => {
  let count = 0;
  return () =>
    Array.from({ length: 1_000 }, () => `${JSON.stringify(aJob({ name: `j${count++}` }))},`).join(
      '',
    );
};

/** What a read or a write of a server that answers so comes to, without the address. */
async function told(script: Script, ask: (dkron: Dkron) => Promise<unknown>): Promise<string> {
  const { url } = await serve(script);
  const dkron = createClient({ url });
  onTestFinished(() => dkron.close());
  const error = await ask(dkron).then(
    () => null,
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(OperatorError);
  return (error as Error).message.replaceAll(url, 'URL');
}

const list = (dkron: Dkron) => Array.fromAsync(dkron.jobs());
const reads: readonly [string, string, (dkron: Dkron) => Promise<unknown>][] = [
  ['server', 'URL answers GET /v1 with more than 4 MB', (dkron) => dkron.server()],
  ['leader', 'URL answers GET /v1/leader with more than 4 MB', (dkron) => dkron.leader()],
  ['members', 'URL answers GET /v1/members with more than 4 MB', (dkron) => dkron.members()],
  ['paused', 'URL answers GET /v1/pause with more than 4 MB', (dkron) => dkron.paused()],
  ['busy', 'URL answers GET /v1/busy with more than 64 MB', (dkron) => dkron.busy()],
  ['job', 'URL answers GET /v1/jobs/a with more than 64 MB', (dkron) => dkron.job('a')],
  [
    'executions',
    'URL answers GET /v1/jobs/a/executions?output_size_limit=4000 with more than 64 MB',
    (dkron) => dkron.executions('a'),
  ],
  [
    'execution',
    'URL answers GET /v1/jobs/a/executions/1 with more than 64 MB',
    (dkron) => dkron.execution('a', '1'),
  ],
];

describe('an answer without an end', () => {
  it.each(reads)('is given up: %s', async (_, message, ask) => {
    expect(
      await told(
        flood('"', () => letters),
        ask,
      ),
    ).toBe(message);
  });

  it.each<[string, (dkron: Dkron) => Promise<unknown>]>([
    ['/v1/jobs', list],
    ['/v1/jobs/a', (dkron) => dkron.job('a')],
    ['/v1/busy', (dkron) => dkron.busy()],
  ])('is given up soon where it should say why %s was refused', async (path, ask) => {
    const refusal: Script = () => (response) => {
      response.writeHead(500);
      pour(response, () => letters);
    };
    expect(await told(refusal, ask)).toBe(`URL answers GET ${path} with more than 4 MB`);
  });

  it.each<[string, Script, string]>([
    ['of spaces', flood('[', () => spaces), 'nothing in it ends within 32 MB'],
    ['of one job', flood('[{"name":"', () => letters), 'nothing in it ends within 32 MB'],
    [
      'of more jobs than announced',
      flood('[', manyJobs(), { 'x-total-count': '42' }),
      'it goes on after 42 jobs',
    ],
    [
      'of more jobs than anybody has',
      flood('[', manyJobs(), { 'x-total-count': '900000000' }),
      'it announces more than a million jobs',
    ],
    ['of jobs without a number', flood('[', manyJobs()), 'it goes on after 100000 jobs'],
  ])('is no list of jobs: %s', async (_, script, why) => {
    expect(await told(script, list)).toBe(`URL answered GET /v1/jobs with no list of jobs: ${why}`);
  });

  it('leaves a write unknown', async () => {
    const { url } = await serve(flood('"', () => letters));
    const dkron = createClient({ url });
    onTestFinished(() => dkron.close());
    await expect(postJob(transportOf(dkron), 'a', '{}')).rejects.toThrow(OutcomeUnknown);
  });

  it('has no headers of a Dkron', async () => {
    const headers = Object.fromEntries(
      Array.from({ length: 900 }, (_, at) => [`x-${at}`, 'v'.repeat(30)]),
    );
    expect(
      await told(
        () => ({ headers, body: '{}' }),
        (dkron) => dkron.server(),
      ),
    ).toBe('URL answers with headers of more than 16 kB, which no Dkron sends');
  });
});

describe('an answer that takes its time', () => {
  const ask: Ask = { path: '/v1' };
  /** A byte every so often, on a clock that goes on with each. */
  const slowly = (every: number, bytes: number, count: number, ms: number): number => {
    let now = 0;
    const check = within({ bytes: 10 * mega, begin: 0, ms }, 'URL', ask, () => now);
    for (let at = 0; at < count; at++) {
      now += every;
      check(bytes);
    }
    return count;
  };

  it('is waited for as long as its bounds say', () => {
    expect(slowly(1_000, 1_000, 10, 10_000)).toBe(10);
    expect(() => slowly(1_000, 1_000, 11, 10_000)).toThrow(
      'URL answers GET /v1 for more than 10 s without an end',
    );
  });

  it('is as large as its bounds say', () => {
    expect(slowly(1, mega, 10, 10_000)).toBe(10);
    expect(() => slowly(1, mega, 11, 10_000)).toThrow(/with more than .* MB/);
  });

  it('may take for ever where it comes faster than too slowly', () => {
    expect(slowly(60_000, 1, 1, 0)).toBe(1);
    expect(slowly(61_000, 30_500, 1, 0)).toBe(1);
    expect(() => slowly(61_000, 30_499, 1, 0)).toThrow('which is too slow');
    expect(slowly(1_000, 600, 600, 0)).toBe(600);
    expect(() => slowly(1_000, 1, 100, 0)).toThrow('which is too slow');
  });
});

describe('a job that is too much', () => {
  const withTags = (count: number): string =>
    `{"name":"a","tags":{${Array.from({ length: count }, (_, at) => `"t${at}":",[{"`).join()}}}`;
  const nested = (depth: number): string =>
    `{"name":"a","note":${'['.repeat(depth)}${']'.repeat(depth)}}`;

  it('has a hundred thousand values, or a thousand levels', () => {
    expect(tooMuch(withTags(99_000))).toBeUndefined();
    expect(tooMuch(withTags(1_000_000))).toBe('has more than 100000 values');
    expect(tooMuch(nested(998).padEnd(5_000))).toBeUndefined();
    expect(tooMuch(nested(10_000))).toBe('is nested more than 1000 levels deep');
    expect(tooMuch(`"${'x'.repeat(jobBounds.bytes)}"`)).toBe('is larger than 32 MB');
    expect(tooManyIn(withTags(150_000), 1_000_000)).toBeUndefined();
  });

  it('is left out of the list, and told', async () => {
    const texts = ['{"name":"ok"}', nested(10_000), withTags(200_000)];
    const { url } = await serve(() => ({ body: `[${texts.join()}]` }));
    const dkron = createClient({ url });
    onTestFinished(() => dkron.close());
    const unreadable: string[] = [];
    const onUnreadable = ({ message }: Error) => unreadable.push(message.replace(url, 'URL'));
    const jobs = await Array.fromAsync(dkron.jobs({ onUnreadable }));
    expect(jobs.map(({ job }) => job.name)).toEqual(['ok']);
    expect(unreadable).toEqual([
      'URL sent a job (a) that is nested more than 1000 levels deep',
      'URL sent a job (a) that has more than 100000 values',
    ]);
  });

  it('is not shown by itself either', async () => {
    const script: Script = () => ({ body: nested(10_000) });
    expect(await told(script, (dkron) => dkron.job('a'))).toBe(
      'URL sent a job (a) that is nested more than 1000 levels deep',
    );
    expect(await told(script, (dkron) => dkron.server())).toBe(
      "URL answered GET /v1 with JSON, but not Dkron's: it is nested more than 1000 levels deep",
    );
  });
});
