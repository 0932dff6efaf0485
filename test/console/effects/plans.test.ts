import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NotFound } from '../../../src/base/errors.ts';
import { createPlanEffects } from '../../../src/console/effects/plans.ts';
import type { Message } from '../../../src/console/state/model.ts';
import { startDemo } from '../../../src/demo/server.ts';
import { createClient } from '../../../src/dkron/client.ts';
import type { Door } from '../../../src/dkron/write/door.ts';
import type { Job } from '../../../src/job/job.ts';
import { planRestore } from '../../../src/plan/compare.ts';
import { listSnapshots } from '../../../src/snapshot/archive/list.ts';
import { json, serve } from '../../dkron/scripted.ts';
import { doorOf } from '../../support/door.ts';
import { aJob } from '../../support/jobs.ts';
import { keepsNothing } from '../../support/journal.ts';
import { known } from '../../support/known.ts';
import { keepsNoPlan } from '../../support/unfinished.ts';

/** Writes these jobs to an empty server, and tells how it ended. */
async function applying(readOnly = false) {
  const demo = await startDemo({ empty: true });
  const client = createClient({ url: demo.url });
  onTestFinished(async () => {
    await client.close();
    await demo.close();
  });
  const messages: Message[] = [];
  const planEffects = createPlanEffects({
    cluster: () => ({ id: 'c-1', name: 'c' }),
    client,
    door: doorOf(client, { readOnly }),
    keep: keepsNothing,
    unfinished: keepsNoPlan,
    folder: '/nowhere',
    serverZone: 'UTC',
    now: Date.now,
    known,
    dispatch: (message) => messages.push(message),
  });
  return async (...jobs: Job[]): Promise<Message | undefined> => {
    const names = jobs.map(({ name }) => name);
    await planEffects.apply({ plan: planRestore(jobs, []), title: 't', names });
    return messages.at(-1);
  };
}

const [a, b] = [aJob({ name: 'a' }), aJob({ name: 'b' })];
const wrong = aJob({ name: 'wrong', schedule: 'whenever' });

describe('what became of a plan', () => {
  it.each([
    [[a], 'a: written and verified (u undoes)', true],
    [[a, b], '2 jobs written and verified (u undoes)', true],
    [[a, wrong], '1 job written and verified, 1 job failed (u undoes) · their rows say why', false],
  ])('is told, and that it can be taken back', async (jobs, text, ok) => {
    const apply = await applying();
    expect(await apply(...jobs)).toEqual({ type: 'applied', text, ok });
  });

  it('cannot be taken back where nothing was written', async () => {
    const apply = await applying();
    await apply(a);
    const undoes = expect.not.stringContaining('undoes');
    expect(await apply(a)).toMatchObject({ type: 'applied', text: undoes });
    expect(await apply(wrong)).toMatchObject({ ok: false, text: undoes });
    expect(await apply(wrong)).toMatchObject({ text: expect.stringMatching(/^wrong: .*whenever/) });
    expect(await (await applying(true))(b)).toMatchObject({ ok: false, text: undoes });
  });
});

it('what breaks while a plan is written ends it as a failure, never as a success', async () => {
  const messages: Message[] = [];
  const broken = () => Promise.reject(new NotFound('it broke', { next: 'Look for it.' }));
  const planEffects = createPlanEffects({
    cluster: () => ({ id: 'c-1', name: 'c' }),
    client: createClient({ url: 'http://127.0.0.1:9' }),
    door: { agreed: () => ({ write: broken }) } as unknown as Door,
    keep: keepsNothing,
    unfinished: keepsNoPlan,
    folder: '/nowhere',
    serverZone: 'UTC',
    now: Date.now,
    known,
    dispatch: (message) => messages.push(message),
  });
  await planEffects.apply({ plan: planRestore([a], []), title: 't', names: ['a'] });
  expect(messages.at(-1)).toMatchObject({
    type: 'applied',
    ok: false,
    text: expect.stringContaining('it broke'),
  });
});

describe('files and snapshots of the console', () => {
  /** A console at a server whose list of jobs is this text, with a data folder of its own. */
  async function at(list: string) {
    const { url } = await serve(({ path }) =>
      path === '/v1/jobs'
        ? { body: list, headers: { 'content-type': 'application/json' } }
        : json({ agent: { name: 'n1', version: '4.1.2' } }),
    );
    const client = createClient({ url });
    const folder = await mkdtemp(join(tmpdir(), 'console-plans-'));
    onTestFinished(async () => {
      await client.close();
      await rm(folder, { recursive: true });
    });
    const snapshots = join(folder, 'snapshots');
    const messages: Message[] = [];
    // How often it tells how far it is depends on the machine.
    const dispatch = (message: Message) =>
      void (message.type === 'waiting' || messages.push(message));
    const planEffects = createPlanEffects({
      cluster: () => ({ id: 'c-1', name: 'c' }),
      client,
      door: doorOf(client),
      keep: keepsNothing,
      unfinished: keepsNoPlan,
      folder: snapshots,
      serverZone: 'UTC',
      now: Date.now,
      known,
      dispatch,
    });
    return { planEffects, messages, folder, snapshots };
  }

  it('block what a file has in the place of a job, and plan the others', async () => {
    const { planEffects, messages, folder } = await at('[]');
    const file = join(folder, 'jobs');
    await writeFile(file, '{"name":"a","schedule":"@daily"}\n{"name":"b","tags":{"x":1}}\n');
    await planEffects.plan({ file });
    const why = `${file}, line 2, column 25: tags.x must be text in quotes: Dkron takes no numbers, flags or lists here`;
    expect(messages).toMatchObject([
      {
        type: 'plan',
        plan: {
          items: [
            { name: 'a', kind: 'new' },
            { name: 'b', kind: 'blocked', why },
          ],
        },
      },
    ]);
  });

  it('say of a snapshot that it is not what came from the server, beside its plan', async () => {
    const { planEffects, messages, snapshots } = await at('[{"name":"a","schedule":"@daily"}]');
    await planEffects.snapshot();
    const [name] = (await readdir(snapshots)).filter((one) => /Z$/.test(one));
    const file = join(snapshots, name!);
    await planEffects.plan({ file });
    expect(messages.at(-1)).toMatchObject({ type: 'plan' });
    await writeFile(file, '{"name":"a","schedule":"@hourly"}\n');
    await planEffects.plan({ file });
    const text = expect.stringContaining(`${file} is not as it came from the server: line 1`);
    expect(messages.slice(-2)).toMatchObject([
      { type: 'plan' },
      { type: 'flash', flash: { level: 'error', text } },
    ]);
  });

  it('hold the marked jobs alone where some are, and have the label that was typed', async () => {
    const jobs = '[{"name":"a","schedule":"@daily"},{"name":"b","schedule":"@daily"}]';
    const { planEffects, messages, snapshots } = await at(jobs);
    await planEffects.snapshot({ names: ['b'], label: 'one' });
    const [file, ...more] = await listSnapshots(snapshots);
    expect(more).toEqual([]);
    expect(file?.head).toMatchObject({
      count: 1,
      label: 'one',
      chosen: { filter: null, names: ['b'] },
    });
    expect(messages[0]).toMatchObject({ flash: { text: `1 marked job saved to ${file!.path}` } });
    await expect(planEffects.snapshot({ names: ['b', 'gone'] })).rejects.toThrow('no job gone');
    await expect(planEffects.snapshot({ label: 'two\nlines' })).rejects.toThrow('one line');
    expect(await listSnapshots(snapshots)).toHaveLength(1);
  });

  it('are listed once one was taken, which is said with its place', async () => {
    const { planEffects, messages, snapshots } = await at('[{"name":"a","schedule":"@daily"}]');
    await planEffects.snapshot();
    const [name = ''] = await readdir(snapshots);
    expect(messages).toMatchObject([
      { type: 'flash', flash: { level: 'ok', text: `1 job saved to ${join(snapshots, name)}` } },
      { type: 'snapshots', files: [{ name, path: join(snapshots, name) }] },
    ]);
  });

  it('are exported to a folder, which is then no drift, white space in bodies or not', async () => {
    const job = {
      name: 'a',
      schedule: '@daily',
      executor: 'http',
      executor_config: { body: '{"a":[1]}' },
    };
    const { planEffects, messages, folder } = await at(JSON.stringify([job, { name: 'b' }]));
    const place = join(folder, 'jobs');
    await planEffects.export(place, ['a']);
    expect(await readdir(place)).toEqual(['a.yaml']);
    await planEffects.export(place, []);
    await planEffects.plan({ file: place, spaced: true });
    expect(messages).toMatchObject([
      { type: 'flash', flash: { level: 'ok', text: `${place}: 1 new` } },
      { type: 'flash', flash: { level: 'ok', text: `${place}: 1 new, 1 the same` } },
      { type: 'plan', plan: { items: [{ kind: 'same' }, { kind: 'same' }] } },
    ]);
  });

  it('say of an export which jobs it has not', async () => {
    const { planEffects, messages, folder } = await at('[{"name":"a","schedule":"@daily"}]');
    await writeFile(join(folder, 'a.yaml'), 'name: "a');
    await planEffects.export(folder, []);
    expect(messages).toMatchObject([
      {
        type: 'flash',
        flash: {
          level: 'error',
          text: expect.stringMatching(/: 1 not exported · a: a\.yaml cannot be read/),
        },
      },
    ]);
  });

  it('that cannot be listed say why', async () => {
    const { planEffects, messages, snapshots } = await at('[]');
    await mkdir(dirname(snapshots), { recursive: true });
    await writeFile(snapshots, 'no folder');
    await planEffects.list();
    expect(messages).toMatchObject([
      { type: 'snapshots', files: [], problem: expect.stringContaining(snapshots) },
    ]);
  });

  it('say of a snapshot what a restore would refuse, and keep it under another name', async () => {
    const { planEffects, messages, snapshots } = await at('[{"name":5}]');
    await expect(planEffects.snapshot()).rejects.toThrow(
      /this snapshot is not good.*line 1, column 9: name must be text/,
    );
    expect(await readdir(snapshots)).toEqual([expect.stringMatching(/Z\.damaged$/)]);
    await planEffects.list();
    expect(messages).toEqual([{ type: 'snapshots', files: [] }]);
  });
});
