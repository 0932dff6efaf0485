import { describe, expect, it } from 'vitest';
import { topLine } from '../../../src/console/frame/header.ts';
import type { State, Trouble } from '../../../src/console/state/model.ts';
import { lineText } from '../../../src/view/line.ts';
import { now, refreshed, showing, started, told } from '../states.ts';

const top = (state: State, columns = 80): string => lineText(topLine({ ...state, columns })).trim();
const loaded = showing([{ name: 'a' }]);
const lost = (state: State, reason: string, trouble: Trouble = 'unreachable'): State =>
  told(state, { type: 'lost', trouble, reason, now: now + 48_000, retryAt: now + 51_000 });

it.each<[string, State, string]>([
  ['starts out', started(), 'connecting…'],
  [
    'shows rows that arrive',
    told(started(), { type: 'arriving', jobs: [...loaded.jobs.byName.values()] }),
    'loading…',
  ],
  ['is live', loaded, 'live · 0s'],
  ['grows old', told(loaded, { type: 'clock', now: now + 2_900 }), 'live · 2s'],
  [
    'is slower than usual',
    told(loaded, { type: 'clock', now: now + 4_000 }),
    'slow · no answer yet · 4s',
  ],
  ['is slow', told(started(), refreshed([], { took: 4_100 })), 'slow · 4.1s a read · 0s'],
  [
    'waits for an answer that is overdue',
    told(loaded, { type: 'clock', now: now + 12_000 }),
    'stale 12s · no answer yet',
  ],
  [
    'is asked as seldom as one wants',
    told(started(), refreshed([], { nextAt: now + 60_000 }), { type: 'clock', now: now + 50_000 }),
    'live · 50s',
  ],
  [
    'has another clock than the server',
    told(started(), refreshed([], { skew: 899_600 })),
    'clock 15m ahead · live · 0s',
  ],
  [
    'says what it does',
    told(loaded, { type: 'waiting', text: 'taking a snapshot' }),
    'taking a snapshot · live · 0s',
  ],
])('%s', (_, state, expected) => {
  expect(top(state)).toContain(expected);
});

it.each([
  ['n1', 'n1', 'n1, leader'],
  ['n2', 'n1', 'n2, leader n1'],
])('answered by %s, led by %s', (whom, leader, expected) => {
  expect(top(told(started(), refreshed([], { whom, leader })))).toContain(
    `Dkron 4.1.2 · ${expected}`,
  );
});

it('leaves out whole words of the node where there is no room', () => {
  const long = refreshed([], { whom: 'a-node-with-a-long-name-7f8c9', leader: 'b'.repeat(30) });
  expect(top(told(started(), long), 80)).toMatch(
    /^localhost:8080 · Dkron 4\.1\.2 · a-node-with-a-long-name-7f8c9 +live · 0s$/,
  );
});

it('says where no writes are possible, however much else there is to say', () => {
  const slow = refreshed([], { whom: 'a-node-with-a-long-name-7f8c9', leader: null, took: 4_100 });
  for (const columns of [80, 200])
    expect(top(told(started(), slow), columns)).toMatch(
      /no leader: reads only · slow · 4\.1s a read · 0s$/,
    );
  expect(top(told(started(), slow, refreshed([])))).not.toContain('no leader');
});

it('says nothing more of clocks when they agree again', () => {
  const apart = told(started(), refreshed([], { skew: -899_600 }));
  expect(top(apart)).toContain('clock 15m behind');
  expect(top(told(apart, refreshed([], { skew: -400 })))).not.toContain('clock');
});

describe('a server that is lost', () => {
  const refused = 'http://localhost:8080 cannot be reached: connection refused';

  it('shows how old the rows are, what is done about it, and why', () => {
    expect(top(lost(loaded, refused), 80)).toMatch(
      /stale 48s · retry 3s \(ctrl-r\) · connection refused$/,
    );
  });

  it('has a guess at what it is, where there is room for it', () => {
    expect(top(lost(loaded, refused, 'refused'), 200)).toMatch(
      / n1, leader +stale 48s · reconnecting, next try in 3s \(ctrl-r: now\) · connection refused · is the port-forward up\?$/,
    );
    const far = showing([], [], { url: 'http://dkron:8080', label: 'dkron:8080' });
    const reason = refused.replace('localhost', 'dkron');
    expect(top(lost(far, reason, 'refused'), 200)).toMatch(/refused$/);
  });

  it('says what answers instead of Dkron, at the cost of all else but the address', () => {
    const reason = 'http://localhost:8080 answers, but is not Dkron: nginx 404';
    const proxy = lost(loaded, reason, 'wrong service');
    expect(top(proxy, 80)).toMatch(
      /^localhost:8080 +stale 48s · retry 3s \(ctrl-r\) · wrong service: nginx 404$/,
    );
    expect(top(proxy, 200)).toMatch(
      / n1, leader .* \(ctrl-r: now\) · wrong service, not Dkron: nginx 404$/,
    );
  });

  it('is being tried again when its time has come', () => {
    const trying = told(lost(loaded, refused), { type: 'clock', now: now + 52_000 });
    expect(top(trying)).toMatch(/stale 52s · reconnecting, trying now · connection refused$/);
  });

  it('has nothing to be old before the first list', () => {
    expect(top(lost(started(), refused), 80)).toMatch(/ retry 3s \(ctrl-r\) · connection refused$/);
  });

  it('never hides where one is, nor that nothing is written', () => {
    const state = lost(showing([], [], { readOnly: true }), 'a reason of many words '.repeat(20));
    for (const columns of [40, 80, 200]) {
      const line = top(state, columns);
      expect(line).toMatch(/^READ-ONLY {2}localhost/);
      expect(line).toContain('stale 48s');
    }
  });
});

describe('the moments from which it says something else', () => {
  const at = (ms: number): string => top(told(loaded, { type: 'clock', now: now + ms }));

  // The next look is due 2 s later, and took 20 ms.
  it.each([
    [2_000 + 40 + 1_000, /live · 3s$/],
    [2_000 + 40 + 1_001, /slow · no answer yet · 3s$/],
    [2_000 + 40 + 3_000, /slow · no answer yet · 5s$/],
    [2_000 + 40 + 3_001, /stale 5s · no answer yet$/],
  ])('an answer that is %i ms away', (ms, words) => {
    expect(at(ms)).toMatch(words);
  });

  it('a read that takes more than three seconds', () => {
    const took = (ms: number) => top(told(started(), refreshed([], { took: ms })));
    expect([took(3_000), took(3_001)]).toEqual([
      expect.stringMatching(/live · 0s$/),
      expect.stringMatching(/slow · 3\.0s a read · 0s$/),
    ]);
  });

  it('a server that is tried again when its time has come', () => {
    const due = (ms: number) => top(told(lost(loaded, 'gone'), { type: 'clock', now: now + ms }));
    expect(due(50_999)).toContain('next try in 0s');
    expect(due(51_000)).toContain('trying now');
  });
});

it('a cluster that has a colour stands on it', () => {
  const state: State = { ...loaded, setting: { ...loaded.setting, label: 'PROD', colour: 'red' } };
  expect(topLine(state)).toContainEqual({ text: ' PROD ', badge: 'red' });
});
