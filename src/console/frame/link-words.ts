/** How the connection stands, in words: what the header says at the right, each in several lengths. */

import type { ForwardState } from '../../forward/supervisor.ts';
import { isOver } from '../../plan/again/state.ts';
import type { MaintenanceSeen } from '../../plan/maintenance/store.ts';
import { sinceText } from '../../plan/maintenance/words.ts';
import { verdictTones } from '../../snapshot/verify/words.ts';
import { clean } from '../../terminal/cell.ts';
import type { Tone } from '../../view/line.ts';
import { shortClock, shortSpan } from '../../view/short.ts';
import { skewText } from '../../view/skew.ts';
import { zoneOfTimes } from '../../view/zones.ts';
import { type LostWords, lostWords } from '../state/link.ts';
import { type AgainRun, type Inside, liveAtOf, type State } from '../state/model.ts';

/** Something to say in one of several ways, the longest first. */
export interface Words {
  readonly tone: Tone;
  readonly ways: readonly string[];
}

/** Slower than this for one read of the list is worth a word, ms. */
const slow = 3_000;
/** So much later than it was due, a read takes longer than usual, ms. */
const unusual = 1_000;
/** What runs was told longer ago than the rows by so much, ms. */
const lagging = 10_000;

/**
 * How old the rows are, and what is done about it. Rows are `live` only while they are read as often
 * as they are to be; in every other state they have their age and another word. Where those that are
 * not on the screen are older, it says how old.
 */
export function linkWords(state: State, pauseKey: string): Words {
  if (state.setting.inside !== undefined) return proofOf(state.setting.inside);
  const list = listAge(state);
  const words = shownWords(state, pauseKey);
  return list === null ? words : { ...words, ways: words.ways.flatMap(withList(list)) };
}

/** How long ago the whole list was read; null where no row is newer. */
function listAge({ jobs, now }: State): string | null {
  const { at, liveAt = at } = jobs;
  return at === null || liveAt === null || liveAt <= at ? null : shortSpan(Math.max(0, now - at));
}

/** In words where there is room for them. */
const withList =
  (list: string) =>
  (way: string): string[] => [`${way} · whole list ${list} old`, `${way} · list ${list}`];

function shownWords(state: State, pauseKey: string): Words {
  const { link, now, pace } = state;
  const read = liveAtOf(state);
  const age = read === null ? null : shortSpan(Math.max(0, now - read));
  const doubt = doubtWords(state, age);
  if (doubt !== null) return doubt;
  if (pace.paused) return pausedWords(state, age, pauseKey);
  if (state.forward !== null && state.forward.kind !== 'up')
    return forwardWords(state, age, state.forward);
  if (link.kind === 'lost')
    return { tone: 'bad', ways: lostWays(state, age, link.retryAt, lostWords(state)) };
  if (link.kind === 'connecting') return { tone: 'attention', ways: connecting(state, age) };
  const late = link.nextAt + 2 * link.took;
  if (now > late + slow) return { tone: 'attention', ways: [`stale ${age} · no answer yet`] };
  if (now > late + unusual) return { tone: 'attention', ways: [`slow · no answer yet · ${age}`] };
  if (link.took > slow)
    return {
      tone: 'attention',
      ways: [`slow · ${(link.took / 1000).toFixed(1)}s a read · ${age}`],
    };
  if (!pace.focused)
    return { tone: 'quiet', ways: [`resting, no focus here · ${age}`, `resting · ${age}`] };
  return { tone: 'quiet', ways: [`live · ${age}`] };
}

/** Of a snapshot nothing is read again. */
function proofOf({ verified: { verdict } }: Inside): Words {
  const word = proofWords[verdict];
  return { tone: verdictTones[verdict], ways: [`no server here · ${word}`, word] };
}

const proofWords = {
  proven: 'proven',
  unproven: 'unproven',
  damaged: 'DAMAGED',
  unread: 'cannot be verified',
} as const;

/** Whose rows these are is not what answers, or may not be. */
function doubtWords({ cluster, link }: State, age: string | null): Words | null {
  if (link.kind === 'lost') return null;
  const old = age === null ? '' : ` · stale ${age}`;
  if (cluster.kind === 'another')
    return { tone: 'bad', ways: [`another cluster answers${old}`, `another cluster${old}`] };
  if (cluster.kind === 'unsure')
    return { tone: 'bad', ways: [`not sure which cluster answers${old}`, `which cluster?${old}`] };
  return null;
}

function connecting(state: State, age: string | null): string[] {
  const { earlier, at, byName } = state.jobs;
  if (age === null) return [byName.size === 0 ? 'connecting…' : 'loading…'];
  // With the year: whoever shows them knows no today.
  const old =
    earlier?.ageless && at !== null
      ? `from ${shortClock(at, 0, zoneOfTimes(state))}`
      : `${age} old`;
  if (earlier === undefined) return [`reading · ${old}`];
  const ways = [`reading · rows of ${clean(earlier.of)}, ${old}`, `reading · ${old}`];
  // A date that is cut is none; the line below says that the rows are from before.
  return earlier.ageless ? [...ways, 'reading'] : ways;
}

function pausedWords(state: State, age: string | null, key: string): Words {
  const old = age === null ? 'paused' : `paused · ${age} old`;
  const on = `${old} (${key} goes on)`;
  if (state.link.kind !== 'lost') return { tone: 'attention', ways: [on, old] };
  const { long, short } = lostWords(state);
  return { tone: 'bad', ways: [`${on} · ${long}`, `${on} · ${short}`, `${old} · ${short}`, old] };
}

type Way = Exclude<ForwardState, { kind: 'up' }>;

/** Without a port-forward nothing comes, whatever was asked for meanwhile. */
function forwardWords(state: State, age: string | null, forward: Way): Words {
  const { text } = forward;
  if (forward.kind === 'down') {
    const words = { long: text, short: text };
    return { tone: 'bad', ways: lostWays(state, age, forward.retryAt, words) };
  }
  const again = forward.kind === 'refused' ? ['ctrl-r tries again'] : [];
  return {
    tone: forward.kind === 'starting' && age === null ? 'attention' : 'bad',
    ways: withAge(state, age, (stale) => [together(stale, ...again, text), together(stale, text)]),
  };
}

function lostWays(
  state: State,
  age: string | null,
  retryAt: number,
  { long, short }: LostWords,
): string[] {
  const due = retryAt - state.now;
  const span = shortSpan(due);
  const [full, usual, brief] =
    due > 0
      ? [
          `reconnecting, next try in ${span} (ctrl-r: now)`,
          `retry ${span} (ctrl-r)`,
          `retry ${span}`,
        ]
      : ['reconnecting, trying now', 'trying again (ctrl-r)', 'trying again'];
  return withAge(state, age, (stale) => [
    together(stale, full, long),
    together(stale, usual, long),
    together(stale, usual, short),
    together(stale, brief, long),
    together(stale, brief, short),
    together(stale, short),
  ]);
}

/** With how old the rows are that nothing newer comes for; of an earlier console's, whose they are, too. */
function withAge(
  { jobs: { earlier } }: State,
  age: string | null,
  ways: (stale: string) => string[],
): string[] {
  if (age === null) return ways('');
  const all = ways(`stale ${age}`);
  if (earlier === undefined) return all;
  const whose = ways(`rows of ${clean(earlier.of)}, ${age} old`);
  // The last is cut where none fits.
  return [...whose, ...all, whose.at(-1)!];
}

const together = (...parts: readonly (string | undefined)[]): string =>
  parts.filter(Boolean).join(' · ');

/** What else there is to say of the server, the weightiest first. */
export function linkNotes(state: State): Words[] {
  const { leader, node, whom, server, waiting, unfinished, maintenance, again, clocks } = state;
  const name = whom ?? server?.name ?? 'this node';
  const skew = skewText(clocks.skew);
  const runs = runsAge(state);
  const notes: (Words | null)[] = [
    leader === null ? bad('no leader: reads only', 'no leader') : null,
    node.behind
      ? note(
          `${name} is behind: it has shown less than was seen before`,
          `${name} is behind`,
          'behind',
        )
      : null,
    node.paused ? note(`${name} is paused: it accepts no changes`, 'accepts no changes') : null,
    waiting === null ? null : note(waiting),
    unfinished.length === 0 ? null : note('not finished: F goes on', 'unfinished: F', 'F'),
    again === null ? null : againNote(again),
    maintenance === null
      ? null
      : note(maintenanceText(maintenance, state.now), 'maintenance: M', 'M'),
    runs === null ? null : note(`what runs: ${runs} old`, `runs ${runs} old`),
    skew === null ? null : note(`clock ${skew}`),
  ];
  return notes.filter((each) => each !== null);
}

/** Null where all of it is over: its screen has told. */
function againNote({ items, states, stage }: AgainRun): Words | null {
  if (stage === 'over') return null;
  const over = states.values().filter(isOver);
  const left = items.length - [...over].length;
  return stage === 'left'
    ? note(`not all of ${items.length} ran again: :run-again`, ':run-again')
    : note(`running again, ${left} of ${items.length} left`, `again: ${left} left`);
}

/** Of a foreign name so much is on the line, characters. */
const mostOfName = 24;

const maintenanceText = (seen: MaintenanceSeen, now: number): string =>
  seen.interrupted
    ? `maintenance ${seen.step === 'starting' ? 'started' : 'ended'} half way: M`
    : sinceText({ ...seen, name: clean(seen.name).slice(0, mostOfName) }, now);

const bad = (...ways: string[]): Words => ({ tone: 'bad', ways });
const note = (...ways: string[]): Words => ({ tone: 'attention', ways });

/** How old it is what runs, where the rows are newer; null where it is as new as they are. */
function runsAge(state: State): string | null {
  const { busyAt, now } = state;
  const read = liveAtOf(state);
  if (busyAt === null || read === null || read - busyAt <= lagging) return null;
  return shortSpan(now - busyAt);
}
