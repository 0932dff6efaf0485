/** What stays and what goes, for people: a calendar, and each snapshot with the reasons. */
import { months } from '../../base/calendar.ts';
import { width } from '../../terminal/cell.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../view/line.ts';
import type { Decision, Group } from './prune.ts';

export const staying = (groups: readonly Group[]): Decision[] =>
  groups.flatMap(({ decisions }) => decisions.filter(({ reasons }) => reasons.length > 0));

export const going = (groups: readonly Group[]): Decision[] =>
  groups.flatMap(({ decisions }) => decisions.filter(({ reasons }) => reasons.length === 0));

export function pruneLines(groups: readonly Group[]): Line[] {
  return [
    ...(groups.length > 0 ? [legend] : []),
    ...groups.flatMap((group) => [
      [plain('')],
      [bold(group.title), quiet(`  ${counts(group.decisions)}`)],
      ...calendar(group.decisions),
      ...list(group.decisions),
    ]),
  ];
}

/** `3 stay, 5 go` */
export function counts(decisions: readonly Decision[]): string {
  const stay = decisions.filter(({ reasons }) => reasons.length > 0).length;
  const go = decisions.length - stay;
  return `${stay} ${stay === 1 ? 'stays' : 'stay'}, ${go} ${go === 1 ? 'goes' : 'go'}`;
}

const signs = { stay: plain('#'), go: plain('-'), both: plain('+') } as const;

const legend: Line = [
  signs.stay,
  quiet(' stays  '),
  signs.go,
  quiet(' goes  '),
  signs.both,
  quiet(' some of that day stay  . none  (days in UTC)'),
];

const ruler = '           1   5    10   15   20   25   30';

/** A line a month that has snapshots, the newest first; a sign a day. */
function calendar(decisions: readonly Decision[]): Line[] {
  const byMonth = new Map<string, Decision[]>();
  for (const decision of decisions) {
    const month = dayOf(decision).slice(0, -3);
    byMonth.set(month, [...(byMonth.get(month) ?? []), decision]);
  }
  return [
    [quiet(ruler)],
    ...[...byMonth].map(([month, ofMonth]) => [
      plain(`  ${months[Number(month.slice(-2)) - 1]} ${month.slice(0, -3)} `.padEnd(11)),
      ...daysIn(month).map((day) => signOf(ofMonth.filter((decision) => dayOf(decision) === day))),
      quiet(`  ${counts(ofMonth)}`),
    ]),
  ];
}

const dayOf = ({ file: { taken } }: Decision): string =>
  new Date(taken).toISOString().split('T')[0]!;

function daysIn(month: string): string[] {
  const count = new Date(Date.parse(`${month}-01`) + 31 * 86_400_000).getUTCDate();
  const length = count === 1 ? 31 : 32 - count;
  return Array.from({ length }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`);
}

function signOf(ofDay: readonly Decision[]): Span {
  if (ofDay.length === 0) return quiet('.');
  const stay = ofDay.filter(({ reasons }) => reasons.length > 0).length;
  return stay === 0 ? signs.go : stay === ofDay.length ? signs.stay : signs.both;
}

function list(decisions: readonly Decision[]): Line[] {
  const longest = decisions.reduce((most, { file }) => Math.max(most, width(file.name)), 0);
  return decisions.map(({ file: { name }, reasons }) => {
    const padded = name + ' '.repeat(longest - width(name));
    return reasons.length === 0
      ? [toned('  goes   ', 'bad'), plain(padded)]
      : [plain('  stays  '), plain(padded), quiet(`  ${reasons.join(', ')}`)];
  });
}
