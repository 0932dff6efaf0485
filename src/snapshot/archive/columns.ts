/** The columns of a list of snapshots: what each shows, and from which width on it is there. */
import { plain, quiet, type Span, toned } from '../../view/line.ts';
import { clockWidth, shortClock, shortSpan } from '../../view/short.ts';
import { sizeText } from '../../view/size.ts';
import type { Difference } from './difference.ts';
import type { Proof, SnapshotFile } from './list.ts';
import { isSnapshotName } from './name.ts';

interface Around {
  /** ms since the epoch */
  readonly now: number;
  readonly zone: string;
  /** The name of the file stands in a column of its own. */
  readonly named: boolean;
}

export interface SnapshotColumn {
  readonly title: string;
  /** Cells; what the others leave goes to the label. */
  readonly width: number;
  readonly align: 'left' | 'right';
  /** Least width of a screen that has room for it. */
  readonly from: number;
  readonly cell: (file: SnapshotFile, around: Around) => Span;
}

const left = { align: 'left', from: 0 } as const;
const right = { align: 'right', from: 0 } as const;

const proofs: Readonly<Record<Proof, Span>> = {
  manifest: plain('yes'),
  none: quiet('none'),
  unreadable: toned('broken', 'attention'),
  damaged: toned('damaged', 'bad'),
};

const unreadable = toned('denied', 'bad');

const proofSpan = ({ proof, proven }: SnapshotFile): Span =>
  proven ? toned('proven', 'ok') : proofs[proven === false ? 'damaged' : proof];

/** The clock, or the day alone of another year: the age and the name say the rest. */
function takenText(taken: number, now: number, zone: string): string {
  const clock = shortClock(taken, now, zone);
  return /^\d{4}-/.test(clock) ? clock.slice(0, 10) : clock;
}

/** `+2 −1 ~5`, without what is 0; `same`. */
function differenceText({ added, removed, changed }: Difference): string {
  const parts = [
    ['+', added],
    ['−', removed],
    ['~', changed],
  ] as const;
  const told = parts.flatMap(([sign, count]) => (count === 0 ? [] : [`${sign}${count}`]));
  return told.length === 0 ? 'same' : told.join(' ');
}

/** The label; the name of one without where it shows nowhere else and says more than the time. */
function labelText({ head, name }: SnapshotFile, named: boolean): string {
  const label = head?.label ?? (named || isSnapshotName(name) ? '' : name);
  return head?.pinned ? `pinned${label && `, ${label}`}` : label;
}

/** Two apart. The label takes what is left. */
export const snapshotColumns: readonly SnapshotColumn[] = [
  {
    title: 'TAKEN',
    width: clockWidth,
    ...right,
    cell: ({ taken }, { now, zone }) => plain(takenText(taken, now, zone)),
  },
  {
    title: 'AGE',
    width: 6,
    ...right,
    cell: ({ taken }, { now }) => quiet(shortSpan(now - taken)),
  },
  {
    title: 'JOBS',
    width: 6,
    ...right,
    cell: ({ jobs }) => plain(jobs === null ? '?' : String(jobs)),
  },
  {
    title: 'SIZE',
    width: 8,
    ...right,
    from: 90,
    cell: ({ bytes }) => quiet(sizeText(bytes)),
  },
  { title: 'KIND', width: 9, ...left, cell: ({ head }) => plain(head?.kind ?? '') },
  {
    title: 'DIFF',
    width: 10,
    ...left,
    cell: ({ differs }) => plain(differs === null ? '' : differenceText(differs)),
  },
  {
    title: 'PROOF',
    width: 7,
    ...left,
    cell: (file) => (file.unreadable ? unreadable : proofSpan(file)),
  },
  {
    title: 'LABEL',
    width: 0,
    ...left,
    cell: (file, { named }) => toned(labelText(file, named), 'attention'),
  },
  { title: 'FILE', width: 40, ...left, from: 120, cell: ({ name }) => quiet(name) },
  {
    title: 'CLUSTER',
    width: 20,
    ...left,
    from: 150,
    cell: ({ head }) => quiet(head?.cluster?.name ?? ''),
  },
];
