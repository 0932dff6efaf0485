import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { definition } from '../../src/job/compare.ts';
import type { Job } from '../../src/job/job.ts';
import { realDkronsLine } from '../support/dkron.ts';
import { keyBytes } from '../support/key-bytes.ts';
import { closeScreens, type Screen, type ScreenOptions, startScreen } from '../support/screen.ts';
import { ask, demoServer, type RunningServer, servers } from '../support/servers.ts';

console.log(`undo: ${realDkronsLine()}`);

const job = ({ url }: RunningServer, name: string) => ask<Job>(`${url}/v1/jobs/${name}`);
const jobs = ({ url }: RunningServer) => ask<Job[]>(`${url}/v1/jobs?_sort=name`);
const defined = async (server: RunningServer) => (await jobs(server)).map(definition);
const children = async (server: RunningServer) =>
  (await job(server, 'positions')).dependent_jobs?.toSorted();

/** A parent with two children, one of them defined with all there is, and a job of its own. */
async function fill({ url }: RunningServer): Promise<void> {
  const shell = { schedule: '@every 24h', executor: 'shell', executor_config: { command: 'true' } };
  for (const fields of [
    { name: 'positions' },
    { name: 'alert', schedule: '', parent_job: 'positions' },
    {
      name: 'publish',
      displayname: 'Publish 🚲',
      schedule: '',
      parent_job: 'positions',
      owner: 'mobility',
      owner_email: 'mobility@example.com',
      tags: { role: 'web:1' },
      metadata: { partner: 'keolis', note: '' },
      retries: 2,
      concurrency: 'forbid',
      processors: { log: { forward: 'false' } },
      expires_at: '2031-01-01T02:00:00+02:00',
      executor: 'http',
      executor_config: {
        method: 'POST',
        url: `${url}/v1/leader`,
        body: '{"a" :1.0,"a":2,"big":9223372036854775808,"inner":"{\\"x\\":1e400}"}',
      },
    },
    { name: 'zones', schedule: '0 */15 6-22 * * MON-FRI', timezone: 'Europe/Paris' },
  ])
    await ask(`${url}/v1/jobs`, 'POST', { ...shell, ...fields });
}

async function open({ url }: RunningServer, options: ScreenOptions = {}): Promise<Screen> {
  const args = ['--url', url, ...(options.args ?? [])];
  const screen = await startScreen({ cols: 120, rows: 36, ...options, args });
  await screen.waitFor('live');
  return screen;
}

/** Goes to the job's row in the table. */
async function goTo(screen: Screen, name: string): Promise<void> {
  const cursor = () => screen.line(screen.rowOf('▌'));
  await screen.press('g');
  while (!cursor().includes(name)) await screen.press('j');
}

async function reschedule(screen: Screen, schedule: string): Promise<void> {
  await screen.press('i');
  await screen.type(keyBytes('ctrl-u') + schedule);
  await screen.press('enter');
  await screen.waitFor('written and verified');
}

/** Carries out the plan on the screen. */
async function apply(screen: Screen): Promise<void> {
  await screen.press('enter');
  await screen.waitFor(/Write \d jobs? to/);
  await screen.answer('y');
  await screen.waitFor('written and verified');
}

afterEach(closeScreens);

describe.each(servers())('on $name', ({ start }) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await start();
    await fill(server);
  });
  afterAll(() => server?.stop());

  it('takes back what was changed, to the exact definition of before', async () => {
    const before = await defined(server);
    const disabled = async () => (await jobs(server)).filter((each) => each.disabled);
    const screen = await open(server);
    await screen.waitFor('zones');

    // Marked jobs, disabled by one plan and enabled by one undo; the parent keeps its children.
    await goTo(screen, 'positions');
    await screen.press('space');
    await goTo(screen, 'zones');
    await screen.press('space', 's');
    await screen.waitFor('Disable 2 jobs');
    await apply(screen);
    expect((await disabled()).map(({ name }) => name)).toEqual(['positions', 'zones']);
    expect(await children(server)).toEqual(['alert', 'publish']);
    await screen.press('u');
    await screen.waitFor(/Undo {2}write of 2 jobs/);
    await apply(screen);
    expect(await defined(server)).toEqual(before);
    expect(await children(server)).toEqual(['alert', 'publish']);

    // Two changes of one job; the journal leads back to before the first.
    await screen.press('esc', 'esc', 'esc');
    await goTo(screen, 'zones');
    await reschedule(screen, '@every 12h');
    await reschedule(screen, '@every 6h');
    await screen.press('H');
    await screen.waitFor('Journal');
    await screen.press('j', 'enter');
    await screen.waitFor('changed again since, which this takes back too: zones');
    await screen.waitFor(/schedule +− @every 6h\n +\+ 0 \*\/15 6-22/);
    await apply(screen);
    expect(await defined(server)).toEqual(before);

    // A deletion, once the name was typed.
    await screen.press('esc', 'esc');
    await goTo(screen, 'publish');
    await screen.press('ctrl-d');
    await screen.waitFor('Type publish to go on');
    await screen.answer(...'publish');
    expect(await defined(server)).toEqual(before);
    await screen.press('enter');
    await screen.waitFor('publish: deleted, and not there any more');
    await expect(job(server, 'publish')).rejects.toThrow('404');
    expect(await children(server)).toEqual(['alert']);
    await screen.press('u');
    await screen.waitFor(/Undo {2}delete of publish/);
    await apply(screen);
    expect(await defined(server)).toEqual(before);
    expect(await children(server)).toEqual(['alert', 'publish']);
  });
});

describe('a read-only console', () => {
  let server: RunningServer;
  const state = mkdtempSync(join(tmpdir(), 'dkron-tui-state-'));
  beforeAll(async () => {
    server = await demoServer({ empty: true });
    await fill(server);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(state, { recursive: true, force: true });
  });

  it('refuses to change anything, also what another console left to undo', async () => {
    const env = { XDG_STATE_HOME: state };
    const writer = await open(server, { env });
    await goTo(writer, 'zones');
    await reschedule(writer, '@every 12h');
    await writer.close();

    const before = await jobs(server);
    const screen = await open(server, { env, args: ['--read-only'] });
    await screen.waitFor('READ-ONLY');
    await goTo(screen, 'zones');
    for (const key of ['i', 's', 't', 'u', 'ctrl-d']) {
      await screen.press(key);
      await screen.waitFor('started with --read-only, nothing is written');
      await screen.press('k', 'j');
    }
    await screen.press('H', 'enter');
    await screen.waitFor(/− @every 12h/);
    await screen.press('enter');
    await screen.waitFor('started with --read-only, nothing is written');
    await screen.answer('y');
    expect(await jobs(server)).toEqual(before);
    expect(await ask(`${server.url}/v1/jobs/zones/executions`)).toEqual([]);
  });
});
