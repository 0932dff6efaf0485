/** How the connection stands, in words: a row for every state, and what holds of all of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topLine } from '../../../src/console/frame/header.ts';
import type { Message, State, Trouble } from '../../../src/console/state/model.ts';
import { update } from '../../../src/console/update/update.ts';
import type { ForwardState } from '../../../src/forward/supervisor.ts';
import { lineText } from '../../../src/view/line.ts';
import { shortSpan } from '../../../src/view/short.ts';
import { aJob } from '../../support/jobs.ts';
import { keyOf } from '../../terminal/press.ts';
import { now, press, refreshed, showing, started, told } from '../states.ts';

const top = (state: State, columns: number): string => lineText(topLine({ ...state, columns }));
const loaded = showing([{ name: 'a' }]);
const clock = (ms: number): Message => ({ type: 'clock', now: now + ms });
const lost = (trouble: Trouble, reason: string): Message => ({
  type: 'lost',
  trouble,
  reason: `http://localhost:8080 ${reason}`,
  now: now + 48_000,
  retryAt: now + 51_000,
});
/** A console that nothing has answered yet, with rows of another one. */
const earlier = told(started(), {
  type: 'arriving',
  jobs: [{ text: '', job: aJob({ name: 'a' }) }],
  seenAt: now - 2 * 3_600_000,
  earlier: { count: 1, of: 'n1, n2' },
});
const forward = (state: ForwardState): Message => ({ type: 'forward', forward: state });
const blurred: Message = { type: 'focus', focused: false };
const follower = { whom: 'n2', leader: 'n1' };

/** What is shown was read now, the whole list long ago. */
const partly = told(
  loaded,
  refreshed([{ name: 'a' }], { at: now - 720_000, liveAt: now, now }),
  clock(2_000),
);

/** What each state says at the right, in 200 columns and in 80. */
const rows: [string, State, string, string?][] = [
  ['nothing yet', started(), 'connecting…'],
  ['live', told(loaded, clock(2_000)), 'live · 2s'],
  [
    'live, of an older list',
    partly,
    'live · 2s · whole list 12m old',
    'live · 2s · whole list 12m old',
  ],
  [
    'paused, of an older list',
    told(partly, { type: 'key', key: keyOf('p'), at: now }),
    'paused · 2s old (p goes on) · whole list 12m old',
  ],
  [
    'unreachable, of an older list',
    told(partly, lost('unreachable', 'cannot be reached: no answer for 3 s')),
    'stale 48s · reconnecting, next try in 3s (ctrl-r: now) · no answer for 3 s · whole list 12m old',
    'stale 48s · retry 3s (ctrl-r) · no answer for 3 s · list 12m',
  ],
  ['slow', told(started(), refreshed([], { took: 4_100 })), 'slow · 4.1s a read · 0s'],
  ['slower than usual', told(loaded, clock(4_000)), 'slow · no answer yet · 4s'],
  ['stale', told(loaded, clock(12_000)), 'stale 12s · no answer yet'],
  [
    'unreachable',
    told(loaded, lost('unreachable', 'cannot be reached: no answer for 3 s')),
    'stale 48s · reconnecting, next try in 3s (ctrl-r: now) · no answer for 3 s',
    'stale 48s · retry 3s (ctrl-r) · no answer for 3 s',
  ],
  [
    'tried again now',
    told(loaded, lost('unreachable', 'cannot be reached: no answer'), clock(51_500)),
    'stale 51s · reconnecting, trying now · no answer',
  ],
  [
    'refused',
    told(loaded, lost('refused', 'cannot be reached: connection refused')),
    'stale 48s · reconnecting, next try in 3s (ctrl-r: now) · connection refused · is the port-forward up?',
    'stale 48s · retry 3s (ctrl-r) · connection refused',
  ],
  [
    'a wrong service',
    told(loaded, lost('wrong service', 'answers, but is not Dkron: nginx 404')),
    'stale 48s · reconnecting, next try in 3s (ctrl-r: now) · wrong service, not Dkron: nginx 404',
    'stale 48s · retry 3s (ctrl-r) · wrong service: nginx 404',
  ],
  [
    'no credentials',
    told(loaded, lost('no credentials', 'requires a user and a password (401)')),
    'stale 48s · reconnecting, next try in 3s (ctrl-r: now) · unauthorised: it wants a user and a password or a token, and got none',
    'stale 48s · retry 3s (ctrl-r) · unauthorised: no credentials',
  ],
  [
    'wrong credentials',
    told(loaded, lost('wrong credentials', 'does not accept this user and password (401)')),
    'stale 48s · reconnecting, next try in 3s (ctrl-r: now) · unauthorised: it does not accept these credentials',
    'stale 48s · retry 3s · unauthorised: wrong credentials',
  ],
  [
    'forbidden',
    told(loaded, { ...lost('forbidden', ''), reason: 'RBAC: access denied' } as Message),
    'stale 48s · reconnecting, next try in 3s (ctrl-r: now) · forbidden: RBAC: access denied',
    'stale 48s · retry 3s (ctrl-r) · forbidden: RBAC: access denied',
  ],
  [
    'a server that fails',
    told(loaded, lost('failing', 'answered GET /v1/jobs with 500: it broke')),
    'stale 48s · reconnecting, next try in 3s (ctrl-r: now) · answered GET /v1/jobs with 500: it broke',
    'stale 48s · answered GET /v1/jobs with 500: it broke',
  ],
  [
    'a port-forward that starts',
    told(started(), forward({ kind: 'starting', text: 'starting kubectl port-forward' })),
    'starting kubectl port-forward',
  ],
  [
    'a port-forward that does not answer, before a read has failed',
    told(
      loaded,
      clock(2_000),
      forward({ kind: 'starting', text: 'it stands still; starting another' }),
    ),
    'stale 2s · it stands still; starting another',
  ],
  [
    'a port-forward that is down',
    told(
      loaded,
      clock(48_000),
      forward({ kind: 'down', text: 'no pod runs', retryAt: now + 55_000 }),
    ),
    'stale 48s · reconnecting, next try in 7s (ctrl-r: now) · no pod runs',
    'stale 48s · retry 7s (ctrl-r) · no pod runs',
  ],
  [
    'a port-forward that is refused, whatever the reader says',
    told(
      loaded,
      forward({ kind: 'refused', text: 'jane may not create pods/portforward', next: 'Ask.' }),
      lost('unreachable', 'cannot be reached: no answer'),
    ),
    'stale 48s · ctrl-r tries again · jane may not create pods/portforward',
    'stale 48s · jane may not create pods/portforward',
  ],
  [
    'a port-forward that is up again, and a server that is not',
    told(
      loaded,
      forward({ kind: 'up', text: '', origin: 'http://127.0.0.1:1' }),
      lost('unreachable', 'cannot be reached: no answer'),
    ),
    'stale 48s · reconnecting, next try in 3s (ctrl-r: now) · no answer',
    'stale 48s · retry 3s (ctrl-r) · no answer',
  ],
  [
    'refused, over rows of an earlier console',
    told(earlier, lost('refused', 'cannot be reached: connection refused')),
    'rows of n1, n2, 2h old · reconnecting, next try in 3s (ctrl-r: now) · connection refused · is the port-forward up?',
    'rows of n1, n2, 2h old · retry 3s · connection refused',
  ],
  [
    'a port-forward that starts, over rows of an earlier console',
    told(earlier, forward({ kind: 'starting', text: 'starting kubectl port-forward' })),
    'rows of n1, n2, 2h old · starting kubectl port-forward',
  ],
  [
    'leaderless',
    told(loaded, refreshed([], { leader: null })),
    'no leader: reads only · live · 0s',
  ],
  [
    'a follower that is behind',
    told(loaded, refreshed([], { ...follower, node: { paused: false, behind: true } })),
    'n2 is behind: it has shown less than was seen before · live · 0s',
    'behind · live · 0s',
  ],
  [
    'a node that is paused',
    told(loaded, refreshed([], { ...follower, node: { paused: true, behind: false } })),
    'n2 is paused: it accepts no changes · live · 0s',
  ],
  [
    'what runs is not known any more',
    told(loaded, refreshed([], { now: now + 40_000, busy: null, nextAt: now + 42_000 })),
    'what runs: 40s old · live · 0s',
  ],
  ['paused', told(press(loaded, 'p'), clock(40_000)), 'paused · 40s old (p goes on)'],
  [
    'paused, and lost',
    told(press(loaded, 'p'), lost('refused', 'cannot be reached: connection refused')),
    'paused · 48s old (p goes on) · connection refused · is the port-forward up?',
    'paused · 48s old (p goes on) · connection refused',
  ],
  ['paused before anything came', press(started(), 'p'), 'paused (p goes on)'],
  [
    'due again after a pause',
    told(press(loaded, 'p', 'p'), { type: 'due', now: now + 60_000, nextAt: now + 60_000 }),
    'reading · 1m old',
  ],
  [
    'without the focus',
    told(loaded, blurred, { type: 'due', now, nextAt: now + 30_000 }, clock(20_000)),
    'resting, no focus here · 20s',
  ],
];

/** As much of the line's end as the words have, with the gap before them. */
const endOf = (line: string, words: string): string => line.trimEnd().slice(-words.length - 2);

describe.each(rows)('%s', (_, state, wide, narrow = wide) => {
  it('says it in full where there is room', () => {
    expect(endOf(top(state, 200), wide)).toBe(`  ${wide}`);
  });

  it('says it in 80 columns, with where one is', () => {
    const line = top(state, 80);
    expect(line).toHaveLength(80);
    expect(line).toMatch(/^ localhost:8080/);
    expect(endOf(line, narrow)).toBe(`  ${narrow}`);
  });
});

it('says how to go on where p is another key', () => {
  const text = { kind: 'text', title: 't', text: '{}' } as unknown as State['screens'][0];
  const paused = press(loaded, 'p');
  const state = { ...paused, screens: [paused.screens[0], text] } as State;
  expect(top(state, 80)).toContain('(:pause goes on)');
});

describe('rows that are not read as often as they are to be', () => {
  /** What can happen to a console, in any order; times rise. */
  const step = fc.record({
    what: fc.constantFrom('clock', 'refreshed', 'lost', 'due', 'blur', 'focus', 'p', 'ctrl-r'),
    after: fc.integer({ min: 0, max: 20_000 }),
    rest: fc.integer({ min: 0, max: 30_000 }),
    took: fc.integer({ min: 0, max: 6_000 }),
  });

  it('are never called live, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let state = started();
        let time = now;
        let read: { at: number; nextAt: number; took: number } | null = null;
        let wentWrong = true;
        for (const { what, after, rest, took } of steps) {
          time += after;
          const message = messageOf(what, time, { rest, took });
          [state] = update(state, message);
          [state] = update(state, { type: 'clock', now: time });
          if (message.type === 'refreshed') {
            read = message;
            wentWrong = false;
          }
          if (message.type === 'due') {
            if (message.nextAt > time) read = read && { ...read, nextAt: message.nextAt };
            else wentWrong = true;
          }
          if (message.type === 'lost') wentWrong = true;
          for (const columns of [40, 80, 200]) {
            const said = top(state, columns);
            const age = /live · (\w+)/.exec(said)?.[1];
            if (age === undefined) continue;
            expect(wentWrong).toBe(false);
            expect(state.pace).toEqual({ paused: false, focused: true });
            // The age that is said is that of the rows, and the next look is not overdue.
            expect(age).toBe(shortSpan(time - read!.at));
            expect(time).toBeLessThanOrEqual(read!.nextAt + 2 * read!.took + 1_000);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  function messageOf(
    what: string,
    time: number,
    { rest, took }: { readonly rest: number; readonly took: number },
  ): Message & Record<string, unknown> {
    switch (what) {
      case 'refreshed':
        return refreshed([], { now: time, at: time - took, took, nextAt: time + rest });
      case 'lost':
        return { ...lost('unreachable', 'gone'), now: time, retryAt: time + rest } as never;
      case 'due':
        return { type: 'due', now: time, nextAt: time + (rest < 5_000 ? 0 : rest) };
      case 'blur':
        return blurred as never;
      case 'focus':
        return { type: 'focus', focused: true } as never;
      case 'p':
      case 'ctrl-r':
        return { type: 'key', key: keyOf(what, false), at: time } as never;
      default:
        return { type: 'clock', now: time } as never;
    }
  }
});
