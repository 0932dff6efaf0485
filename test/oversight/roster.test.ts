import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { memberStates } from '../../src/dkron/overview/members.ts';
import { openRoster } from '../../src/oversight/kept-roster.ts';
import {
  joinedRosters,
  type KnownRoster,
  lookedAgain,
  noRoster,
  type Roster,
  rosterOf,
  rosterWords,
} from '../../src/oversight/roster.ts';

const now = Date.parse('2026-11-21T14:31:29Z');

/** `n1* n2! n3-4.0.9@role=db`: n1 leads, n2 has failed, n3 has left and is of another version, with a tag. */
function roster(text: string): Roster {
  const nodes = text.split(' ').filter((word) => word !== '');
  const leader = nodes.find((word) => word.includes('*'));
  return {
    leader: leader?.slice(0, 2) ?? null,
    nodes: new Map(
      nodes.map((word) => {
        const [, name = '', mark = '', version = '', tags = ''] =
          /^(..)([*!-]?)([^@]*)@?(.*)$/.exec(word)!;
        const state = mark === '!' ? 'failed' : mark === '-' ? 'left' : 'alive';
        return [name, { state, version: version || '4.1.2', tags: tags === '?' ? null : tags }];
      }),
    ),
  };
}

const looks = (...told: (string | Roster)[]): KnownRoster =>
  told.reduce<KnownRoster>(
    (known, one, at) =>
      lookedAgain(known, typeof one === 'string' ? roster(one) : one, now + at * 1_000),
    noRoster,
  );

const words = ({ changes }: KnownRoster): string[] =>
  changes.map((one) => `${one.after - now}–${one.by - now} ${rosterWords(one)}`);

describe('what changed between two looks', () => {
  it.each<[string, string[], string[]]>([
    ['nothing, at the first look', ['n1* n2'], []],
    ['nothing', ['n1* n2', 'n2 n1*'], []],
    ['a node that fails', ['n1* n2', 'n1* n2!'], ['0–1000 n2 failed']],
    ['one that is there again', ['n1* n2!', 'n1* n2'], ['0–1000 n2 came back']],
    ['one that leaves', ['n1* n2', 'n1* n2-'], ['0–1000 n2 left']],
    ['one that joins', ['n1*', 'n1* n2'], ['0–1000 n2 joined']],
    ['one that is forgotten', ['n1* n2!', 'n1*'], ['0–1000 n2 is no member any more']],
    ['another version', ['n1*4.0.9', 'n1*'], ['0–1000 n1 runs Dkron 4.1.2, before 4.0.9']],
    [
      'other tags',
      ['n1*@zone=a', 'n1*@zone=b', 'n1*', 'n1*@zone=c'],
      [
        '2000–3000 n1 has the tag zone=c now',
        '1000–2000 n1 has the tag zone=b no more',
        '0–1000 n1 has the tag zone=b now, before zone=a',
      ],
    ],
    ['tags that nobody had told before', ['n1*@?', 'n1*@role=db'], []],
    [
      'the leader, by way of none',
      ['n1* n2', 'n1! n2', 'n1! n2*'],
      [
        '1000–2000 n2 leads, after nobody did',
        '0–1000 n1 led, and then nobody',
        '0–1000 n1 failed',
      ],
    ],
  ])('%s', (_, told, changes) => {
    expect(words(looks(...told))).toEqual(changes);
  });

  it('is not told by a look that did not tell all', () => {
    expect(rosterOf(null, 'n1')).toBeNull();
    expect(rosterOf([], undefined)).toBeNull();
    expect(rosterOf([], null)).toEqual({ leader: null, nodes: new Map() });
    const tags = { version: '4.1.2', server: 'true', rpc_addr: '10.0.0.1', role: 'web', dc: 'a' };
    const node = { Name: 'n1', Addr: '10.0.0.1', Port: 8946, Tags: tags, Status: 1 };
    expect(rosterOf([node], 'n1')?.nodes.get('n1')).toEqual({
      ...{ state: 'alive', version: '4.1.2', tags: 'dc=a role=web' },
    });
  });

  it('is forgotten after a month', () => {
    const known = looks('n1* n2', 'n1* n2!');
    const later = lookedAgain(known, roster('n1* n2'), now + 31 * 86_400_000);
    expect(later.changes.map(rosterWords)).toEqual(['n2 came back']);
  });
});

const aRoster = fc.record({
  leader: fc.constantFrom('n1', 'n2', null),
  nodes: fc
    .array(
      fc.record({ name: fc.constantFrom('n1', 'n2'), state: fc.constantFrom(...memberStates) }),
    )
    .map(
      (all) => new Map(all.map(({ name, state }) => [name, { state, version: '4.1.2', tags: '' }])),
    ),
});

it('what two programs saw at the same looks is told once', () => {
  fc.assert(
    fc.property(fc.array(aRoster), (told) => {
      const one = looks(...told);
      expect(words(joinedRosters(one, one, now)).sort()).toEqual(words(one).sort());
    }),
  );
});

it('what two programs saw lies where both say', () => {
  const seen = (...at: number[]): KnownRoster =>
    at.reduce(
      (known, when) => lookedAgain(known, roster(when < 5_000 ? 'n1* n2' : 'n1* n2!'), now + when),
      noRoster,
    );
  expect(words(joinedRosters(seen(1_000, 7_000), seen(4_000, 9_000), now))).toEqual([
    '4000–7000 n2 failed',
  ]);
});

describe('the file', () => {
  async function aFile() {
    const folder = await mkdtemp(join(tmpdir(), 'roster-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'cluster', 'nodes.json');
    return { path, file: openRoster(path) };
  }

  it('has all of it, for its owner only', async () => {
    const { path, file } = await aFile();
    expect(await file.read()).toEqual(noRoster);
    const known = lookedAgain(
      looks('n1* n2', 'n1! n2*4.0.9'),
      {
        leader: null,
        nodes: new Map([['__proto__', { state: 'alive', version: '', tags: 'a=b' }]]),
      },
      now + 9_000,
    );
    await file.keep(known, now);
    expect(await file.read()).toEqual(known);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('of an earlier version tells no tags', async () => {
    const { path, file } = await aFile();
    await file.keep(looks('n1*@role=web'), now);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(',"role=web"]', ']'));
    expect((await file.read()).last?.nodes.get('n1')?.tags).toBeNull();
  });

  it('that is not understood is as none, and a change that is not is left out', async () => {
    const { path, file } = await aFile();
    await file.keep(looks('n1* n2', 'n1* n2!'), now);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"changes":[', '"changes":[{"kind":"flood"},7,'));
    expect((await file.read()).changes.map(rosterWords)).toEqual(['n2 failed']);
    await writeFile(path, text.slice(0, 40));
    expect(await file.read()).toEqual(noRoster);
  });
});
