/** Asks the checks about many jobs, a few at a time: keys are heard meanwhile. */
import type { Clock } from '../../base/clock.ts';
import type { Finding } from '../../job/lint/finding.ts';
import type { Found } from '../../job/lint/found.ts';
import { ignoring } from '../../job/lint/ignore.ts';
import { listedFindings } from '../../job/lint/listed.ts';
import type { JobRow } from '../../job/row.ts';
import { amongOf, aroundOf } from '../state/around.ts';
import type { EffectOf } from '../state/message.ts';
import type { Message, State } from '../state/model.ts';
import { inSlices } from './slices.ts';

export interface LintOptions {
  readonly clock: Clock;
  readonly dispatch: (message: Message) => void;
  readonly state: () => State;
}

/** How often it is told how far it is, ms. */
const telling = 100;

export function lintInSlices(
  { clock, dispatch, state }: LintOptions,
  { names, from }: EffectOf<'lint'>,
): void {
  const isIgnored = ignoring(state().setting.lint?.ignore ?? []);

  function* steps(): Generator<
    void,
    { readonly found: readonly Found[]; readonly ignored: number }
  > {
    const found: Found[] = [];
    let ignored = 0;
    let told = clock.now();
    // What is made of all jobs is a step of its own.
    amongOf(state());
    yield;
    for (const [at, name] of names.entries()) {
      const row = state().jobs.byName.get(name);
      for (const finding of row === undefined ? [] : findingsOf(state(), row)) {
        if (isIgnored(row!.job, finding)) ignored += 1;
        else found.push({ job: name, finding });
      }
      if (clock.now() - told >= telling) {
        told = clock.now();
        dispatch({ type: 'linted', from, looked: at + 1, names: null, found: [], ignored });
      }
      yield;
    }
    return { found, ignored };
  }

  /** The screen may be gone, or have asked anew. */
  const isWanted = (): boolean =>
    state().screens.some((screen) => screen.kind === 'lint' && screen.from === from);
  inSlices(clock, steps(), isWanted, (result) =>
    dispatch({ type: 'linted', from, looked: names.length, names, ...result }),
  );
}

interface Remembered {
  /** What it was judged by besides itself. */
  readonly by: readonly unknown[];
  readonly findings: readonly Finding[];
}

/** A row that has not changed is judged as before. */
const remembered = new WeakMap<JobRow, Remembered>();

function findingsOf(state: State, row: JobRow): readonly Finding[] {
  const around = aroundOf(state);
  // What its parent is decides about a child.
  const kin = row.parent_job === '' ? null : state.jobs.byName;
  const among = amongOf(state).get(row.name);
  const by = [
    around.now,
    around.version,
    around.nodes,
    around.ttls,
    around.times?.get(row.name),
    kin,
    among,
  ];
  const known = remembered.get(row);
  if (known?.by.every((each, at) => each === by[at])) return known.findings;
  const findings = listedFindings(row.job, around, amongOf(state));
  remembered.set(row, { by, findings });
  return findings;
}
