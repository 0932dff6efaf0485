/** The two lines on top: where we are and how fresh it is; what is shown and what needs an eye. */

import { clean } from '../../terminal/cell.ts';
import { fitLine, spanWidth, spread } from '../../view/compose.ts';
import { badge, bold, type Line, plain, quiet, type Span, toned } from '../../view/line.ts';
import { shortClock, shortSpan } from '../../view/short.ts';
import { zoneOfTimes } from '../../view/zones.ts';
import { actionForKey } from '../registry.ts';
import type { Inside, State } from '../state/model.ts';
import { linkNotes, linkWords, type Words } from './link-words.ts';

/** What is written to, and whether: it never gives way to what else there is to say. */
const target = (state: State): Line =>
  state.setting.inside === undefined ? ofServer(state) : ofSnapshot(state, state.setting.inside);

const ofServer = ({ setting }: State): Line => [
  plain(' '),
  ...(setting.protectedAs !== null && !setting.readOnly
    ? [{ text: ' PROTECTED ', inverse: true }, plain(' ')]
    : []),
  ...(setting.readOnly ? [{ text: ' READ-ONLY ', inverse: true }, plain(' ')] : []),
  setting.colour === null ? bold(setting.label) : badge(setting.label, setting.colour),
];

/** Of what, and when: nobody may take it for a server. */
const ofSnapshot = (state: State, { cluster, name, taken }: Inside): Line => [
  plain(' '),
  { text: ' SNAPSHOT ', inverse: true, bold: true },
  plain(' '),
  ...(cluster === null ? [] : [quiet('of ')]),
  bold(clean(cluster ?? name)),
  ...(taken === null ? [] : [plain(` at ${moment(state, taken)}`)]),
];

const moment = (state: State, at: number): string =>
  `${shortClock(at, state.now, zoneOfTimes(state))}, ${shortSpan(state.now - at)} ago`;

/** Which it is, beside what it is of. */
const which = ({ label, cluster, name }: Inside): Span[] => [
  ...(label === null ? [] : [quiet(` · ${clean(label)}`)]),
  ...(cluster === null ? [] : [quiet(` · ${clean(name)}`)]),
];

function place({ server, whom, leader }: State): Span[] {
  const spans: Span[] = [];
  if (server !== null) spans.push(quiet(` · Dkron ${server.version}`));
  const node = whom ?? server?.name;
  if (node !== undefined && node !== null) spans.push(quiet(` · ${node}`));
  if (leader && leader !== node) spans.push(quiet(`, leader ${leader}`));
  else if (leader) spans.push(quiet(', leader'));
  return spans;
}

/** The line that every screen shares. */
export function topLine(state: State): Line {
  const where = target(state);
  const room = Math.max(Math.floor(state.columns / 3), state.columns - spanWidth(where));
  const link = linkLine(state, room);
  const { inside } = state.setting;
  const rest = inside === undefined ? place(state) : which(inside);
  while (spanWidth(rest) + spanWidth(link) > room) rest.pop();
  return spread([...where, ...rest], link, state.columns);
}

/**
 * The link's words and what else there is to say, as it fits: notes are shortened and then left out,
 * the lightest first; a lost server is told of alone.
 */
function linkLine(state: State, room: number): Line {
  const words = linkWords(state, pauseKey(state));
  const notes = state.link.kind === 'lost' ? [] : linkNotes(state);
  const choices = notes.length === 0 ? [] : [allLong, ...lighter(notes.length)];
  const lines = [...choices.map((choose) => choose(notes)), []].flatMap((chosen) =>
    words.ways.map((way): Line => [plain('  '), ...chosen, toned(way, words.tone), plain(' ')]),
  );
  return lines.find((line) => spanWidth(line) <= room) ?? fitLine(lines.at(-1) ?? [], room);
}

type Choose = (notes: readonly Words[]) => Span[];

const allLong: Choose = (notes) => notes.map(({ tone, ways }) => toned(`${ways[0]} · `, tone));

/** The shortest words for all notes, then for one less, and so on. */
const lighter = (count: number): Choose[] =>
  Array.from(
    { length: count },
    (_, less) => (notes) =>
      notes.slice(0, count - less).map(({ tone, ways }) => toned(`${ways.at(-1)} · `, tone)),
  );

/** The key that goes on, where it is not another action's. */
const pauseKey = (state: State): string =>
  actionForKey(state, 'p')?.id === 'pause' ? 'p' : ':pause';
