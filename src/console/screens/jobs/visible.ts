/** Which jobs the table shows, in which order: sort, families, filter. */

import { memoOf, stepsOnce } from '../../../base/memo-of.ts';
import { atOnce, forEachBelow } from '../../../base/steps.ts';
import type { JobTable } from '../../../job/table.ts';
import { width } from '../../../terminal/cell.ts';
import { indent } from '../../../view/job-columns.ts';
import type { Rows } from '../../state/cursor.ts';
import type { JobsScreen, State } from '../../state/model.ts';
import { standingsIn } from '../../state/standings.ts';
import { countAhead } from './counts.ts';
import { type Found, foundAhead, foundBy } from './found.ts';
import { type InFamilies, inFamilies } from './kin.ts';
import { type Order, orderAhead, orderOf, type Unordered } from './order.ts';
import { placedRows } from './placed-rows.ts';

export interface Visible extends Rows {
  /** Steps below a family's root; jobs that are not in it stand at 0. */
  readonly depth: ReadonlyMap<string, number>;
  /** Cells, with what families are set in by. */
  readonly longestName: number;
}

/** What was made last: a refresh makes anew what its changes touch. */
interface Made {
  readonly order: Order;
  readonly found: Found;
  /** Null where the table shows none. */
  readonly families: Families | null;
  /** Those that were worked out last: a filter that is taken back shows them again. */
  readonly kin: Families | null;
  readonly visible: Visible;
}

interface Families extends InFamilies {
  /** Of which order, and of which jobs. */
  readonly of: Uint32Array;
  readonly table: JobTable;
}

/** By the places of the jobs: what is laid out of others meanwhile takes nothing from what is shown. */
const made = new WeakMap<JobTable['places'], Made>();

/** The rows of the jobs screen. The order by time is the one of the last refresh: rows never creep. */
export function visibleOf(state: State, screen: JobsScreen = state.screens[0]): Visible {
  return atOnce(visibleSteps(state, screen));
}

/** Lays the jobs of a list out that is not shown yet, in steps: a hundred thousand would keep keys waiting. */
export function* layOutAhead(state: State, byName: JobTable): Generator<void, void> {
  if (byName.places === state.jobs.byName.places) return;
  const listed = { ...state, jobs: { ...state.jobs, byName } };
  yield* visibleSteps(listed, state.screens[0]);
  yield* countAhead(listed);
  // What is done with it then is a step more.
  yield;
}

function* visibleSteps(state: State, screen: JobsScreen): Generator<void, Visible> {
  const { filter, sort } = screen.held ?? screen;
  const of = unordered(state, sort);
  const before = made.get(of.table.places) ?? null;
  if (before !== null && before.found.filter === filter && isSame(before.order.of, of))
    return before.visible;
  const now = yield* make(of, filter, before);
  made.set(of.table.places, now);
  return now.visible;
}

const noTimes: State['times'] = new Map();

function unordered(state: State, sort: JobsScreen['sort']): Unordered {
  const byTime = sort.column === 'next';
  return {
    table: state.jobs.byName,
    standings: standingsIn(state),
    sort,
    at: byTime ? (state.jobs.newsAt ?? state.jobs.at ?? 0) : 0,
    serverZone: state.setting.serverZone,
    version: byTime ? state.server?.version : undefined,
    times: sort.column === 'times' ? state.times : noTimes,
  };
}

/** Works out, until it is late, what `visibleOf` needs for what is asked for. Gives whether it is all. */
export function workOut(state: State, isLate: () => boolean): boolean {
  const [{ filter, sort }] = state.screens;
  const table = state.jobs.byName;
  return (
    orderAhead(unordered(state, sort), isLate) &&
    foundAhead(filter, table, standingsIn(state), made.get(table.places)?.found ?? null, isLate)
  );
}

const isSame = (a: Unordered, b: Unordered): boolean =>
  a.table === b.table &&
  a.standings === b.standings &&
  a.sort.column === b.sort.column &&
  a.sort.descending === b.sort.descending &&
  a.at === b.at &&
  a.serverZone === b.serverZone &&
  a.version === b.version &&
  a.times === b.times;

function* make(of: Unordered, filter: string, before: Made | null): Generator<void, Made> {
  const { table, standings, sort } = of;
  const order = yield* orderOf(of, before?.order ?? null);
  yield;
  const found = foundBy(filter, table, standings, before?.found ?? null);
  yield;
  const grouped = sort.column === 'name' && !sort.descending && filter === '';
  const families = grouped ? yield* familiesIn(table, order.places, before?.kin ?? null) : null;
  const kin = families ?? before?.kin ?? null;
  const isUnchanged =
    before !== null &&
    before.order.of.table.places === table.places &&
    before.order.places === order.places &&
    before.found.passes === found.passes &&
    before.families?.places === families?.places;
  if (isUnchanged) return { order, found, families, kin, visible: before.visible };
  const visible = yield* shownOnce(table, order, found, families);
  return { order, found, families, kin, visible };
}

/** The very same where neither the order nor a parent is another. */
function* familiesIn(
  table: JobTable,
  order: Uint32Array,
  before: Families | null,
): Generator<void, Families> {
  if (before?.of === order && hasSameParents(before.table, table)) return { ...before, table };
  return { ...(yield* inFamilies(table, order)), of: order, table };
}

function hasSameParents(before: JobTable, now: JobTable): boolean {
  const changed = now.changedSince(before);
  return (
    changed?.every((place) => before.rows[place]!.parent_job === now.rows[place]!.parent_job) ??
    false
  );
}

interface Laid {
  readonly visible: Visible;
  readonly of: JobTable['places'];
  readonly order: Uint32Array;
}

/** By what a filter found: a letter that is taken back shows again what was shown before it. */
const laid = new WeakMap<Uint8Array, Laid>();

function* shownOnce(
  table: JobTable,
  order: Order,
  found: Found,
  families: Families | null,
): Generator<void, Visible> {
  const { places: of } = table;
  const inOrder = families?.places ?? order.places;
  const known = laid.get(found.passes);
  if (known?.of === of && known.order === inOrder) return known.visible;
  const visible = yield* shown(table, order, found, families);
  laid.set(found.passes, { visible, of, order: inOrder });
  return visible;
}

function* shown(
  { places: placeOf }: JobTable,
  order: Order,
  { passes, filter }: Found,
  families: Families | null,
): Generator<void, Visible> {
  const inOrder = families?.places ?? order.places;
  const places = filter === '' ? inOrder : passing(inOrder, passes);
  const depth = families?.depth ?? noDepth;
  const widths = yield* widthsOf(placeOf);
  const names = namesIn(placeOf);
  yield;
  let longestName = longestOf(places, widths);
  // Families are shown whole: all that is in them is there.
  for (const [name, steps] of depth)
    longestName = Math.max(longestName, widths[placeOf.get(name)!]! + indent(steps));
  return { ...placedRows(places, names, placeOf), depth, longestName };
}

// What follows is done at every letter that is typed, so by no function for each place, and of no row.

const namesIn = memoOf((places: JobTable['places']): readonly string[] => [...places.keys()]);

/** As long as the longest list so far: at a letter there is no time for garbage. */
let scratch = new Uint32Array(0);

/** Those that are let through. */
function passing(places: Uint32Array, passes: Uint8Array): Uint32Array {
  if (scratch.length < places.length) scratch = new Uint32Array(places.length);
  const found = scratch;
  let count = 0;
  for (let at = 0; at < places.length; at++) {
    const place = places[at]!;
    found[count] = place;
    count += passes[place]!;
  }
  return found.slice(0, count);
}

function longestOf(places: Uint32Array, widths: Uint32Array): number {
  let longest = 0;
  for (let at = 0; at < places.length; at++) longest = Math.max(longest, widths[places[at]!]!);
  return longest;
}

const noDepth: ReadonlyMap<string, number> = new Map();

const widthsOf = stepsOnce(function* (places: JobTable['places']): Generator<void, Uint32Array> {
  const widths = new Uint32Array(places.size);
  const names = places.keys();
  yield* forEachBelow(widths.length, (place) => {
    widths[place] = width(names.next().value!);
  });
  return widths;
});
