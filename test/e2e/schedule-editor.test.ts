import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { atLeast } from '../../src/base/dkron-version.ts';
import { realDkronsLine } from '../support/dkron.ts';
import { keyBytes } from '../support/key-bytes.ts';
import { closeScreens, type Screen, type ScreenOptions, startScreen } from '../support/screen.ts';
import { ask, demoServer, type RunningServer, servers } from '../support/servers.ts';

console.log(`schedule editor: ${realDkronsLine()}`);

interface Job {
  readonly schedule: string;
  readonly timezone: string;
  readonly owner: string;
}

const definition = {
  name: 'zones',
  schedule: '0 */15 * * * *',
  owner: 'mobility',
  executor: 'shell',
  executor_config: { command: 'true' },
};

const job = ({ url }: RunningServer) => ask<Job>(`${url}/v1/jobs/zones`);
const put = ({ url }: RunningServer, change: object = {}) =>
  ask<Job>(`${url}/v1/jobs`, 'POST', { ...definition, ...change });

async function open({ url }: RunningServer, options: ScreenOptions = {}): Promise<Screen> {
  const screen = await startScreen({ args: ['--url', url], cols: 120, rows: 36, ...options });
  await screen.waitFor('live');
  await screen.press('i');
  await screen.waitFor('   schedule  ');
  return screen;
}

/** The schedule in the editor. */
const typed = (screen: Screen) =>
  /^ {3}schedule {2}(.*?) +zone/.exec(screen.line(screen.rowOf('   schedule  ')))?.[1];

const reads = (screen: Screen, schedule: string): Promise<void> =>
  screen.until(() => typed(screen) === schedule, `the editor to read ${schedule}`);

/** Clears the line and types another schedule. */
async function retype(screen: Screen, schedule: string): Promise<void> {
  screen.send(keyBytes('end') + keyBytes('ctrl-u') + schedule);
  await reads(screen, schedule);
}

afterEach(closeScreens);

describe.each(servers())('on $name', ({ version, start }) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());

  it('says while one types what this Dkron would say, and when it would run', async () => {
    await put(server);
    const screen = await open(server);

    // What Dkron refuses, in its words, with the field marked.
    for (const [schedule, field] of [
      ['0 99 * * * *', '99'],
      ['0 0 8-6 * * *', '8-6'],
      ['@every soon', 'soon'],
    ] as const) {
      await retype(screen, schedule);
      const row = screen.rowOf('^');
      expect(screen.line(row).trim()).toBe('^'.repeat(field.length));
      expect(screen.line(row).indexOf('^')).toBe(screen.line(row - 1).indexOf(field));
      const said = screen.line(row + 1).replace('(as Dkron says it)', '');
      await expect(put(server, { schedule })).rejects.toThrow(
        `can't parse job schedule: ${said.trim()}`,
      );
      await screen.press('enter');
      await screen.waitFor(`✗ not saved: ${said.trim()}`);
    }

    // What it takes, in words, with the runs of before beside those to come.
    await retype(screen, '0 0 6 * * MON-FRI');
    await screen.waitFor('at 06:00, Monday to Friday');
    const before = screen.line(screen.rowOf(' now ')).indexOf('now');
    const after = screen.line(screen.rowOf(' now ')).indexOf('new');
    const firstRun = screen.line(screen.rowOf(' now ') + 1);
    expect(firstRun.slice(before)).toMatch(/^(\w+ \d+ \w+ )?\d\d:(00|15|30|45)(:00)? Z {2}in \d/);
    expect(firstRun.slice(after)).toMatch(/^(\w+ \d+ [\w ]+ )?06:00(:00)? Z {2}in \d/);
    await screen.waitFor(/96 a day +5 a week/);

    // A zone beside it, completed.
    await screen.press('tab');
    await screen.type('kolk');
    await screen.press('tab');
    await screen.waitFor('Monday to Friday, Asia/Kolkata');
    await screen.waitFor(/06:00(:00)? \+05:30 {2}in \d/);
    await screen.press('shift-tab');

    // Descriptors are completed: by their beginning, or chosen from those that fit.
    await retype(screen, '@mont');
    await screen.press('tab');
    await reads(screen, '@monthly');
    await retype(screen, '@ho');
    await screen.press('tab');
    await reads(screen, '@hourly');
    await screen.waitFor('Asia/Kolkata has no effect');

    // Common schedules to choose from, and numbers to step.
    await screen.press('ctrl-o', 'down', 'down', 'enter');
    await reads(screen, '0 */15 * * * *');
    await screen.press('home', 'ctrl-right', 'right', 'right', 'right', 'up');
    await reads(screen, '0 */16 * * * *');
    await screen.press('down', 'down');
    await reads(screen, '0 */14 * * * *');

    // A line of a crontab is offered as Dkron needs it.
    await retype(screen, '*/5 8-18 * * 1-5');
    await screen.waitFor('ctrl-t takes 0 */5 8-18 * * 1-5');
    await screen.press('ctrl-t');
    await reads(screen, '0 */5 8-18 * * 1-5');
    expect(await job(server)).toMatchObject({ schedule: definition.schedule, timezone: '' });
    await screen.press('enter');
    await screen.waitFor('zones: written and verified');
    expect(await job(server)).toMatchObject({
      schedule: '0 */5 8-18 * * 1-5',
      timezone: 'Asia/Kolkata',
      owner: 'mobility',
    });
  });

  it('keeps what was typed: over Esc, over a change by others, over a refusal', async () => {
    await put(server);
    const screen = await open(server);
    await retype(screen, '0 0 5 * * *');
    await screen.press('esc');
    await screen.waitFor('kept as a draft');
    expect(await job(server)).toMatchObject({ schedule: definition.schedule });
    await screen.press('i');
    await screen.waitFor('your draft of');
    await reads(screen, '0 0 5 * * *');

    // Somebody else changes the job while the editor is open.
    await put(server, { owner: 'somebody else', schedule: '@hourly' });
    await screen.press('enter');
    await screen.waitFor(/zones was changed on http.* since it was looked at/);
    await screen.waitFor('Nothing was sent.');
    await reads(screen, '0 0 5 * * *');
    expect(await job(server)).toMatchObject({ owner: 'somebody else', schedule: '@hourly' });

    // Opened on what is there now, the draft can be saved.
    await screen.press('esc');
    await screen.waitFor('@hourly');
    await screen.press('i');
    await reads(screen, '0 0 5 * * *');

    // A refusal that nobody could foresee.
    if (atLeast(version, '4.0.9')) {
      await ask(`${server.url}/v1/pause`, 'POST');
      await screen.press('enter');
      await screen.waitFor(/paused/);
      await reads(screen, '0 0 5 * * *');
      expect(await job(server)).toMatchObject({ schedule: '@hourly' });
      await ask(`${server.url}/v1/unpause`, 'POST');
    }
    await screen.press('enter');
    await screen.waitFor('written and verified');
    expect(await job(server)).toMatchObject({ owner: 'somebody else', schedule: '0 0 5 * * *' });
    await screen.press('i');
    expect(screen.text()).not.toContain('your draft');
  });
});

describe('a console that is killed while one types', () => {
  let server: RunningServer;
  const state = mkdtempSync(join(tmpdir(), 'dkron-tui-state-'));
  beforeAll(async () => {
    server = await demoServer({ empty: true });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(state, { recursive: true, force: true });
  });

  /** The draft on the disk; a name with a dot is one that is still being written. */
  function draft(): string {
    const [file] = readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /drafts\/[^/]+\/[^./][^/]*$/.test(path),
    );
    return file === undefined ? '' : readFileSync(join(state, file), 'utf8');
  }

  it('has kept what was typed, and another offers it', async () => {
    await put(server);
    const env = { XDG_STATE_HOME: state };
    const killed = await open(server, { env });
    await retype(killed, '0 0 5');
    await vi.waitFor(() => expect(draft()).toContain('0 0 5'));
    killed.send(' * * *');
    killed.signal('SIGKILL');
    expect((await killed.ended()).status).toBe(137);
    const screen = await open(server, { env });
    await screen.waitFor('your draft of');
    expect(typed(screen)).toMatch(/^0 0 5/);
    expect(await job(server)).toMatchObject({ schedule: definition.schedule });
  });
});
