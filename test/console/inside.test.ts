/** A console over a snapshot: what is there can be looked at, and nothing else can be done. */
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import type { Terminal } from '../../src/console/effects/terminal.ts';
import { type InsideOptions, openInside } from '../../src/console/inside.ts';
import { actions, actionsHere, runAction } from '../../src/console/registry.ts';
import { jump, listingOf } from '../../src/console/screens/table.ts';
import { type Effect, writes } from '../../src/console/state/message.ts';
import type { Screen, State } from '../../src/console/state/model.ts';
import { topScreen } from '../../src/console/state/stack.ts';
import { openVerified } from '../../src/snapshot/verify/inside.ts';
import { fakeClock } from '../support/clock.ts';
import { aJob } from '../support/jobs.ts';
import { putSnapshot } from '../support/snapshots.ts';
import { keyOf } from '../terminal/press.ts';
import { effectsOf, inside, linesOf, press, pressing, showing, told, type } from './states.ts';

const http = { executor: 'http', executor_config: { method: 'GET', url: 'http://x', body: '{}' } };
const jobs = [
  { name: 'a', ...http, success_count: 3 },
  { name: 'b', disabled: true },
  { name: 'c', schedule: '@daily' },
];

/** What is done without a server. */
const harmless = new Set<Effect['type']>([
  'leave-snapshot',
  'load-runs',
  'agenda',
  'lint',
  'save-text',
  'copy',
  'check-later',
  'rest-later',
  'forget-later',
  'redraw',
  'suspend',
  'quit',
]);
/** What lies over a screen only to look. */
const looking = new Set(['help', 'palette', 'filter']);

describe('of all actions', () => {
  /** Every action at every row with every word, and from every screen that one comes to. */
  it('none begins a change, asks a server, or opens what only a server has', () => {
    const seen = new Set<Screen['kind']>();
    const tried = new Set<string>();
    const from = [inside(jobs)];
    for (const start of from) {
      const { kind } = topScreen(start);
      if (seen.has(kind)) continue;
      seen.add(kind);
      const rows = [...(listingOf(start)?.list.keys ?? [])];
      for (const state of [start, ...rows.map((_, row) => jump(start, row))])
        for (const action of actionsHere(state))
          for (const words of ['', ...(action.complete?.(state) ?? [])]) {
            tried.add(action.id);
            const [after, effects] = runAction(state, action, words);
            const types = effects.map((effect) => effect.type);
            expect(
              types.filter((one) => !harmless.has(one)),
              action.id,
            ).toEqual([]);
            expect(
              types.filter((one) => writes[one]),
              action.id,
            ).toEqual([]);
            if (after.overlay !== null) expect(looking, action.id).toContain(after.overlay.kind);
            from.push({ ...after, overlay: null });
          }
    }
    expect([...seen].sort()).toEqual([
      'agenda',
      'families',
      'fields',
      'job',
      'jobs',
      'lint',
      'text',
    ]);
    const there = actions.filter(({ scope }) =>
      scope.some((one) => one === 'everywhere' || seen.has(one)),
    );
    expect(tried).toEqual(new Set(there.map(({ id }) => id)));
  });

  it('those that would say in one sentence why, and what to do instead', () => {
    for (const key of ['t', 's', 'i', 'S', 'H', 'u', 'ctrl-r', 'p', 'ctrl-d'])
      expect(press(inside(jobs), key).flash?.text, key).toMatch(
        /: this is a snapshot, not a server: .*; R restores jobs of it, esc goes back$/,
      );
    const alone = inside(jobs, { over: false, file: 'x/one' });
    for (const key of ['t', 'R'])
      expect(press(alone, key).flash?.text, key).toContain("'dkron-tui restore x/one' writes");
    for (const key of ['x', 'l'])
      expect(press(inside(jobs), key).flash?.text).toContain('a snapshot keeps no runs');
  });
});

describe('the screen', () => {
  it('says of what, from when and how sure, and nothing of a server', () => {
    const state = inside(jobs, { label: 'before-move' });
    const [first = ''] = linesOf(state, { columns: 120 });
    expect(first).toMatch(
      /^ {2}SNAPSHOT {2}of prod at 13:31:29, 1h ago · before-move · one +no server here · proven$/,
    );
    for (const keys of [[], ['enter'], ['y'], ['b'], ['E'], ['A'], ['?'], [':']])
      for (const columns of [40, 80, 200]) {
        const [line = '', ...more] = linesOf(press(state, ...keys), { columns });
        expect(line).toMatch(/^ {2}SNAPSHOT {2}of prod/);
        expect(line).not.toMatch(/live|connecting|stale|Dkron/);
        expect(more.join('\n')).not.toMatch(/loading/);
      }
    const file = inside(jobs, { cluster: null, verified: { verdict: 'damaged', text: 'x' } });
    expect(linesOf(file, { columns: 120 })[0]).toMatch(/one at .* DAMAGED$/);
  });

  it('filters, sorts, marks, and shows a job, its JSON, its body and its fields', () => {
    const state = inside(jobs);
    expect(linesOf(press(state, '/', ...type('executor:http'), 'enter')).join('\n')).toContain(
      '1 shown',
    );
    expect(linesOf(press(state, 'space')).join('\n')).toContain('1 marked');
    const job = linesOf(press(state, 'enter'), { rows: 40 }).join('\n');
    expect(job).toContain('A snapshot keeps no runs.');
    expect(job).toContain('3 ok');
    const kept = inside(jobs, { executions: 'one.executions' });
    expect(linesOf(press(kept, 'enter'), { rows: 40 }).join('\n')).toContain(
      'A snapshot keeps no runs; one.executions beside it does.',
    );
    expect(linesOf(press(state, 'y')).join('\n')).toContain('"name": "a"');
    expect(linesOf(press(state, 'b')).join('\n')).toContain('body, as JSON');
    expect(linesOf(press(state, 'E', 'enter')).join('\n')).toContain('this is a snapshot');
  });

  it('counts what cannot be read, and lists it with its place and reason', () => {
    const state = inside(jobs, { unreadable: [{ name: 'x', why: 'line 2: no' }] });
    expect(linesOf(state).join('\n')).toContain('1 unreadable');
    const listed = press(state, ':', ...type('unreadable'), 'enter');
    expect(linesOf(listed).join('\n')).toContain('x: line 2: no');
    expect(press(inside(jobs), ':', ...type('unreadable'), 'enter').flash?.text).toContain(
      'all jobs could be read',
    );
  });
});

describe('the ways out', () => {
  const left = (restore: string[]): Effect[] => [{ type: 'leave-snapshot', restore }];

  it('clear the filter and the marks first, as anywhere', () => {
    for (const key of ['esc', 'q']) {
      expect(effectsOf(inside(jobs), key)).toEqual(left([]));
      expect(effectsOf(inside(jobs), 'enter', key)).toEqual([]);
      expect(effectsOf(inside(jobs), 'space', key)).toEqual([]);
      expect(effectsOf(inside(jobs), 'space', key, key)).toEqual(left([]));
    }
  });

  it('take the marked jobs along, or the one under the cursor', () => {
    expect(effectsOf(inside(jobs), 'R')).toEqual(left(['a']));
    expect(effectsOf(inside(jobs), '*', 'R')).toEqual(left(['a', 'b', 'c']));
  });

  it('lead to a plan of the server, with those marked that it can write', () => {
    const back = { type: 'left-snapshot', file: '/s/one', restore: ['a', 'b'] } as const;
    const state = told(showing([{ name: 'b' }]), back);
    expect(topScreen(state)).toMatchObject({ kind: 'plan', id: '/s/one' });
    const item = { why: '', changes: [], seen: null, children: [], findings: [] };
    const planned = told(state, {
      type: 'plan',
      id: '/s/one',
      plan: {
        items: [
          { ...item, name: 'a', kind: 'new', job: aJob({ name: 'a' }) },
          { ...item, name: 'b', kind: 'same', job: aJob({ name: 'b' }) },
          { ...item, name: 'd', kind: 'new', job: aJob({ name: 'd' }) },
        ],
      },
    });
    expect(topScreen(planned)).toMatchObject({ marks: new Set(['a']) });
    expect(planned.flash?.text).toContain('1 job that you chose cannot be marked');
    const none = told(showing([]), { ...back, restore: [] });
    expect(none.flash?.text).toContain('localhost:8080 again');
  });
});

describe('a session', () => {
  async function open(options: Partial<InsideOptions> = {}, more = '') {
    const folder = await mkdtemp(join(tmpdir(), 'inside-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = await putSnapshot(folder, 'one', jobs.map(aJob));
    await appendFile(file, more);
    const before = await readdir(folder);
    const clock = fakeClock();
    const session = openInside(
      {
        opened: await openVerified(file),
        serverZone: 'UTC',
        places: placesBelow(join(folder, 'data'), join(folder, 'state')),
        ...options,
      },
      clock,
    );
    const { store } = session;
    const pressed = (...keys: readonly string[]): State => {
      for (const name of keys) store.dispatch({ type: 'key', key: keyOf(name), at: 1 });
      return store.state();
    };
    const untouched = async () => expect(await readdir(folder)).toEqual(before);
    return { ...session, clock, pressed, untouched };
  }

  it('shows what is in the file at once, works out its agenda, and keeps nothing', async () => {
    const { store, clock, pressed, untouched, close } = await open();
    expect([...store.state().jobs.byName.keys()]).toEqual(['a', 'b', 'c']);
    expect(store.state()).toMatchObject({
      server: { version: '4.1.2' },
      flash: { text: expect.stringContaining('as they were then') },
    });
    pressed('A');
    clock.advance(20);
    expect(topScreen(store.state())).toMatchObject({ kind: 'agenda', agenda: expect.anything() });
    pressed('esc', 'j', 't', 'i', 'S', 'H', 'e', 'E', 'enter', 'x');
    expect(await close(AbortSignal.abort())).toEqual([]);
    await untouched();
  });

  it('says first what of it did not come so from the server', async () => {
    const { store } = await open({}, '{"name":"d","schedule":"@daily"}\n');
    expect(store.state()).toMatchObject({
      setting: { inside: { verified: { verdict: 'damaged' } } },
      flash: { level: 'error', text: expect.stringMatching(/^Not all .*line 4.*dkron-tui verify/) },
    });
  });

  it('says what is not done, whatever asks for it', async () => {
    const { store } = await open();
    store.dispatch({ type: 'applied', text: 'x', ok: true });
    expect(store.state().flash?.text).toContain('this is a snapshot, not a server');
  });

  it('begins with the filter that it is told', async () => {
    const { store } = await open({ filter: 'executor:http' });
    expect(linesOf(store.state()).join('\n')).toContain('1 shown');
  });

  it('goes back to what lies below, or quits where there is nothing', async () => {
    const leave = vi.fn();
    const over = await open({ leave });
    over.pressed('j', 'R');
    over.pressed('q');
    expect(leave.mock.calls).toEqual([[['b']], [[]]]);
    const alone = await open();
    const quit = vi.fn();
    alone.attach({ quit } as unknown as Terminal);
    alone.pressed('esc');
    expect(quit).toHaveBeenCalledTimes(1);
  });
});

it('is looked into from the list of snapshots, which says that it is read', () => {
  const listed = press(showing([]), 'R');
  const [state, effects] = pressing(
    told(listed, {
      type: 'snapshots',
      files: [
        {
          ...{ name: 'one', path: '/s/one', bytes: 1, modified: 0, taken: 0, jobs: 1 },
          ...{ proof: 'none', head: null, differs: null },
        },
      ],
    }),
    ['enter'],
  );
  expect(effects).toEqual([{ type: 'look-inside', file: '/s/one' }]);
  expect(state.waiting).toContain('one');
});
