/** The two lines on top: where we are and how fresh it is; what is shown and what needs an eye. */
import { countsOf } from '../counts.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../line.ts';
import type { State } from '../model.ts';
import { shortSpan } from '../short.ts';
import { spread } from './compose.ts';

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
  const parts = [
    link.reason.replace(`${setting.url} `, '').replace('cannot be reached: ', ''),
    age === '' ? '' : `stale ${age}`,
    `retry ${shortSpan(link.retryAt - now)} (ctrl-r)`,
  ];
  return [toned(parts.filter(Boolean).join(' · '), 'bad')];
}

function place({ setting, server, whom, leader }: State): Line {
  const spans: Span[] = [bold(setting.label)];
  if (server !== null) spans.push(quiet(` · Dkron ${server.version}`));
  const node = whom ?? server?.name;
  if (node !== undefined && node !== null) spans.push(quiet(` · ${node}`));
  if (leader === null) spans.push(toned(', no leader: reads only', 'bad'));
  else if (leader !== undefined && leader !== node) spans.push(quiet(`, leader ${leader}`));
  else if (leader !== undefined) spans.push(quiet(' leads'));
  if (setting.readOnly) spans.push(plain(' '), { text: ' READ-ONLY ', inverse: true });
  return spans;
}

/** The line that every screen shares. */
export const topLine = (state: State): Line =>
  spread(
    [plain(' '), ...place(state)],
    [plain('  '), ...linkSpans(state), plain(' ')],
    state.columns,
  );

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
