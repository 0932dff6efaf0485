/** The two lines on top: where we are and how fresh it is; what is shown and what needs an eye. */

import { fitLine, spanWidth, spread } from '../../view/compose.ts';
import { badge, bold, type Line, plain, quiet, type Span, toned } from '../../view/line.ts';
import { shortSpan } from '../../view/short.ts';
import { skewText } from '../../view/skew.ts';
import { lostReason, portForwardHint } from '../state/link.ts';
import type { Link, State } from '../state/model.ts';

/** Slower than this for one read of the list is worth a word. */
const slow = 3_000;
/** So much later than it was due, a read takes longer than usual. */
const unusual = 1_000;

/**
 * Data status and fetch status in one place: how old the rows are, and what is done about it.
 * Several ways to say it, the longest first.
 */
function linkWays(state: State): Line[] {
  const { link, jobs, now } = state;
  if (link.kind !== 'lost') return [linkSpans(state, link)];
  const age = jobs.at === null ? '' : `stale ${shortSpan(now - jobs.at)}`;
  const due = link.retryAt - now;
  const retry = due > 0 ? `retry ${shortSpan(due)}` : 'trying again';
  const reason = lostReason(state);
  return [
    [age, `${retry} (ctrl-r)`, reason, portForwardHint(state)],
    [age, `${retry} (ctrl-r)`, reason],
    [age, retry, reason],
  ].map((parts) => [toned(parts.filter(Boolean).join(' · '), 'bad')]);
}

function linkSpans(state: State, link: Exclude<Link, { kind: 'lost' }>): Line {
  const { jobs, now, waiting, leader, clocks } = state;
  const skew = skewText(clocks.skew);
  const age = jobs.at === null ? '' : shortSpan(now - jobs.at);
  const doing: Line = [
    ...(leader === null ? [toned('no leader: reads only · ', 'bad')] : []),
    ...(skew === null ? [] : [toned(`clock ${skew} · `, 'attention')]),
    ...(waiting === null ? [] : [toned(`${waiting} · `, 'attention')]),
  ];
  if (link.kind === 'connecting')
    return [...doing, toned(jobs.byName.size === 0 ? 'connecting…' : 'loading…', 'attention')];
  const late = link.nextAt + 2 * link.took;
  if (now > late + slow) return [...doing, toned(`stale ${age} · no answer yet`, 'attention')];
  if (now > late + unusual) return [...doing, toned(`slow · no answer yet · ${age}`, 'attention')];
  return link.took > slow
    ? [...doing, toned(`slow · ${(link.took / 1000).toFixed(1)}s a read · ${age}`, 'attention')]
    : [...doing, quiet(`live · ${age}`)];
}

/** What is written to, and whether: it never gives way to what else there is to say. */
const target = ({ setting }: State): Line => [
  plain(' '),
  ...(setting.protectedAs !== null && !setting.readOnly
    ? [{ text: ' PROTECTED ', inverse: true }, plain(' ')]
    : []),
  ...(setting.readOnly ? [{ text: ' READ-ONLY ', inverse: true }, plain(' ')] : []),
  setting.colour === null ? bold(setting.label) : badge(setting.label, setting.colour),
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
  const ways = linkWays(state).map((way): Line => [plain('  '), ...way, plain(' ')]);
  const link = ways.find((way) => spanWidth(way) <= room) ?? fitLine(ways.at(-1) ?? [], room);
  const rest = place(state);
  while (spanWidth(rest) + spanWidth(link) > room) rest.pop();
  return spread([...where, ...rest], link, state.columns);
}
