import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { inOrder } from '../../../src/journal/history/order.ts';
import type { Change, JobThen, Sighting } from '../../../src/journal/history/seen.ts';
import { type Step, stepsOf } from '../../../src/journal/history/steps.ts';
import { aJob, textOf } from '../../support/jobs.ts';

const minute = 60_000;

/** A definition by a letter, which is its owner; null for none. */
const was = (letter: string | null): JobThen =>
  letter === null ? null : textOf(aJob({ owner: letter, success_count: 7 }));
const letterOf = (state: JobThen): string => state?.job.owner ?? '-';

const saw = (at: number, letter: string | null): Sighting => ({
  at: at * minute,
  state: was(letter),
  source: { kind: 'snapshot', id: `s${at}` },
});

const changed = (
  at: number,
  before: string | null,
  after: string | null,
  certain = true,
): Change => ({
  id: `c${at}`,
  at: at * minute,
  until: at * minute + 500,
  before: was(before),
  after: was(after),
  certain,
  who: 'ann@laptop',
});

/** `changed A→B 10–20 s20`: what a step says, with its times in minutes. */
function told({ kind, from, to, after, by, exact, certain, who, snapshot }: Step): string {
  const at = (ms: number | null) => (ms === null ? '' : Math.floor(ms / minute));
  const when = exact ? `at ${at(by)} by ${who}` : `${at(after)}–${at(by)}`;
  return `${kind}${certain ? '' : '?'} ${letterOf(from)}→${letterOf(to)} ${when}${snapshot === null ? '' : ` ${snapshot}`}`;
}

interface Row {
  readonly what: string;
  readonly seen: readonly Sighting[];
  readonly changes?: readonly Change[];
  readonly steps: readonly string[];
}

const rows: readonly Row[] = [
  { what: 'nothing', seen: [], steps: [] },
  { what: 'one snapshot', seen: [saw(1, 'A')], steps: ['first -→A –1 s1'] },
  {
    what: 'the same in all',
    seen: [saw(1, 'A'), saw(9, 'A')],
    steps: ['first -→A –1 s9'],
  },
  {
    what: 'a change between two',
    seen: [saw(1, 'A'), saw(2, 'A'), saw(3, 'B'), saw(4, 'B')],
    steps: ['changed A→B 2–3 s4', 'first -→A –1 s2'],
  },
  {
    what: 'back to what it was',
    seen: [saw(1, 'A'), saw(2, 'B'), saw(3, 'A')],
    steps: ['changed B→A 2–3 s3', 'changed A→B 1–2 s2', 'first -→A –1 s1'],
  },
  {
    what: 'created, deleted, and there again',
    seen: [saw(1, null), saw(2, 'A'), saw(3, null), saw(4, 'A')],
    steps: ['back -→A 3–4 s4', 'deleted A→- 2–3', 'created -→A 1–2 s2'],
  },
  { what: 'never there', seen: [saw(1, null), saw(2, null)], steps: [] },
  {
    what: 'a change that the journal explains',
    seen: [saw(1, 'A'), saw(9, 'B')],
    changes: [changed(5, 'A', 'B')],
    steps: ['changed A→B at 5 by ann@laptop s9', 'first -→A –1 s1'],
  },
  {
    what: 'several in the journal between two snapshots',
    seen: [saw(1, 'A'), saw(9, 'A')],
    changes: [changed(4, 'A', 'B'), changed(6, 'B', 'A')],
    steps: [
      'changed B→A at 6 by ann@laptop s9',
      'changed A→B at 4 by ann@laptop',
      'first -→A –1 s1',
    ],
  },
  {
    what: 'the journal alone',
    seen: [],
    changes: [changed(4, null, 'A'), changed(6, 'A', null)],
    steps: ['deleted A→- at 6 by ann@laptop', 'created -→A at 4 by ann@laptop'],
  },
  {
    what: 'somebody else before a change and after it',
    seen: [saw(1, 'A'), saw(9, 'D')],
    changes: [changed(5, 'B', 'C')],
    steps: [
      'changed C→D 5–9 s9',
      'changed B→C at 5 by ann@laptop',
      'changed A→B 1–5',
      'first -→A –1 s1',
    ],
  },
  {
    what: 'one that is not certain, seen afterwards',
    seen: [saw(1, 'A'), saw(9, 'B')],
    changes: [changed(5, 'A', 'B', false)],
    steps: ['changed A→B at 5 by ann@laptop s9', 'first -→A –1 s1'],
  },
  {
    what: 'one that is not certain and did not happen',
    seen: [saw(1, 'A'), saw(9, 'A')],
    changes: [changed(5, 'A', 'B', false)],
    steps: ['first -→A –1 s9'],
  },
  {
    what: 'one that is not certain and then became something else',
    seen: [saw(1, 'A'), saw(9, 'C')],
    changes: [changed(5, 'A', 'B', false)],
    steps: ['changed A→C 5–9 s9', 'first -→A –1 s1'],
  },
  {
    what: 'one that is not certain, and nobody looked since',
    seen: [saw(1, 'A')],
    changes: [changed(5, 'A', 'B', false)],
    steps: ['changed? A→B at 5 by ann@laptop', 'first -→A –1 s1'],
  },
  {
    what: 'two of them, the second tells of the first',
    seen: [],
    changes: [changed(5, 'A', 'B', false), changed(7, 'B', 'C', false)],
    steps: ['changed? B→C at 7 by ann@laptop', 'changed A→B at 5 by ann@laptop', 'first -→A –5'],
  },
  {
    what: 'a change that changed nothing',
    seen: [saw(1, 'A')],
    changes: [changed(5, 'A', 'A')],
    steps: ['first -→A –1 s1'],
  },
  {
    what: 'a snapshot by a clock that is ahead',
    seen: [saw(1, 'A'), saw(6, 'A'), saw(9, 'B')],
    changes: [changed(5, 'A', 'B')],
    steps: ['changed A→B at 5 by ann@laptop s9', 'first -→A –1 s6'],
  },
  {
    what: 'a snapshot by a clock that is behind',
    seen: [saw(1, 'A'), saw(4, 'B'), saw(9, 'B')],
    changes: [changed(5, 'A', 'B')],
    steps: ['changed A→B at 5 by ann@laptop s9', 'first -→A –1 s1'],
  },
  {
    what: 'what no clock explains',
    seen: [saw(1, 'A'), saw(10, 'A')],
    changes: [changed(5, 'A', 'B')],
    steps: ['changed B→A 5–10 s10', 'changed A→B at 5 by ann@laptop', 'first -→A –1 s1'],
  },
];

describe('the steps of', () => {
  test.each(rows)('$what', ({ seen, changes = [], steps }) => {
    expect(stepsOf(seen, changes).map(told)).toEqual(steps);
    expect(stepsOf(seen.toReversed(), changes.toReversed()).map(told)).toEqual(steps);
  });
});

it('counters, what an older server did not keep and what says nothing are no change', () => {
  const seen = [
    saw(1, 'A'),
    { ...saw(2, 'A'), state: textOf(aJob({ owner: 'A', success_count: 9, tags: {} })) },
  ];
  expect(stepsOf(seen, []).map(told)).toEqual(['first -→A –1 s2']);
});

it('a sent definition is known again on a server that does not keep all of it', () => {
  const sent = { ...changed(5, 'A', 'B', false), after: textOf({ ...was('B')!.job, newer: true }) };
  expect(stepsOf([saw(9, 'B')], [sent]).map(told)[0]).toBe('changed A→B at 5 by ann@laptop s9');
});

it('names the fields, and all of them where the job came or went', () => {
  const [gone, step, first] = stepsOf([saw(1, 'A'), saw(2, 'B'), saw(3, null)], []);
  expect(step?.changes).toMatchObject([{ path: 'owner', before: 'A', after: 'B' }]);
  expect(first?.changes).toContainEqual(
    expect.objectContaining({ path: 'schedule', before: '', after: '0 */5 * * * *' }),
  );
  expect(gone?.changes).toContainEqual(
    expect.objectContaining({ path: 'owner', before: 'B', after: '' }),
  );
});

/** What happened to a job: somebody changed it, somebody looked. */
interface Event {
  readonly kind: 'snapshot' | 'by others' | 'journaled' | 'unsure' | 'lost';
  readonly letter: string | null;
}

const events = fc.array(
  fc.record<Event>({
    kind: fc.constantFrom('snapshot', 'snapshot', 'by others', 'journaled', 'unsure', 'lost'),
    letter: fc.constantFrom('A', 'B', 'C', null),
  }),
  { maxLength: 30 },
);

const apart = 10;

/** Lives through it; an event every ten minutes. */
function live(all: readonly Event[]) {
  const truth = new Map<number, string | null>();
  const seen: Sighting[] = [];
  const changes: Change[] = [];
  /** The edits by others between two looks, and which looks tell how the job was from then on. */
  const looks: boolean[] = [];
  const alone: { at: number; from: string | null; to: string | null }[][] = [[]];
  let now: string | null = 'A';
  for (const [index, { kind, letter }] of all.entries()) {
    const at = (index + 1) * apart;
    const from = now;
    if (kind === 'snapshot') seen.push(saw(at, now));
    else if (kind === 'lost') changes.push(changed(at, now, `lost ${at}`, false));
    else {
      now = letter;
      if (kind === 'by others') alone.at(-1)!.push({ at, from, to: now });
      else changes.push(changed(at, from, now, kind === 'journaled'));
    }
    if (kind !== 'by others') {
      alone.push([]);
      looks.push(kind === 'snapshot' || kind === 'journaled');
    }
    truth.set(at, now);
  }
  const single = alone
    .slice(0, -1)
    .filter((edits, index) => looks[index - 1] === true && edits.length === 1)
    .flat()
    .filter(({ from, to }) => from !== to);
  return { truth, seen, changes, single };
}

const stateAt = (truth: ReadonlyMap<number, string | null>, at: number): string | null => {
  const moments = [...truth.keys()].filter((moment) => moment <= at);
  return moments.length === 0 ? 'A' : truth.get(Math.max(...moments))!;
};

const letterIn = (state: JobThen): string | null => (state === null ? null : letterOf(state));

describe('of any history', () => {
  it('each step is true, and they hang together', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { truth, seen: sightings, changes } = live(all);
        const steps = stepsOf(sightings, changes);
        for (const [index, { from, to, after, by, exact, certain, source }] of steps.entries()) {
          const older = steps[index + 1];
          expect(letterIn(from)).toBe(older === undefined ? letterIn(from) : letterIn(older.to));
          if (!certain) {
            expect(index).toBe(0);
            continue;
          }
          const [begin, end] = [after === null ? null : after / minute, by / minute];
          // The journal read it just before it changed it.
          const seen = !exact && source.kind === 'journal' ? end - 0.001 : end;
          expect(letterIn(to)).toBe(stateAt(truth, seen));
          if (begin === null) continue;
          // At that moment, or the moment before where the journal read it to change it.
          expect([stateAt(truth, begin), stateAt(truth, begin - 0.001)]).toContain(letterIn(from));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('names each change of the journal once, with its moment and who made it', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { seen, changes } = live(all);
        const steps = stepsOf(seen, changes);
        const made = changes.filter(
          ({ certain, before, after }) => certain && letterIn(before) !== letterIn(after),
        );
        const named = steps.filter(
          ({ exact, source }) => exact && made.some(({ id }) => id === source.id),
        );
        expect(named.map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse());
        for (const step of named) expect(step.who).toBe('ann@laptop');
      }),
      { numRuns: 400 },
    );
  });

  it('names each change between two looks once, between these two', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { seen, changes, single } = live(all);
        const steps = stepsOf(seen, changes).filter(({ exact, after }) => !exact && after !== null);
        for (const { at, from, to } of single) {
          const mine = steps.filter(({ after, by }) => after! / minute < at && at < by / minute);
          expect(mine.map((step) => [letterIn(step.from), letterIn(step.to)])).toEqual([
            [from, to],
          ]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('says the same when snapshots come from a clock that is a little wrong', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: -115, max: 115 }), (all, seconds) => {
        const { seen, changes } = live(all.map((event) => ({ ...event })));
        const moved = seen.map((one) => ({ ...one, at: one.at + seconds * 1_000 }));
        const order = (some: readonly Sighting[]) =>
          inOrder(some, changes).map((event) => ('id' in event ? event.id : event.source.id));
        expect(order(moved)).toEqual(order(seen));
      }),
    );
  });
});
