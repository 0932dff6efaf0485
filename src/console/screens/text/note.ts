/** The line above an output: that it is not all of it, and why. */
import { cutText } from '../../../dkron/kept-output.ts';
import { type Line, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { shortClock } from '../../../view/short.ts';
import { zoneOfTimes } from '../../../view/zones.ts';
import type { State, TextScreen } from '../../state/model.ts';
import type { Live } from '../../state/text.ts';

const cutOf = memo(cutText);

/** Null: there is nothing to say. */
export function noteText(state: State, screen: TextScreen): string | null {
  if (screen.what !== 'output' || screen.text === null) return null;
  if (screen.live !== undefined) return liveText(state, screen, screen.live);
  const cut = screen.truncated ? null : cutOf(screen.text);
  return cut === null ? null : `… ${cut}`;
}

const words: Readonly<Record<Exclude<Live['kind'], 'untold' | 'runs'>, string>> = {
  lost: '? no node runs it and no end is stored: a node or the leader died; an end may come',
  gone: '? Dkron does not keep this run any more: this is what it told before',
};

function liveText(state: State, screen: TextScreen, live: Live): string {
  const clock = (at: number): string =>
    shortClock(at, state.now, zoneOfTimes(state, state.jobs.byName.get(screen.job)?.job));
  if (live.kind === 'lost' || live.kind === 'gone') return words[live.kind];
  const heard = `last heard of at ${clock(live.heardAt)}`;
  if (state.pace.paused) return `‖ paused, ${heard}; :pause goes on`;
  if (state.link.kind === 'lost') return `? the server cannot be read; ${heard}`;
  const at = screen.run?.at ?? null;
  const since = at === null ? 'runs' : `runs since ${clock(at)}`;
  return `▸ ${since} · Dkron tells only its last piece; some may be missing`;
}

export function noteLine(state: State, screen: TextScreen): Line | null {
  const text = noteText(state, screen);
  return text === null ? null : [toned(` ${text}`, 'attention')];
}
