/** A maintenance with programs that are killed, and with others who work on its jobs. */

import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import process from 'node:process';
import { expect } from 'vitest';
import { type ClusterPlaces, placesBelow } from '../../../src/config/places.ts';
import { Random } from '../../../src/demo/random.ts';
import { sameDefinition } from '../../../src/job/compare.ts';
import type { Job } from '../../../src/job/job.ts';
import { openJournal } from '../../../src/journal/file.ts';
import { disabledOf } from '../../../src/plan/maintenance/fate.ts';
import { openMaintenance } from '../../../src/plan/maintenance/store.ts';
import { aDefinition } from '../../support/jobs.ts';
import { keptAt } from '../../support/kept.ts';
import { folder } from '../driver/folder.ts';
import { program } from '../driver/node.ts';
import type { Server } from '../driver/server.ts';
import type { Line, Point } from './line.ts';
import { type Deed, deeds } from './others.ts';

const count = 12;
export const names = Array.from({ length: count }, (_, at) => `m-${String(at).padStart(2, '0')}`);
/** Two are children, one of them of a job that was disabled before. */
export const jobs = [
  ...names.map((name, at) =>
    aDefinition({
      name,
      schedule: at % 3 === 0 ? '@every 24h' : '0 0 4 * * *',
      disabled: at % 4 === 3,
      ...(at === 5 && { parent_job: 'm-00' }),
      ...(at === 7 && { parent_job: 'm-03' }),
    }),
  ),
  aDefinition({ name: 'other' }),
];
const parents = new Set(['m-00', 'm-03']);

/** The same numbers again for the same round. */
export function dice(seed: number) {
  const random = new Random(String(seed));
  const next = (): number => random.next();
  return { next, one: <T>(all: readonly T[]): T => all[random.between(0, all.length)]! };
}
type Dice = ReturnType<typeof dice>;

const pointOf = ({ next, one }: Dice): Point =>
  next() < 0.7
    ? {
        change: 1 + Math.floor(next() * 10),
        passes: one(['nothing', 'half', 'all', 'answer'] as const),
      }
    : { after: 50 + next() * 900 };

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
}

/** One maintenance, with a home of its own, and what others do meanwhile. */
export class Round {
  /** The jobs that others touched, as they left them; null for none. */
  readonly left: Record<string, Job | null> = {};
  readonly #server: Server;
  readonly #line: Line;
  readonly #dice: Dice;
  readonly #state = folder();
  readonly #env = { ...process.env, XDG_STATE_HOME: this.#state, XDG_DATA_HOME: folder() };

  /** `line` leads to the server, which others change directly. */
  constructor(server: Server, line: Line, dice: Dice) {
    this.#server = server;
    this.#line = line;
    this.#dice = dice;
  }

  #spawn(words: readonly string[]): ChildProcess {
    return spawn(
      process.execPath,
      [program, 'maintenance', ...words, '--yes', '--url', this.#line.url],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: this.#env,
      },
    );
  }

  async killed(...words: readonly string[]): Promise<void> {
    await this.#line.killAt(pointOf(this.#dice), this.#spawn(words));
  }

  async run(...words: readonly string[]): Promise<Ended> {
    const child = this.#spawn(words);
    let stdout = '';
    child.stdout!.on('data', (part) => (stdout += part));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, stdout };
  }

  /** Null before it was known which cluster answers. */
  readonly kept = (): Promise<ClusterPlaces | null> =>
    keptAt(placesBelow('', this.#state), this.#line.url).catch(() => null);

  async step(): Promise<string | null> {
    const kept = await this.kept();
    if (kept === null) return null;
    const head = await openMaintenance(kept.maintenance).head();
    if (head !== null) expect(statSync(kept.maintenance).mode & 0o777).toBe(0o600);
    return head?.step ?? null;
  }

  /** Starts it, or goes on with its start, until it runs. */
  async start(): Promise<void> {
    for (let tries = 0; (await this.step()) !== 'running'; tries++) {
      expect(tries).toBeLessThan(5);
      const words = (await this.step()) === null ? ['m-', '--name', 'night'] : [];
      await this.run('start', ...words);
    }
  }

  async ours(): Promise<string[]> {
    const record = await openMaintenance((await this.kept())!.maintenance).read();
    return record!.jobs.map(({ name }) => name);
  }

  /** What others do to some of the jobs. */
  async others(share: number): Promise<void> {
    const doubt = await this.#inDoubt();
    const ours = await this.#stillOurs();
    for (const name of names) {
      if (this.#dice.next() > share) continue;
      const deed = this.#dice.one(Object.keys(deeds) as Deed[]);
      const job = await this.#job(name);
      if (job === null || (parents.has(name) && /delete|rename|anew/.test(deed))) continue;
      // Whose hand it was cannot be told then.
      if (doubt.has(name) && (deed === 'disables it' || deed === 'enables it')) continue;
      const touched = (await deeds[deed](this.#server.url, job)) !== false;
      const now = await this.#job(name);
      if (isSame(now, ours.get(name))) delete this.left[name];
      else if (touched && !isSame(now, job)) this.left[name] = now;
      const renamed = `${name}-new`;
      if (deed === 'renames it') this.left[renamed] = await this.#job(renamed);
    }
  }

  /** What is to be put back yet, as it was left: who makes it so again has not touched it. */
  async #stillOurs(): Promise<ReadonlyMap<string, Job>> {
    const kept = await this.kept();
    const record = kept && (await openMaintenance(kept.maintenance).read());
    if (!kept || !record || record.step === 'starting') return new Map();
    const changes = await openJournal(kept.journal).changes();
    const back = new Set(
      changes
        .filter(({ operation }) => record.step === 'ending' && operation === record.operation)
        .map(({ job }) => job),
    );
    const ours = record.jobs.filter(({ name }) => !back.has(name));
    return new Map(ours.map((job) => [job.name, disabledOf(job)]));
  }

  async #inDoubt(): Promise<Set<string>> {
    const kept = await this.kept();
    if (kept === null) return new Set();
    const changes = await openJournal(kept.journal).changes();
    const last = new Map(changes.map((change) => [change.job, change]));
    return new Set([...last.values()].flatMap(({ job, result }) => (result === null ? job : [])));
  }

  #job(name: string): Promise<Job | null> {
    return this.#server.job(name).catch(() => null);
  }
}

const isSame = (now: Job | null, then: Job | undefined): boolean =>
  now !== null && then !== undefined && sameDefinition(now, then);
