/** The unit tests on sources with switches: which of them come by a fault, and whether they notice it. */
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BaseSequencer, createVitest, type TestCase, type Vitest } from 'vitest/node';
import config from '../../vitest.config.ts';

/** The tests of one file that come by a fault. */
export interface Cover {
  /** Absolute, as the sources' paths are. */
  readonly file: string;
  readonly tests: readonly TestCase[];
  readonly ms: number;
}

/** The tests run in the order in which they are asked for. */
class AsAsked extends BaseSequencer {
  override async sort<T>(files: T): Promise<T> {
    return files;
  }
}

type Options = NonNullable<Parameters<typeof createVitest>[1]>;

/** Vitest with the settings of the unit tests; it loads `sources` in place of what is on the disk. */
function open(sources: ReadonlyMap<string, string>, options: Options): Promise<Vitest> {
  const unit = config.test?.projects?.[0] as { test: Options };
  return createVitest(
    'test',
    {
      ...unit.test,
      ...options,
      config: false,
      watch: false,
      // A fault may spoil what a module is made of when it is loaded.
      isolate: true,
      passWithNoTests: true,
      reporters: [{}],
      setupFiles: [resolve('scripts/mutants/switches.ts')],
      sequence: { sequencer: AsAsked },
      // It would keep sources with switches for a run without.
      fsModuleCache: false,
    },
    {
      plugins: [
        { name: 'switches', enforce: 'pre', transform: (_code, file) => sources.get(file) ?? null },
      ],
    },
  );
}

/** Runs the tests that have to do with these sources, without a fault: for each fault those that come by it. */
export async function coversOf(
  sources: ReadonlyMap<string, string>,
  maxWorkers: number,
): Promise<{ covers: Map<number, Cover[]>; failing: string[] }> {
  const vitest = await open(sources, { related: [...sources.keys()], maxWorkers });
  vitest.provide('fault', { on: 0, longestMs: Number.POSITIVE_INFINITY });
  const { testModules } = await vitest.runTestSpecifications(
    await vitest.getRelevantTestSpecifications(),
  );
  const covers = new Map<number, Cover[]>();
  for (const module of testModules) {
    const tests = [...module.children.allTests('passed')];
    const byFault = Map.groupBy(
      tests.flatMap((test) => (test.meta().switches ?? []).map((fault) => ({ fault, test }))),
      ({ fault }) => fault,
    );
    for (const [fault, found] of byFault) {
      const tests = found.map(({ test }) => test);
      const ms = tests.reduce((sum, test) => sum + msOf(test), module.diagnostic().collectDuration);
      covers.set(fault, [...(covers.get(fault) ?? []), { file: module.moduleId, tests, ms }]);
    }
  }
  await vitest.close();
  return {
    covers,
    failing: testModules.flatMap((module) =>
      [...module.children.allTests('failed')].map(({ fullName }) => fullName),
    ),
  };
}

const msOf = (test: TestCase): number => test.diagnostic()?.duration ?? 0;

/** One worker that is asked about one fault after the other. */
export class Asked {
  #vitest: Vitest | undefined;
  readonly #sources: ReadonlyMap<string, string>;

  constructor(sources: ReadonlyMap<string, string>) {
    this.#sources = sources;
  }

  /** Whether one of these tests fails with the fault. */
  async notices(fault: number, covers: readonly Cover[]): Promise<boolean> {
    this.#vitest ??= await open(this.#sources, { maxWorkers: 1, bail: 1 });
    const vitest = this.#vitest;
    const longestMs = 2000 + 5 * Math.max(...covers.flatMap(({ tests }) => tests.map(msOf)));
    vitest.provide('fault', { on: fault, longestMs });
    const asked = covers.map(({ file, tests }) =>
      vitest.getRootProject().createSpecification(file, { testIds: tests.map(({ id }) => id) }),
    );
    const patience = new AbortController();
    const all = covers.reduce((sum, { ms }) => sum + ms, 0);
    const tooLong = pause(60_000 + 5 * all, undefined, { signal: patience.signal }).catch(() => {});
    const result = await Promise.race([vitest.runTestSpecifications(asked), tooLong]);
    patience.abort();
    if (result === undefined) await this.close();
    return (
      result === undefined ||
      !result.testModules.every((module) => module.ok()) ||
      result.unhandledErrors.length > 0
    );
  }

  async close(): Promise<void> {
    await this.#vitest?.close();
    this.#vitest = undefined;
  }
}
