/**
 * Operations on several jobs, from before their first change is sent until they have come to their end for every job:
 * a file each, the plan of what is to be done, below a line that says what it is. Beside it stands who does it, while
 * that is done (config/hold.ts).
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explain, NotFound, OperatorError } from '../../base/errors.ts';
import { fileName } from '../../config/file-name.ts';
import { fileError } from '../../config/files.ts';
import { type Hold, type Holder, hold, holderOf } from '../../config/hold.ts';
import { writeWhole } from '../../config/whole-file.ts';
import { stampOf } from '../../journal/operation-file.ts';
import { operationText } from '../../view/past-operation.ts';
import type { Begin, Beginning } from '../apply.ts';
import type { RestorePlan, RestoreResult } from '../model.ts';
import { isBegun, isOpen } from '../outcome.ts';
import type { PlanFile } from '../text/plan-file.ts';
import { readPlan } from '../text/read.ts';
import { planLines } from '../text/write.ts';
import { headOf, headText, type Unfinished } from './head.ts';

/** Of the server that is changed. */
export type Whereabouts = Pick<PlanFile, 'cluster' | 'url' | 'version'>;

/** An operation that this program has, to finish it. */
export interface Taken extends Unfinished {
  readonly plan: RestorePlan;
  /** Lets go of it; it is over unless some of its jobs are open still. Never rejects. */
  readonly end: (results: readonly RestoreResult[]) => Promise<void>;
  /** Lets go of it as it is. Never rejects. */
  readonly release: () => Promise<void>;
}

/** What there is on disk. */
export interface Found {
  /** Newest first; no program is at work on them. */
  readonly left: readonly Unfinished[];
  /** Files that cannot be read, in words. */
  readonly passedOver: readonly string[];
}

export interface UnfinishedStore {
  /** Keeps what is begun; `title` says what it does where the plan does not tell what it is. */
  readonly begin: (title: string, where: Whereabouts) => Begin;
  readonly found: () => Promise<Found>;
  /**
   * The newest that is left, or the one whose id begins so. Throws NotFound, CorruptFile, and OperatorError while
   * another program has it.
   */
  readonly take: (operation?: string) => Promise<Taken>;
}

const ending = '.plan';
const holding = '.by';

/** Of one cluster, in its folder. */
export function openUnfinished(folder: string): UnfinishedStore {
  const begin =
    (title: string, where: Whereabouts): Begin =>
    async (what) => {
      const at = new Date().toISOString();
      const path = join(folder, `${stampOf(at)}_${fileName(what.operation)}${ending}`);
      const plan = openPlan(what);
      const called = nameOf(plan) ?? title;
      const head = { ...what, at, title: called, jobs: plan.items.length };
      const file = fileOf(plan, { at, title: called, where });
      const lines = planLines(file, { differences: false });
      const hold = await keep(path, piecesOf(headText(head), lines));
      const end = endOf(path, hold);
      return (results) => end(isBegun(results) ? results : []);
    };

  async function found(): Promise<Found> {
    const left: Unfinished[] = [];
    const passedOver: string[] = [];
    for (const name of await plans()) {
      const path = join(folder, name);
      if ((await holderOf(holdOf(path))) !== null) continue;
      try {
        left.push(await headOf(path));
      } catch (error) {
        const failure = fileError(path, 'read', error);
        if (!(failure instanceof NotFound)) passedOver.push(String((failure as Error).message));
      }
    }
    return { left, passedOver };
  }

  /** Newest first. What a program left that was killed while it began or ended goes. */
  async function plans(): Promise<string[]> {
    const names: string[] = await readdir(folder).catch((error: unknown) => {
      const failure = fileError(folder, 'read', error);
      if (failure instanceof NotFound) return [];
      throw failure;
    });
    for (const name of names) {
      const [, stem] = leftover.exec(name) ?? [];
      if (stem === undefined || names.includes(stem + ending)) continue;
      if ((await holderOf(join(folder, stem + holding))) === null)
        await rm(join(folder, name), { force: true }).catch(() => {});
    }
    return names
      .filter((name) => name.endsWith(ending) && !name.startsWith('.'))
      .sort()
      .reverse();
  }

  async function take(operation = ''): Promise<Taken> {
    const names = (await plans()).filter((name) => name.split('_')[1]!.startsWith(operation));
    for (const name of names) {
      const path = join(folder, name);
      const mine = await hold(holdOf(path));
      if (mine !== null) return taken(path, mine);
    }
    const [first] = names;
    const holder = first === undefined ? null : await holderOf(holdOf(join(folder, first)));
    throw holder === null ? nothingLeft(operation) : underWay(holder);
  }

  async function taken(path: string, mine: Hold): Promise<Taken> {
    try {
      const head = await headOf(path);
      const text = await readFile(path, 'utf8');
      const { plan, choices } = readPlan(text.slice(text.indexOf('\n') + 1), path);
      const items = plan.items.filter(({ name }) => choices.get(name) === 'do');
      const end = endOf(path, mine);
      return { ...head, plan: { ...plan, items }, end, release: mine.release };
    } catch (error) {
      await mine.release();
      throw fileError(path, 'read', error);
    }
  }

  return { begin, found, take };
}

/** Who has a plan, and a plan that is being written: both are nothing without their plan or their program. */
const leftover = /^\.?(\d{8}T\d{9}Z_[^.]+)\.(?:by|plan-.+)$/;

const holdOf = (path: string): string => path.slice(0, -ending.length) + holding;

/** What of a plan is to be done: the rest of it needs nobody to finish it. */
function openPlan({ plan, names }: Beginning): RestorePlan {
  const { unreadable: _, ...rest } = plan;
  const items = plan.items.filter(
    ({ name, kind }) =>
      names.has(name) && (kind === 'new' || kind === 'change' || kind === 'delete'),
  );
  return { ...rest, items };
}

/** `restore of 42 jobs from backup-dkron_…`, as the journal calls it; null where that is not known. */
const nameOf = ({ origin, items }: RestorePlan): string | null =>
  origin ? operationText({ ...origin, jobs: items.length, job: items[0]?.name ?? '' }) : null;

const fileOf = (
  plan: RestorePlan,
  {
    at,
    title,
    where,
  }: { readonly at: string; readonly title: string; readonly where: Whereabouts },
): PlanFile => ({
  ...where,
  at,
  source: title,
  plan,
  choices: new Map(plan.items.map(({ name }) => [name, 'do'])),
});

/** So much of a plan of many jobs is in memory at once, UTF-16 units. */
const pieceSize = 1 << 20;

function* piecesOf(head: string, lines: Iterable<string>): Generator<string> {
  let piece = head;
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < pieceSize) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** Throws OperatorError, and then nothing is kept. */
async function keep(path: string, text: Iterable<string>): Promise<Hold> {
  let mine: Hold | null = null;
  try {
    mine = await hold(holdOf(path));
    await writeWhole(path, text, { flush: true });
    return mine!;
  } catch (error) {
    await mine?.release();
    throw error instanceof OperatorError ? notKept(error) : error;
  }
}

const endOf =
  (path: string, mine: Hold): Taken['end'] =>
  async (results) => {
    if (!results.some(isOpen)) await rm(path, { force: true }).catch(() => {});
    await mine.release();
  };

/** What could not be finished after a crash is not begun. */
const notKept = (cause: OperatorError): OperatorError =>
  new OperatorError(explain(cause)[0]!, {
    data: 'Nothing was sent, so nothing was changed: the plan must be kept first, so that it can be finished after a crash.',
    next: cause.next ?? 'Fix that, then try again.',
    cause,
  });

const nothingLeft = (operation: string): NotFound =>
  new NotFound(
    operation === ''
      ? 'nothing is left to finish: no operation on this cluster was interrupted'
      : `no unfinished operation on this cluster has the id ${operation}`,
    { data: 'Nothing was changed.' },
  );

const underWay = ({ host, pid }: Holder): OperatorError =>
  new OperatorError(`another program is at work on it: process ${pid} on ${host}`, {
    data: 'Nothing was changed.',
    next: 'Wait until it has ended, or end it; then try again.',
  });
