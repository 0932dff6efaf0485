/** What a console makes of an operation that another program did not finish. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import { bareTarget } from '../../src/config/target.ts';
import { frameOf } from '../../src/console/frame/frame.ts';
import { openSession } from '../../src/console/session.ts';
import { topScreen } from '../../src/console/state/stack.ts';
import type { Job } from '../../src/job/job.ts';
import { openJournal } from '../../src/journal/file.ts';
import { planRestore } from '../../src/plan/compare.ts';
import { lineText } from '../../src/view/line.ts';
import { countedServer } from '../support/counted-server.ts';
import { interrupted } from '../support/interrupted.ts';
import { aJob } from '../support/jobs.ts';
import { keptAt } from '../support/kept.ts';
import { ask } from '../support/servers.ts';
import { keyOf } from '../terminal/press.ts';
import { type } from './states.ts';

const names = ['a', 'b', 'c'];
const before = names.map((name) => aJob({ name, retries: 1 }));
const wanted = before.map((job) => ({ ...job, retries: 2 }));

/** A console on a server on which a and b of three jobs were written before. */
async function console() {
  const server = await countedServer(...before);
  const folder = await mkdtemp(join(tmpdir(), 'unfinished-'));
  const places = placesBelow(folder, folder);
  const open = () => {
    const session = openSession({ places, target: bareTarget(server.url) });
    onTestFinished(async () => void (await session.close(AbortSignal.abort())));
    let at = 0;
    const press = (...keys: readonly string[]): void => {
      for (const name of keys) {
        at += 1_000;
        session.store.dispatch({ type: 'key', key: keyOf(name), at });
        session.store.dispatch({ type: 'painted', at });
      }
    };
    const until = (what: () => void) => vi.waitFor(what, 10_000);
    return { ...session, press, until };
  };
  // So that it is known which cluster answers there.
  const first = open();
  await first.until(() => expect(first.store.state().cluster.kind).toBe('known'));
  await first.close(AbortSignal.timeout(1_000));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const live = await ask<Job[]>(`${server.url}/v1/jobs`);
  await interrupted(places, server.url, { plan: planRestore(wanted, live), written: ['a'] });
  const count = server.changes().length;
  const second = open();
  const { store, until } = second;
  await until(() => expect(store.state().unfinished).toHaveLength(1));
  await until(() => expect(store.state().jobs.at).not.toBeNull());
  const kept = await keptAt(places, server.url);
  return {
    ...second,
    kept,
    /** What was sent since. */
    sent: () => server.changes().slice(count),
    left: () => readdir(kept.unfinished),
    shown: () => frameOf(store.state()).lines.map(lineText).join('\n'),
  };
}

const plan = ({ store }: Awaited<ReturnType<typeof console>>) => {
  const screen = topScreen(store.state());
  if (screen.kind !== 'plan') throw new Error('there is no plan');
  return screen;
};

describe('an operation that was interrupted', () => {
  it('is said when the console starts, and one key shows what is left of it', async () => {
    const at = await console();
    expect(at.shown()).toContain('not finished: F goes on');
    at.press('F');
    expect(plan(at)).toMatchObject({ plan: null });
    await at.until(() => expect(plan(at).plan).not.toBeNull());
    const { title, plan: found, marks, resumes } = plan(at);
    expect(title).toMatch(/^Finish {2}Write some jobs, begun \d+s ago$/);
    expect(found?.items.map(({ name, kind, why }) => `${name} ${kind} ${why}`)).toEqual([
      'a same written before',
      'b change retries 1 → 2',
      'c change retries 1 → 2',
    ]);
    expect([[...marks].sort(), resumes]).toEqual([['b', 'c'], 'op']);
    expect(at.sent()).toEqual([]);
  });

  it('is finished by enter, as one operation, and said no more', async () => {
    const at = await console();
    at.press('F');
    await at.until(() => expect(plan(at).plan).not.toBeNull());
    at.press('enter', 'y');
    await at.until(() => expect(at.store.state().flash?.text).toContain('2 jobs written'));
    await at.until(() => expect(at.store.state().unfinished).toEqual([]));
    expect(at.sent()).toEqual(['POST /v1/jobs', 'POST /v1/jobs']);
    expect(await at.left()).toEqual([]);
    const changes = await openJournal(at.kept.journal).changes();
    expect(changes.map(({ operation, job, result }) => [operation, job, result?.outcome])).toEqual(
      names.map((name) => ['op', name, 'written']),
    );
  });

  it('is said no more once what was written of it is taken back', async () => {
    const at = await console();
    at.press('u');
    await at.until(() => expect(plan(at).plan).not.toBeNull());
    at.press('enter', 'y');
    await at.until(() => expect(at.store.state().flash?.text).toContain('a: written'));
    expect(at.store.state().flash?.text).toContain('not to be finished any more: Write some jobs');
    await at.until(() => expect(at.store.state().unfinished).toEqual([]));
    expect([at.sent(), await at.left()]).toEqual([['POST /v1/jobs'], []]);
  });

  it('stays where one change of it is taken back', async () => {
    const at = await console();
    at.press('H');
    await at.until(() => expect(at.shown()).toContain('▸ change of a'));
    at.press('o');
    await at.until(() => expect(at.shown()).toMatch(/^ +a {2}changed/m));
    at.press('down', 'enter');
    await at.until(() => expect(plan(at).plan).not.toBeNull());
    at.press('enter', 'y');
    await at.until(() => expect(at.store.state().flash?.text).toContain('a: written'));
    await at.until(() => expect(plan(at).applying).toBeNull());
    expect(at.store.state().unfinished).toHaveLength(1);
  });

  it('stays where some of it is not marked', async () => {
    const at = await console();
    at.press('F');
    await at.until(() => expect(plan(at).plan).not.toBeNull());
    at.press('space', 'enter', 'y');
    await at.until(() => expect(at.store.state().flash?.text).toContain('c: written'));
    expect(at.sent()).toHaveLength(1);
    await at.until(() => expect(plan(at).applying).toBeNull());
    expect(at.store.state().unfinished).toHaveLength(1);
    expect((await at.left()).filter((name) => name.endsWith('.plan'))).toHaveLength(1);
  });

  it('is left as it is after y', async () => {
    const at = await console();
    at.press(':', ...type('discard'), 'enter', 'y');
    await at.until(() => expect(at.store.state().unfinished).toEqual([]));
    expect(at.shown()).toContain('forgotten: Write some jobs');
    expect([at.sent(), await at.left()]).toEqual([[], []]);
  });
});
