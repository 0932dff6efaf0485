import { describe, expect, it } from 'vitest';
import { actions } from '../../src/console/registry.ts';
import type { Scope } from '../../src/console/state/action.ts';
import type { Screen } from '../../src/console/state/model.ts';
import { keyBytes } from '../support/key-bytes.ts';
import { showing } from './states.ts';

const scopes = [...new Set(actions.flatMap(({ scope }) => scope))].filter(
  (scope): scope is Screen['kind'] => scope !== 'everywhere',
);
const ofServers = actions.filter(({ inside }) => !inside);
const worksOn = (scope: Scope) => ofServers.filter((action) => action.scope.includes(scope));

describe('the table of actions', () => {
  it('names each action once', () => {
    const ids = actions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(scopes)('gives each key one meaning on %s', (scope) => {
    const own = worksOn(scope).flatMap(({ keys }) => keys);
    expect(new Set(own).size, `${own}`).toBe(own.length);
  });

  it('gives each key one meaning everywhere', () => {
    const [taking, others] = [true, false].map((takes) =>
      worksOn('everywhere').filter(({ takesKey }) => (takesKey !== undefined) === takes),
    );
    for (const some of [taking!, others!]) {
      const keys = some.flatMap((action) => action.keys);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it.each(scopes)('gives each command one meaning on %s', (scope) => {
    const commands = [...worksOn(scope), ...worksOn('everywhere')].flatMap(
      ({ command }) => command ?? [],
    );
    expect(new Set(commands).size, `${commands}`).toBe(commands.length);
  });

  it.each(actions.map((action) => [action.id, action] as const))('says what %s is', (_, action) => {
    expect(action.title).not.toBe('');
    expect(action.title.length).toBeLessThanOrEqual(30);
    expect(action.help).toMatch(/^[\p{L}`].*[.]$/u);
    expect(action.scope.length).toBeGreaterThan(0);
    expect(action.keys.length > 0 || action.command !== undefined).toBe(true);
  });

  it('takes only keys that a terminal can send', () => {
    for (const key of actions.flatMap(({ keys }) => keys))
      expect(() => keyBytes(key), key).not.toThrow();
  });

  it('takes no key that a terminal cannot tell from another', () => {
    const same = ['ctrl-i', 'ctrl-m', 'ctrl-j', 'ctrl-h', 'ctrl-['];
    expect(actions.flatMap(({ keys }) => keys).filter((key) => same.includes(key))).toEqual([]);
  });

  it('shows a key for what stands in the footer', () => {
    for (const { id, keys, footer } of actions)
      if (footer !== undefined) expect(keys[0], id).toBeDefined();
  });

  it('is pure: to look at what can be done changes nothing', () => {
    const state = showing([{ name: 'a' }]);
    const before = structuredClone({ ...state, jobs: [...state.jobs.byName] });
    for (const { available } of actions) available?.(state);
    expect({ ...state, jobs: [...state.jobs.byName] }).toEqual(before);
  });
});
