/** The two lines on top: where we are and how fresh it is; what is shown and what needs an eye. */
import { countsOf } from '../counts.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../line.ts';
import type { State } from '../model.ts';
import { shortSpan } from '../short.ts';
import { fitLine, spanWidth, spread } from './compose.ts';

/** Slower than this for one read of the list is worth a word. */
const slow = 3_000;

/** Data status and fetch status in one place: how old the rows are, and what is done about it. */
export function linkSpans({ link, jobs, now, waiting, setting }: State): Line {
  const age = jobs.at === null ? '' : shortSpan(now - jobs.at);
  const busy: Line = waiting === null ? [] : [toned(`${waiting} · `, 'attention')];
  if (link.kind === 'connecting')
    return [...busy, toned(jobs.byName.size === 0 ? 'connecting…' : 'loading…', 'attention')];
  if (link.kind === 'live')
    return link.took > slow
      ? [...busy, toned(`slow · ${(link.took / 1000).toFixed(1)}s a read · ${age}`, 'attention')]
      : [...busy, quiet(`live · ${age}`)];
  // The reason comes last, for it is what a narrow line can spare.
  const parts = [
    age === '' ? '' : `stale ${age}`,
    `retry ${shortSpan(link.retryAt - now)} (ctrl-r)`,
    link.reason.replace(`${setting.url} `, '').replace('cannot be reached: ', ''),
  ];
  return [toned(parts.filter(Boolean).join(' · '), 'bad')];
}

/** What is written to, and whether: it never gives way to what else there is to say. */
const target = ({ setting }: State): Line => [
  plain(' '),
  ...(setting.readOnly ? [{ text: ' READ-ONLY ', inverse: true }, plain(' ')] : []),
  bold(setting.label),
];

function place({ server, whom, leader }: State): Line {
  const spans: Span[] = [];
  if (server !== null) spans.push(quiet(` · Dkron ${server.version}`));
  const node = whom ?? server?.name;
  if (node !== undefined && node !== null) spans.push(quiet(` · ${node}`));
  if (leader === null) spans.push(toned(', no leader: reads only', 'bad'));
  else if (leader !== undefined && leader !== node) spans.push(quiet(`, leader ${leader}`));
  else if (leader !== undefined) spans.push(quiet(' leads'));
  return spans;
}

/** The line that every screen shares. */
export function topLine(state: State): Line {
  const where = target(state);
  const link: Line = [plain('  '), ...linkSpans(state), plain(' ')];
  const room = Math.max(Math.floor(state.columns / 3), state.columns - spanWidth(where));
  return spread(
    [...where, ...place(state)],
    spanWidth(link) > room ? fitLine(link, room) : link,
    state.columns,
  );
}

/** `412 · 3 failed · 1 running · 12 disabled`: only what there is. */
export function countSpans(state: State): Line {
  const counts = countsOf(state);
  const failed = counts.failed + counts.partially_failed;
  return [
    bold(String(state.jobs.byName.size)),
    ...(failed > 0 ? [quiet(' · '), toned(`${failed} failed`, 'bad')] : []),
    ...(counts.running > 0 ? [quiet(' · '), toned(`${counts.running} running`, 'attention')] : []),
    ...(counts.never > 0 ? [quiet(` · ${counts.never} never ran`)] : []),
    ...(counts.disabled > 0 ? [quiet(` · ${counts.disabled} disabled`)] : []),
  ];
}
