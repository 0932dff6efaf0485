/** The members of the cluster, and below them what there is to say of one, of the node that answers, and of the days. */
import { dayLines, daysNote } from '../../../dkron/overview/days.ts';
import { concerns, type Member } from '../../../dkron/overview/members.ts';
import {
  factLines,
  labelWidth,
  memberFacts,
  nodeFacts,
  placeOf,
  runsText,
  stateSpan,
  summaryLine,
} from '../../../dkron/overview/words.ts';
import { rosterLines } from '../../../oversight/roster-lines.ts';
import { fillRows, fitLine, paragraph, spread } from '../../../view/compose.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { shortClock, shortSpan } from '../../../view/short.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { zoneOfTimes } from '../../../view/zones.ts';
import { windowOf } from '../../state/cursor.ts';
import { bodyRows } from '../../state/layout.ts';
import type { ClusterScreen, State } from '../../state/model.ts';
import { partBelow } from '../below.ts';
import { executorsOf, memberHere, memberKeys, membersHere } from './rows.ts';

/** A reading that is older than this is not how the cluster is now, ms. */
const old = 10_000;

export function clusterTitle(state: State, screen: ClusterScreen): Line {
  const { overview, at, problem } = screen;
  const age = state.now - at;
  const told = overview === null ? [] : [plain('  '), ...summaryLine(membersHere(state, screen))];
  const late = problem !== undefined || age > old;
  return spread(
    [plain(' '), bold('Cluster'), ...told],
    [overview !== null && late ? toned(`  as of ${shortSpan(age)} ago `, 'attention') : plain(' ')],
    state.columns,
  );
}

/** Rows for the members, and for what is told below with its rule. */
export function clusterRows(
  state: State,
  screen: ClusterScreen,
): { readonly members: number; readonly told: number } {
  const body = bodyRows(state) - 1 - concernsHere(state, screen).length;
  const count = Math.max(1, memberKeys(state, screen).keys.length);
  if (state.rows < 14) return { members: Math.max(1, body), told: 0 };
  const members = Math.max(1, Math.min(count, Math.floor(body / 2)));
  return { members, told: Math.max(0, body - members) };
}

/** More would push the members out of sight; the first is the weightiest. */
const mostConcerns = 3;

const concernsHere = (state: State, screen: ClusterScreen): readonly string[] =>
  screen.overview === null
    ? []
    : concerns(screen.overview, membersHere(state, screen)).slice(0, mostConcerns);

export function clusterBody(state: State, screen: ClusterScreen): Line[] {
  const { columns } = state;
  const { members: height, told } = clusterRows(state, screen);
  const notes = concernsHere(state, screen).map((text) =>
    fitLine([toned(` ! ${text}`, 'attention')], columns),
  );
  const widths = widthsAt(state, screen);
  const head: Line = [plain('   '), ...cells(titles.slice(0, widths.length).map(quiet), widths)];
  return [
    ...notes,
    head,
    ...fillRows(memberLines(state, screen, widths, height), height),
    ...(told === 0
      ? []
      : partBelow(toldLines(state, screen), partWord(state, screen), screen, {
          rows: told,
          columns,
        })),
  ];
}

const partWord = (state: State, screen: ClusterScreen): string =>
  memberHere(state, screen)?.name ?? 'the node that answers';

const titles: readonly string[] = ['NODE', 'STATE', 'ROLE', 'DKRON', 'RUNS', 'ADDRESS', 'TAGS'];

/** Names have what they need up to a third; addresses and tags stand where there is room. */
function widthsAt(state: State, screen: ClusterScreen): Width[] {
  const { columns } = state;
  const longest = membersHere(state, screen).reduce(
    (most, { name }) => Math.max(most, name.length),
    4,
  );
  const name = Math.min(longest, Math.max(8, Math.floor(columns / 4)));
  const runs = columns >= 100 ? 22 : 16;
  const role = Math.max(6, Math.min(28, columns - 3 - name - 11 - 7 - runs - 8));
  const fixed: Width[] = [
    { width: name },
    { width: 11 },
    { width: role },
    { width: 7 },
    { width: Math.max(4, Math.min(runs, columns - 3 - name - 11 - role - 7 - 8)) },
  ];
  if (columns < 110) return fixed;
  const used = fixed.reduce((sum, { width }) => sum + width + 2, 3);
  const address: Width = { width: 21 };
  const rest = columns - used - address.width - 2;
  return rest < 12 ? [...fixed, address] : [...fixed, address, { width: rest }];
}

function memberLines(
  state: State,
  screen: ClusterScreen,
  widths: readonly Width[],
  height: number,
): Line[] {
  const { overview, problem, cursor, inPane } = screen;
  if (overview === null)
    return problem === undefined
      ? [[quiet('   reading…')]]
      : paragraph(problem, state.columns - 6).map((line) => [toned(`   ${line}`, 'bad')]);
  if ('why' in overview.members)
    return [[toned(`   the members cannot be read: ${overview.members.why}`, 'bad')]];
  const { start, end } = windowOf(cursor, memberKeys(state, screen), height);
  return membersHere(state, screen)
    .slice(start, end)
    .map((member) =>
      row(cells(spansOf(member, state.now).slice(0, widths.length), widths), {
        cursor: member.name === cursor.key,
        marked: false,
        columns: state.columns,
        dull: inPane,
      }),
    );
}

const spansOf = (member: Member, now: number): Span[] => [
  member.answers ? bold(member.name) : plain(member.name),
  stateSpan(member),
  member.leads ? bold(placeOf(member)) : plain(placeOf(member)),
  member.isOdd ? toned(`${member.version} !`, 'attention') : plain(member.version),
  plain(runsText(member.runs, now)),
  quiet(member.address),
  quiet(
    Object.entries(member.tags)
      .map(([name, value]) => `${name}=${value}`)
      .join(' '),
  ),
];

/** From here on the days stand beside what is said of the nodes. */
const besideFrom = 150;

/** All that is told below the members. */
export function toldLines(state: State, screen: ClusterScreen): Line[] {
  const { overview } = screen;
  if (overview === null) return [];
  const isWide = state.columns >= besideFrom;
  const columns = (isWide ? Math.floor(state.columns / 2) : state.columns) - 2;
  const facts = factsOf(state, screen, columns);
  const days = daysOf(screen, isWide ? state.columns - columns - 6 : columns);
  if (!isWide) return [...facts, [], ...days];
  return Array.from({ length: Math.max(facts.length, days.length) }, (_, at) => [
    ...fitLine(facts[at] ?? [], columns),
    quiet(' │ '),
    ...(days[at] ?? []),
  ]);
}

function factsOf(state: State, screen: ClusterScreen, columns: number): Line[] {
  const { overview } = screen;
  if (overview === null) return [];
  const members = membersHere(state, screen);
  const member = memberHere(state, screen);
  const wrapped = (text: string) => paragraph(text, Math.max(20, columns - labelWidth - 1));
  return [
    ...(member === undefined ? [] : factLines(memberFacts(member, state.now), wrapped)),
    [],
    [bold(overview.server.name), quiet(', the node that answers')],
    ...factLines(nodeFacts(overview, members, executorsOf(state.jobs.byName)), wrapped),
    ...rosterLines(state.roster, (at) => shortClock(at, state.now, zoneOfTimes(state))),
  ];
}

function daysOf({ overview }: ClusterScreen, columns: number): Line[] {
  if (overview === null) return [];
  const head: Line = [bold('Executions'), quiet(`  ${daysNote}`)];
  const { days } = overview;
  if ('why' in days) return [head, [quiet(`not told: ${days.why}`)]];
  const lines = dayLines(days.value, columns);
  return [head, ...(lines.length > 0 ? lines : [[quiet('none yet')]])];
}
