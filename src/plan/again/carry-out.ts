/** Runs the jobs of a list again: each is asked for once, parents first, so many at a time, and followed to its end. */
import { explain, OperatorError } from '../../base/errors.ts';
import type { RunResult } from '../../dkron/write/run.ts';
import { askOnce, findAsked, type Left } from './ask.ts';
import { endOfRun } from './end.ts';
import type { AgainOptions } from './options.ts';
import type { AgainItem } from './plan.ts';
import type { Before } from './record.ts';
import { type AgainState, isOver, stateOf } from './state.ts';
import { type Tracker, trackRuns } from './track.ts';
import { type Turns, turnsOf } from './turns.ts';

/** The states of all jobs, in the order of the list. Throws what the record cannot keep; nothing is sent from then on. */
export async function runAgain(
  items: readonly AgainItem[],
  options: AgainOptions,
): Promise<readonly AgainState[]> {
  const work = new Work(items, options);
  try {
    return await work.all();
  } finally {
    await options.record.end(work.isOver);
  }
}

class Work {
  readonly #items: readonly AgainItem[];
  readonly #options: AgainOptions;
  readonly #states: Map<string, AgainState>;
  readonly #ends: ReadonlyMap<string, PromiseWithResolvers<AgainState>>;
  /** What was there before each request, by the job that was asked for. */
  readonly #asked: Map<string, Before>;
  readonly #turns: Turns;
  readonly #tracker: Tracker;
  /** Ends what is not asked for yet: the operator's word, or what the others would meet, too. */
  readonly #halt = new AbortController();
  readonly #stop: AbortSignal;
  #why = '';

  constructor(items: readonly AgainItem[], options: AgainOptions) {
    const { atOnce, stop, signal, begun } = options;
    this.#items = items;
    this.#options = options;
    this.#states = new Map(items.map(({ name }) => [name, stateOf(name, 'waiting')]));
    this.#ends = new Map(items.map(({ name }) => [name, Promise.withResolvers()]));
    this.#asked = new Map(begun?.asked);
    this.#turns = turnsOf(atOnce);
    this.#stop = AbortSignal.any([stop, signal, this.#halt.signal]);
    this.#tracker = trackRuns({ ...options, onSeen: (state) => this.#seen(state) });
  }

  get isOver(): boolean {
    return [...this.#states.values()].every(isOver);
  }

  async all(): Promise<readonly AgainState[]> {
    try {
      await Promise.all(this.#items.map((item) => this.#one(item)));
    } catch (error) {
      this.#halt.abort();
      await Promise.all([...this.#ends.values()].map(({ promise }) => promise));
      throw error;
    } finally {
      this.#tracker.end();
    }
    return this.#items.map(({ name }) => this.#states.get(name)!);
  }

  async #one(item: AgainItem): Promise<void> {
    const { name, how, after, why } = item;
    const before = this.#options.begun?.ended.get(name);
    try {
      if (before !== undefined) return this.#settled(before);
      if (how === 'held') return await this.#ended(stateOf(name, 'held', why));
      const above = after === '' ? null : await this.#ends.get(after)!.promise;
      if (how === 'with') return await this.#withStarter(item, above!);
      if (above !== null && above.state !== 'succeeded') return await this.#notAfter(item, above);
      await this.#turns.take(() => this.#ask(name));
    } finally {
      // Whoever waits for it learns how it stands, also where something broke.
      this.#ends.get(name)!.resolve(this.#states.get(name)!);
    }
  }

  /** Asks for a run, unless that was done, and follows it. */
  async #ask(name: string): Promise<void> {
    const before = this.#asked.get(name);
    const result = await (before === undefined ? this.#send(name) : this.#find(name, before));
    if (result.outcome === 'left') return this.#left(name, result);
    await this.#ended(this.#endOf(name, result));
  }

  #send(name: string): Promise<RunResult | Left> {
    const carries = this.#items
      .filter(({ how, after }) => how === 'with' && after === name)
      .map((item) => item.name);
    return askOnce({
      ...this.#options,
      stop: this.#stop,
      name,
      carries,
      onAsked: (before) => this.#started(name, before),
      onUnsent: () => {
        this.#asked.delete(name);
        for (const each of [name, ...carries]) this.#tracker.forget(each);
        this.#seen(stateOf(name, 'waiting'));
      },
      onLost: ({ message }) => this.#seen(stateOf(name, 'started', `${message}; it is looked for`)),
    });
  }

  #started(name: string, before: Before): void {
    this.#asked.set(name, before);
    for (const [each, ids] of Object.entries(before)) this.#tracker.watch(each, new Set(ids));
    this.#seen(stateOf(name, 'started'));
  }

  /** What a program before this one asked for. */
  #find(name: string, before: Before): Promise<RunResult | Left> {
    this.#started(name, before);
    const { url } = this.#options.client;
    const lost = new OperatorError(`a program that was ended asked ${url} for it`);
    return findAsked(this.#options, name, before[name] ?? [], lost);
  }

  /** What the success of another starts is looked for when that has ended. */
  async #withStarter({ name, after }: AgainItem, above: AgainState): Promise<void> {
    const before = this.#asked.get(after)?.[name];
    const mayRun = above.state === 'succeeded' || above.state === 'unknown';
    if (!mayRun || before === undefined) return this.#notAfter({ name, after }, above);
    const lost =
      above.state === 'unknown' ? new OperatorError(`it is not known whether ${after} ran`) : null;
    const result = await findAsked(this.#options, name, before, lost);
    if (result.outcome === 'left') return this.#left(name, result);
    if (result.outcome === 'done' || lost !== null) return this.#ended(this.#endOf(name, result));
    await this.#ended(stateOf(name, 'not started', `${after} ended well, but no run of it shows`));
  }

  async #notAfter({ name, after }: Pick<AgainItem, 'name' | 'after'>, above: AgainState) {
    if (!isOver(above)) return this.#left(name);
    const how =
      above.state === 'failed'
        ? 'failed'
        : above.state === 'unknown'
          ? 'may not have ended well'
          : 'did not run';
    await this.#ended(stateOf(name, 'not started', `${after} ${how}`));
  }

  #endOf(name: string, result: RunResult): AgainState {
    if (result.outcome === 'done') return endOfRun(name, result.executions);
    const why = explain(result.error).join(' · ');
    if (result.outcome === 'refused') return stateOf(name, 'refused', why);
    return stateOf(name, 'unknown', `it may have started: ${why}`, this.#states.get(name)!.run);
  }

  /** What was asked for stays as it was seen last. */
  #left(name: string, { error }: Pick<Left, 'error'> = { error: null }): void {
    if (error !== null) this.#why ||= error.message;
    if (error !== null) this.#halt.abort();
    if (this.#states.get(name)!.state === 'waiting') this.#seen(stateOf(name, 'left', this.#why));
  }

  async #ended(state: AgainState): Promise<void> {
    await this.#options.record.note({ ended: state });
    this.#settled(state);
  }

  #settled(state: AgainState): void {
    this.#tracker.forget(state.name);
    this.#seen(state);
  }

  #seen(state: AgainState): void {
    this.#states.set(state.name, state);
    this.#options.onState(state);
  }
}
