/**
 * Every change that the console can make, made by the screen and by the command on two servers that
 * are alike: the same requests, the same jobs, the same journal, the same words; also where something
 * comes in between.
 */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../src/base/clock.ts';
import { actions } from '../src/console/registry.ts';
import { run } from './cli/run.ts';
import { openScreen } from './twins/screen.ts';
import { editor, folder, twins } from './twins/table.ts';
import type { Between, Twin } from './twins/twin.ts';
import { type Mishap, startWorld, type Traces, type World } from './twins/world.ts';

beforeAll(() => void vi.stubEnv('VISUAL', editor));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

interface Outcome extends Traces {
  /** What was said of it. */
  readonly words: string;
}

interface How {
  readonly mishap?: Mishap;
  readonly readOnly?: boolean;
}

async function worldOf({ before }: Twin): Promise<World> {
  const world = await startWorld();
  for (const command of before) await run([...command, '--yes', '--url', world.url]);
  return world;
}

type Keys = Pick<Twin, 'open' | 'yes'>;

async function byScreen(twin: Twin, { open, yes }: Keys, mishap?: Mishap): Promise<Outcome> {
  const world = await worldOf(twin);
  const { press, words } = await openScreen(world.url, false);
  await press(...open);
  if (mishap !== undefined) world.expect(mishap, true);
  await press(...yes);
  return { words: await words(), ...(await world.traces()) };
}

/** Presses the keys until one is refused: it opens nothing that the next ones could be for. */
async function closedScreen(twin: Twin): Promise<Outcome> {
  const world = await worldOf(twin);
  const { press, words } = await openScreen(world.url, true);
  const isRefused = async (): Promise<boolean> => /read-only/i.test(await words());
  for (const step of twin.closed ?? [...twin.open, ...twin.yes]) {
    await press(step);
    if (await isRefused()) break;
  }
  return { words: await words(), ...(await world.traces()) };
}

async function byCommand(
  twin: Twin,
  command: Twin['command'],
  { mishap, readOnly = false }: How = {},
): Promise<Outcome> {
  const world = await worldOf(twin);
  if (mishap !== undefined) world.expect(mishap, false);
  const line = [...(await command(world.url)), '--yes', '--url', world.url];
  const { stdout, stderr } = await run(readOnly ? [...line, '--read-only'] : line);
  return { words: `${stdout}${stderr}`, ...(await world.traces()) };
}

/** A leader is waited for half a minute, which goes by at once. */
function waitingTakesNoTime(): void {
  let waited = 0;
  const now = vi.spyOn(systemClock, 'now').mockImplementation(() => Date.now() + waited);
  const sleep = vi.spyOn(systemClock, 'sleep').mockImplementation(async (ms) => {
    waited += ms;
    await new Promise(setImmediate);
  });
  onTestFinished(() => {
    now.mockRestore();
    sleep.mockRestore();
  });
}

const tracesOf = ({ words, ...traces }: Outcome): Traces => traces;

/** Both did the same and say so. */
function expectTwins(screen: Outcome, command: Outcome, said: RegExp): void {
  expect(tracesOf(screen)).toEqual(tracesOf(command));
  expect(screen.words).toMatch(said);
  expect(command.words).toMatch(said);
}

const mishaps: { readonly [What in Between]: (twin: Twin) => Mishap } = {
  'another change': ({ job, meanwhile }) => ({ write: { ...meanwhile, name: job } }),
  'no job': ({ job }) => ({ delete: job }),
  'no leader': () => 'no leader',
};

const all = Object.entries(twins).flatMap(([effect, rows]) =>
  rows.map((twin, at) => ({ twin, name: `${twin.action} (${effect} ${at + 1})` })),
);

describe.each(all)('$name', ({ twin }) => {
  it('does the same by key and by command', async () => {
    const outcomes = await Promise.all([byScreen(twin, twin), byCommand(twin, twin.command)]);
    expectTwins(...outcomes, twin.done);
    expect(outcomes[0].requests).not.toEqual([]);
  });

  it.each(Object.keys(mishaps) as Between[])(
    'does the same when meanwhile there is: %s',
    async (what) => {
      const mishap = mishaps[what](twin);
      waitingTakesNoTime();
      const outcomes = await Promise.all([
        byScreen(twin, twin, mishap),
        byCommand(twin, twin.command, { mishap }),
      ]);
      expectTwins(...outcomes, twin.between[what]);
    },
  );

  it('sends nothing where it is read-only, and says why', async () => {
    const outcomes = await Promise.all([
      closedScreen(twin),
      byCommand(twin, twin.command, { readOnly: true }),
    ]);
    expect(tracesOf(outcomes[0])).toEqual(tracesOf(outcomes[1]));
    if (twin.closed === null) expect(outcomes[0].words).toMatch(/read-only/i);
    expect(outcomes[1].words).toMatch(/read-only/i);
  });

  const { wrong } = twin;
  if (wrong !== null)
    it('sends nothing where the checks find an error, and says which', async () => {
      const outcomes = await Promise.all([
        byScreen(twin, { open: wrong.open, yes: [] }),
        byCommand(twin, async () => wrong.command),
      ]);
      expectTwins(...outcomes, wrong.said);
      expect(outcomes[0].requests).toEqual([]);
    });
});

test('no action writes that has no twin', () => {
  const tried = new Set(all.map(({ twin }) => twin.action));
  const writing = actions.filter(({ dangerous }) => dangerous).map(({ id }) => id);
  expect(writing.filter((id) => !tried.has(id))).toEqual([]);
});
