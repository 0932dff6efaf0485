import { describe, expect, it } from 'vitest';
import { withContext, withCurrent, withoutContext } from '../../src/contexts/edit.ts';
import { readContexts } from '../../src/contexts/read.ts';

const mine = `# What we have
# and why.

current: local # at home

contexts: # by name
    # The one that hurts.
    prod:    { url: "https://prod", read-only: true }   # ask Ann

    # At home.
    local:
        url: 'http://localhost:8080' # plain
# the end
`;

const names = (text: string): string[] => [...readContexts(text).contexts.keys()];
const comments = (text: string): string[] => text.match(/#.*/g) ?? [];

describe('a context that is added', () => {
  it.each([
    ['no file', null, '# yaml-language-server: $schema=config.schema.json\n\n'],
    ['an empty file', '', ''],
    ['comments alone', '# mine\n', '# mine\n\n'],
    ['an empty map', 'contexts:\n', ''],
    ['another key', 'theme: dark\n', 'theme: dark\n'],
  ])('to %s', (_, text, before) => {
    const after = withContext(text, 'a', { url: 'http://a' });
    expect(after.trimStart()).toBe(`${before}contexts:\n  a:\n    url: http://a\n`);
    expect(readContexts(after).mistakes).toEqual([]);
  });

  it('keeps comments, order and indentation', () => {
    const after = withContext(mine, 'new', { label: '1e3', 'port-forward': { port: 1 } });
    expect(names(after)).toEqual(['prod', 'local', 'new']);
    expect(comments(after).sort()).toEqual(comments(mine).sort());
    expect(after).toContain('    # The one that hurts.\n    prod: { url: "https://prod",');
    expect(after).toContain(`        url: 'http://localhost:8080' # plain\n`);
    expect(after).toContain('    new:\n        label: "1e3"\n        port-forward: { port: 1 }\n');
  });

  it.each(['true', '12', 'a:b', 'arn:aws:eks/x', 'user@cluster', 'null'])(
    'may be called %s',
    (name) => {
      const after = withContext(null, name, { url: 'http://a' });
      expect(names(after)).toEqual([name]);
      const { current, mistakes } = readContexts(withCurrent(after, name));
      expect({ current, mistakes }).toEqual({ current: name, mistakes: [] });
    },
  );
});

describe('the current context', () => {
  it('is changed, and nothing else', () => {
    expect(withCurrent(mine, 'prod')).toBe(mine.replace('current: local', 'current: prod'));
  });

  it.each([
    [
      '# mine\n\ncontexts: { a: { url: a } }\n',
      '# mine\n\ncurrent: a\ncontexts: { a: { url: a } }\n',
    ],
    [
      'theme: dark\ncontexts: { a: { url: a } }',
      'current: a\ntheme: dark\ncontexts: { a: { url: a } }',
    ],
    ['{ contexts: { a: { url: a } } }\n', '{ contexts: { a: { url: a } }, current: a }\n'],
    ['current:\ncontexts: { a: { url: a } }\n', 'current: a\ncontexts: { a: { url: a } }\n'],
    [
      'current: "b" # x\ncontexts: { a: { url: a } }\n',
      'current: a # x\ncontexts: { a: { url: a } }\n',
    ],
  ])('of %j is said: %j', (text, after) => {
    expect(withCurrent(text, 'a')).toBe(after);
  });
});

describe('a context that is removed', () => {
  it('leaves the others as they were, and is told', () => {
    const { text, removed } = withoutContext(mine, 'local');
    expect(names(text)).toEqual(['prod']);
    expect(readContexts(text)).toMatchObject({ current: null, mistakes: [] });
    expect(comments(text)).toEqual(
      expect.arrayContaining(['# What we have', '# ask Ann', '# the end']),
    );
    expect(removed).toBe(`local:\n  url: 'http://localhost:8080' # plain\n`);
  });

  it('is not when another one refers to it', () => {
    const text = 'contexts:\n  a: &a { url: "http://a" }\n  b: *a\n';
    expect(() => withoutContext(text, 'a')).toThrow('other contexts refer to a (with *)');
    expect(withoutContext(text, 'b').text).toBe('contexts:\n  a: &a { url: "http://a" }\n');
  });

  it('stays the current one when it was another', () => {
    expect(readContexts(withoutContext(mine, 'prod').text).current).toBe('local');
  });
});
