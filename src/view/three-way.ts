/** What a plan was made on, what it wants and what the server has now, side by side. */
import { diffJobs, type FieldChange } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { maskChange } from '../job/mask.ts';
import { diffOf } from './diff.ts';
import { type Line, plain, quiet, type Span, type Tone, toned } from './line.ts';

/** Null where there is no such job. */
export interface Versions {
  readonly base: Job | null;
  readonly plan: Job | null;
  readonly now: Job | null;
}

/** One value in all three; null where there is no job, "" for none. */
export interface ThreeValues {
  readonly path: string;
  readonly base: string | null;
  readonly plan: string | null;
  readonly now: string | null;
}

/** The values in which not all three are alike; credentials hidden unless `secrets`. */
export function threeValues({ base, plan, now }: Versions, secrets = false): ThreeValues[] {
  // Where there was no job, the server's is what the plan goes from.
  const from = base ?? now;
  if (from === null) return [];
  const planned = changesFrom(from, plan, secrets);
  const moved = changesFrom(from, base === null ? null : now, secrets);
  return [...new Set([...moved.keys(), ...planned.keys()])].map((path) => {
    const before = (planned.get(path) ?? moved.get(path))!.before;
    const then = plan === null ? null : (planned.get(path)?.after ?? before);
    if (base === null) return { path, base: null, plan: then, now: before };
    const later = now === null ? null : (moved.get(path)?.after ?? before);
    return { path, base: before, plan: then, now: later };
  });
}

function changesFrom(from: Job, to: Job | null, secrets: boolean): Map<string, FieldChange> {
  const changes = to === null ? [] : diffJobs(from, to);
  const shown = secrets ? changes : changes.map(maskChange);
  return new Map(shown.map((change) => [change.path, change]));
}

const labels = { base: 'when planned', plan: 'the plan', now: 'now' } as const;
const labelWidth = 14;

/** The same as lines: three of each value; of a long one how the plan and the server differ from what was. */
export function threeWayLines(versions: Versions, secrets = false): Line[] {
  const values = threeValues(versions, secrets);
  const width = Math.max(12, ...values.map(({ path }) => path.length + 3));
  const lines = values.flatMap((one) =>
    rowsOf(one).map(
      ([label, span], at): Line => [
        quiet((at === 0 ? ` ${one.path}` : '').padEnd(width)),
        quiet(label.padEnd(labelWidth)),
        span,
      ],
    ),
  );
  const missing = Object.entries(labels).filter(
    ([key]) => versions[key as keyof Versions] === null,
  );
  return [...missing.map(([, label]) => [quiet(` ${label}: no such job`)]), ...lines];
}

type Row = readonly [label: string, span: Span];

function rowsOf({ base, plan, now }: ThreeValues): Row[] {
  const start = base ?? now ?? '';
  const isLong = [base, plan, now].some((value) => value !== null && isLaidOut(value));
  if (isLong)
    return [
      ...(plan === null ? [] : differing(labels.plan, start, plan)),
      ...(now === null || base === null ? [] : differing(labels.now, base, now)),
    ];
  return [
    ...valueRow(labels.base, base, plain),
    ...valueRow(labels.plan, plan, (text) => toned(text, 'ok')),
    ...valueRow(labels.now, now, (text) => toned(text, 'attention')),
  ];
}

const valueRow = (label: string, value: string | null, dress: (text: string) => Span): Row[] =>
  value === null ? [] : [[label, value === '' ? quiet('none') : dress(value)]];

/** Whether it takes several lines. */
const isLaidOut = (text: string): boolean => diffOf('', text).length > 1;

const tones: Readonly<Record<string, Tone>> = { '−': 'bad', '+': 'ok' };

function differing(label: string, before: string, after: string): Row[] {
  if (before === after) return [[label, quiet('as it was')]];
  return diffOf(before, after).map(({ sign, text }, at) => [
    at === 0 ? label : '',
    toned(`${sign} ${text}`, tones[sign] ?? 'quiet'),
  ]);
}
