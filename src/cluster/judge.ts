/**
 * Whether what answers is a cluster that is known, another, or not surely either. An address says
 * nothing of it: a port-forward leads today to this cluster and tomorrow to that. The rule, weighing
 * what the servers are called and what the jobs say (marks.ts), is this table; docs/clusters.md
 * explains it.
 *
 * | the servers have            | proved | fits   | nothing | doubt  | against |
 * | --------------------------- | ------ | ------ | ------- | ------ | ------- |
 * | one name and address equal  | same   | same   | same    | unsure | other   |
 * | names in common             | same   | same   | unsure  | unsure | other   |
 * | usual names in common       | same   | unsure | unsure  | other  | other   |
 * | nothing in common           | unsure | other  | other   | other  | other   |
 *
 * Names in common: half of those of the smaller set. Usual names are those that every installation
 * gives (`dkron-0`). Another region or datacenter: `unsure` where the jobs are proved, else `other`.
 * A cluster that has no job at all any more, or no leader, is never `other` while it has names in common:
 * its jobs may be lost, or not there yet.
 */
import { andMore } from '../base/counted.ts';
import type { Fingerprint, ServerNode, Servers, Sighting } from './fingerprint.ts';
import { type Word, whatJobsSay } from './marks.ts';

export type Verdict = 'same' | 'other' | 'unsure';

export interface Judgement {
  readonly verdict: Verdict;
  /** In words, as a part of a sentence: `the servers have other names: demo-a instead of f1, f2`. */
  readonly why: string;
  /** How many jobs prove it: of several clusters that may be the same, the one with most is. */
  readonly proofs: number;
}

type Kinship = 'address' | 'names' | 'usual' | 'none';

const table: Readonly<Record<Kinship, Readonly<Record<Word, Verdict>>>> = {
  address: { proved: 'same', fits: 'same', nothing: 'same', doubt: 'unsure', against: 'other' },
  names: { proved: 'same', fits: 'same', nothing: 'unsure', doubt: 'unsure', against: 'other' },
  usual: { proved: 'same', fits: 'unsure', nothing: 'unsure', doubt: 'other', against: 'other' },
  none: { proved: 'unsure', fits: 'other', nothing: 'other', doubt: 'other', against: 'other' },
};

export function judge(known: Fingerprint, seen: Sighting): Judgement {
  const jobs = whatJobsSay(known, seen);
  const proofs = jobs.tally.still;
  const moved = elsewhere(known, seen);
  if (moved !== null) {
    const verdict = jobs.word === 'proved' ? 'unsure' : 'other';
    return { verdict, why: verdict === 'unsure' ? `${moved}, but ${jobs.why}` : moved, proofs };
  }
  const kinship = kinshipOf(known.nodes, seen.nodes);
  const verdict = table[kinship][jobs.word];
  const servers = serversText(kinship, known.nodes, seen.nodes);
  const empty = seen.whole && seen.jobs.size === 0 && known.sample.length > 0;
  if (verdict === 'other' && kinship !== 'none' && (!seen.leader || empty)) {
    const reason = seen.leader
      ? jobs.why
      : `it has no leader now, so its jobs may be old: ${jobs.why}`;
    return { verdict: 'unsure', why: `${servers}, but ${reason}`, proofs };
  }
  return { verdict, why: whyOf(verdict, kinship, servers, jobs), proofs };
}

/** What decided. */
function whyOf(
  verdict: Verdict,
  kinship: Kinship,
  servers: string,
  jobs: { readonly word: Word; readonly why: string },
): string {
  if (verdict === 'same') return jobs.word === 'nothing' ? servers : `${servers}, and ${jobs.why}`;
  if (verdict === 'unsure') return `${servers}, but ${jobs.why}`;
  const against = jobs.word === 'against' || jobs.word === 'doubt';
  if (kinship === 'none') return against ? `${servers}, and ${jobs.why}` : servers;
  return jobs.why;
}

/** Another region or datacenter, in words; null where they are equal or not known. */
function elsewhere(known: Servers, seen: Servers): string | null {
  const differ = (before: string, now: string) => before !== '' && now !== '' && before !== now;
  if (differ(known.region, seen.region))
    return `its region is ${seen.region} instead of ${known.region}`;
  if (differ(known.datacenter, seen.datacenter))
    return `its datacenter is ${seen.datacenter} instead of ${known.datacenter}`;
  return null;
}

function kinshipOf(before: readonly ServerNode[], now: readonly ServerNode[]): Kinship {
  // Of servers that did not tell, nothing is known.
  if (before.length === 0 || now.length === 0) return 'usual';
  const common = namesInCommon(before, now);
  if (common.length === 0 || common.length * 2 < Math.min(before.length, now.length)) return 'none';
  const places = new Set(before.map(placeOf));
  if (now.some((node) => places.has(placeOf(node)))) return 'address';
  return common.every(isUsual) ? 'usual' : 'names';
}

const placeOf = ({ name, address }: ServerNode): string => `${name} ${address}`;

function namesInCommon(before: readonly ServerNode[], now: readonly ServerNode[]): string[] {
  const names = new Set(before.map(({ name }) => name));
  return now.map(({ name }) => name).filter((name) => names.has(name));
}

/** What installations call their servers when nobody gives them a name. */
const usual = new Set(
  'dkron server servers srv node master leader main primary agent host local localhost demo default cluster n s'.split(
    ' ',
  ),
);

const isUsual = (name: string): boolean =>
  name
    .toLowerCase()
    .split(/[^a-z]+/)
    .every((word) => word === '' || usual.has(word));

function serversText(
  kinship: Kinship,
  before: readonly ServerNode[],
  now: readonly ServerNode[],
): string {
  const common = namesText(namesInCommon(before, now));
  if (kinship === 'address') return `${common} is there at the same address`;
  if (kinship === 'names') return `${common} is there, at another address`;
  if (before.length === 0 || now.length === 0) return 'its servers are not known';
  if (kinship === 'usual') return `only the usual name ${common} is the same`;
  return `the servers have other names: ${namesText(now.map(({ name }) => name))} instead of ${namesText(before.map(({ name }) => name))}`;
}

const namesText = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : andMore(names.toSorted(), 3);
