/** Every example of the pages is one that is read, by us and by editors that go by the schema. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readContexts } from '../../src/contexts/read.ts';

const schema = JSON.parse(readFileSync('docs/config.schema.json', 'utf8'));
const bySchema = z.fromJSONSchema(schema);

const examples = globSync(['*.md', 'docs/*.md']).flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)]
    .map(([, text = ''], at): [string, number, string] => [page, at + 1, text])
    .filter(([, , text]) => /^(contexts|current):/m.test(text)),
);

it('are there', () => {
  expect(examples.length).toBeGreaterThan(2);
});

describe.each(examples)('%s, the contexts of its block %i', (_page, _at, text) => {
  it('are read', () => {
    const { contexts, mistakes } = readContexts(text);
    const all = [...contexts.values()].flatMap((one) => ('mistakes' in one ? one.mistakes : []));
    expect([...mistakes, ...all]).toEqual([]);
    expect(contexts.size).toBeGreaterThan(0);
  });

  it('fit the schema', () => {
    expect(bySchema.safeParse(parse(text))).toMatchObject({ success: true });
  });
});

describe('the schema', () => {
  it.each([
    ['an unknown key', { contexts: { a: { url: 'x', lable: 'y' } } }],
    ['a secret', { contexts: { a: { url: 'x', bearer: 's3cr3t' } } }],
    [
      'a password with a value',
      { contexts: { a: { basic: { user: 'x', password: { value: 'y' } } } } },
    ],
    ['another colour', { contexts: { a: { color: 'pink' } } }],
    ['a port that is none', { contexts: { a: { 'port-forward': { port: 70_000 } } } }],
    ['a theme that is none', { theme: 'drak' }],
  ])('knows %s for a mistake', (_, value) => {
    expect(bySchema.safeParse(value).success).toBe(false);
  });

  it('describes every key', () => {
    const { properties } = schema.properties.contexts.anyOf[0].additionalProperties;
    for (const [key, { description }] of Object.entries<{ description?: string }>(properties))
      expect([key, description]).toEqual([key, expect.stringMatching(/\S/)]);
  });
});
