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

export interface LintOptions {
  readonly clock: Clock;
  readonly dispatch: (message: Message) => void;
  readonly state: () => State;
}

/** How long one slice takes at most, ms. */
const slice = 12;
/** Between two slices, ms: what waits has its turn. */
const breath = 1;
/** How often it is told how far it is, ms. */
const telling = 100;

export function lintInSlices(
  { clock, dispatch, state }: LintOptions,
  { names, from }: EffectOf<'lint'>,
): void {
  const found: Found[] = [];
  const isIgnored = ignoring(state().setting.lint?.ignore ?? []);
  let ignored = 0;
  let looked = 0;
  let told = clock.now();
  /** The screen may be gone, or have asked anew. */
  const isWanted = (): boolean =>
    state().screens.some((screen) => screen.kind === 'lint' && screen.from === from);
  const next = (): void => {
    if (!isWanted()) return;
    const until = clock.now() + slice;
    while (looked < names.length && clock.now() < until) {
      const name = names[looked++]!;
      const row = state().jobs.byName.get(name);
      if (row === undefined) continue;
      for (const finding of findingsOf(state(), row)) {
        if (isIgnored(row.job, finding)) ignored += 1;
        else found.push({ job: name, finding });
      }
    }
    if (looked === names.length) {
      dispatch({ type: 'linted', from, looked, names, found, ignored });
      return;
    }
    if (clock.now() - told >= telling) {
      told = clock.now();
      dispatch({ type: 'linted', from, looked, names: null, found: [], ignored });
    }
    clock.after(breath, next);
  };
  // The screen says first that it is being looked at; what is made of all jobs is a slice of its own.
  clock.after(breath, () => {
    amongOf(state());
    clock.after(breath, next);
  });
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
