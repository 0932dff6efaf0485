/** A maintenance whose programs are killed at any moment, while others work on its jobs: ROUNDS tells how often. */
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { definition } from '../../../src/job/compare.ts';
import type { Job } from '../../../src/job/job.ts';
import { counted } from '../../support/counted-server.ts';
import { aDefinition } from '../../support/jobs.ts';
import { onEachServer, type Server } from '../driver/server.ts';
import { lineTo } from './line.ts';
import { dice, type Ended, jobs, Round } from './round.ts';

const rounds = Number(process.env['ROUNDS'] ?? 2);

const definitions = (all: readonly Job[]) =>
  Object.fromEntries(all.map((job) => [job.name, definition(job)]));

async function afresh(server: Server): Promise<void> {
  // Children before their parents.
  const all = await server.jobs();
  const [children, others] = [
    all.filter((job) => job.parent_job),
    all.filter((job) => !job.parent_job),
  ];
  await server.delete(...[...children, ...others].map(({ name }) => name));
  await server.put(...jobs);
}

function expectChildren(all: readonly Job[]): void {
  const children = Map.groupBy(all, ({ parent_job }) => parent_job);
  for (const { name, dependent_jobs } of all)
    expect([name, (dependent_jobs ?? []).toSorted()]).toEqual([
      name,
      (children.get(name) ?? []).map((child) => child.name).sort(),
    ]);
}

onEachServer((server) => {
  describe('a maintenance', () => {
    it.each(Array.from({ length: rounds }, (_, round) => round))(
      'puts back exactly what nobody touched, killed half way through its start and its end: round %i',
      async (seed) => {
        await afresh(server);
        const door = await counted(server.url);
        const random = dice(seed);
        const round = new Round(server, await lineTo(door.url), random);
        const before = definitions(await server.jobs());

        await round.killed('start', 'm-', '--name', 'night');
        // What has passed may come to the server only now: it is looked at when all of it is there.
        await door.rests();
        if ((await round.step()) === 'starting') await round.others(0.2);
        const takesBack = (await round.step()) === 'starting' && random.next() < 0.2;
        if (!takesBack) {
          await round.start();
          const now = await server.jobs();
          const enabled = now.filter(({ disabled }) => !disabled).map(({ name }) => name);
          expect(enabled.filter((name) => !Object.hasOwn(round.left, name))).toEqual(['other']);
          await round.others(0.4);
          await server.put(
            aDefinition({ name: 'm-new' }),
            aDefinition({ name: 'm-off', disabled: true }),
          );
        }
        const came = await server.jobs();
        const ours = takesBack ? [] : await round.ours();
        const touched = ours.filter((name) => Object.hasOwn(round.left, name));
        await round.killed('end');
        await door.rests();
        if ((await round.step()) === 'ending') await round.others(0.2);
        let ended: Ended = { code: null, stdout: '' };
        for (let tries = 0; (await round.step()) !== null; tries++) {
          expect(tries).toBeLessThan(5);
          ended = await round.run('end');
        }

        const all = await server.jobs();
        const since = definitions(came.filter(({ name }) => name === 'm-new' || name === 'm-off'));
        const wanted = { ...before, ...since };
        for (const [name, job] of Object.entries(round.left)) {
          if (job === null) delete wanted[name];
          else wanted[name] = definition(job);
        }
        expect(definitions(all)).toEqual(wanted);
        expectChildren(all);

        // Nothing twice.
        const posted = door.came
          .filter(({ method }) => method === 'POST')
          .map(({ body }) => JSON.parse(body) as Job)
          .filter(({ name }) => !Object.hasOwn(round.left, name))
          .map(({ name, disabled }) => `${name} ${disabled ? 'disabled' : 'enabled'}`);
        expect(posted.toSorted()).toEqual([...new Set(posted)].sort());

        // Each that others touched while it was the maintenance's is named.
        const told = ended.stdout.split('\n');
        if (ended.code !== null)
          for (const name of touched)
            expect(told.filter((line) => line.startsWith(`${name} `))).toEqual([
              expect.stringMatching(/ stays +(enabled|changed|deleted|renamed) .*since/),
            ]);
      },
    );
  });
});
