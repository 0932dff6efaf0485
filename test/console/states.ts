/** States of a console as messages bring them about, and what keys make of them. */
import { frameOf } from '../../src/console/frame/frame.ts';
import type { MessageOf } from '../../src/console/state/message.ts';
import type { Effect, Inside, Message, Setting, State } from '../../src/console/state/model.ts';
import { startState } from '../../src/console/state/start.ts';
import { update } from '../../src/console/update/update.ts';
import type { UnreadHere } from '../../src/dkron/live.ts';
import type { Execution } from '../../src/dkron/shapes.ts';
import type { Job } from '../../src/job/job.ts';
import { type Line, lineText } from '../../src/view/line.ts';
import { jobsByName } from '../support/jobs.ts';
import { keyOf } from '../terminal/press.ts';

export const now = Date.parse('2026-11-21T14:31:29Z');

type Refreshed = MessageOf<'refreshed'>;

/** What one look at a server with these jobs brings. */
export const refreshed = (
  jobs: readonly Partial<Job>[],
  fields: Partial<Refreshed> = {},
): Refreshed => ({
  type: 'refreshed',
  jobs: jobsByName(jobs),
  unreadable: [],
  busy: [],
  server: { name: 'n1', version: '4.1.2', tags: {} },
  leader: 'n1',
  whom: 'n1',
  node: { paused: false, behind: false },
  skew: 0,
  at: fields.now ?? now,
  now,
  took: 20,
  nextAt: now + 2_000,
  ...fields,
});

export const started = (setting: Partial<Setting> = {}): State => ({
  ...startState(
    {
      context: null,
      contexts: [],
      views: {},
      snapshots: null,
      keep: null,
      url: 'http://localhost:8080',
      label: 'localhost:8080',
      colour: null,
      readOnly: false,
      protectedAs: null,
      serverZone: 'UTC',
      localZone: 'UTC',
      ...setting,
    },
    { columns: 80, rows: 24 },
    now,
  ),
  cluster: { kind: 'known', name: 'localhost:8080' },
});

export const told = (state: State, ...messages: readonly Message[]): State =>
  messages.reduce((before, message) => update(before, message)[0], state);

/** A console that has read these jobs, a moment ago. */
export const showing = (
  jobs: readonly Partial<Job>[],
  busy: readonly Execution[] = [],
  setting: Partial<Setting> = {},
): State => told(started(setting), refreshed(jobs, { busy }), { type: 'rested' });

/** A console over a snapshot with these jobs. */
export const inside = (
  jobs: readonly Partial<Job>[],
  fields: Partial<Inside & { readonly unreadable: readonly UnreadHere[] }> = {},
): State => {
  const { unreadable = [], ...about } = fields;
  const state = started({
    inside: {
      file: '/s/one',
      name: 'one',
      taken: now - 3_600_000,
      cluster: 'prod',
      label: null,
      dkron: '4.1.2',
      executions: null,
      proof: 'manifest',
      verified: { verdict: 'proven', text: '' },
      over: true,
      filter: '',
      ...about,
    },
    readOnly: true,
  });
  return told(
    { ...state, cluster: { kind: 'unknown' } },
    {
      type: 'arriving',
      jobs: [...jobsByName(jobs).values()],
      seenAt: about.taken ?? now,
      unreadable,
    },
    { type: 'rested' },
  );
};

/** The keys one after the other; the effects are those of the last. */
export function pressing(
  state: State,
  keys: readonly string[],
  coalesced = false,
): readonly [State, readonly Effect[]] {
  return keys.reduce<readonly [State, readonly Effect[]]>(
    ([before], name) => {
      at += 1_000;
      const [after, effects] = update(before, { type: 'key', key: keyOf(name, coalesced), at });
      return [told(after, { type: 'painted', at }), effects];
    },
    [state, []],
  );
}
/** Keys are pressed a second apart, each once what the last one brought was painted. */
let at = 0;

export const press = (state: State, ...keys: readonly string[]): State => pressing(state, keys)[0];
export const effectsOf = (state: State, ...keys: readonly string[]): readonly Effect[] =>
  pressing(state, keys)[1];

/** The letters of a text as keys. */
export const type = (text: string): string[] =>
  [...text].map((letter) => (letter === ' ' ? 'space' : letter));

/** The screen as text, in a window of another size if one is given. */
export const linesOf = (state: State, size: Partial<Pick<State, 'columns' | 'rows'>> = {}) =>
  frameOf({ ...state, ...size }).lines.map((line) => lineText(line).trimEnd());

/** The texts of a line that have a tone, each with it. */
export const tonesOf = (line: Line): string[] =>
  line.flatMap(({ text, tone }) => (tone ? [`${tone}: ${text.trim()}`] : []));
