import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { lazyShapes, withLazyShapes } from '../../scripts/lean.ts';

const withShapes = globSync('src/**/*.ts').filter((path) =>
  readFileSync(path, 'utf8').includes("from 'zod/mini'"),
);

test.each(withShapes)('%s makes no shape when it is loaded', (path) => {
  const late = withLazyShapes(readFileSync(path, 'utf8'), path);
  expect(late).not.toMatch(/^(export )?(const|let) [^;]*= z\./m);
});

test('there are modules with shapes', () => {
  expect(withShapes.length).toBeGreaterThan(15);
});

const module = `
import * as z from 'zod/mini';
const text = z.string().check(z.maxLength(3));
const one = z.object({
  text,
  kind: z.enum(['a', 'b']),
});
export const many = z.array(one);
const other = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('c'), at: z.nullable(text) }),
  one,
]);
export const both = z._default(other, { kind: 'c', at: null });
`;

/** What it exports, made by the build. */
async function built(contents: string): Promise<Record<string, z.ZodMiniType>> {
  const { outputFiles } = await build({
    stdin: {
      contents: withLazyShapes(contents, 'one.ts'),
      loader: 'ts',
      resolveDir: '.',
    },
    ...{ bundle: true, write: false, format: 'cjs', platform: 'node', plugins: [lazyShapes] },
  });
  const exported = { exports: {} };
  const code = outputFiles[0]!.text;
  new Function('require', 'module', code)(createRequire(import.meta.url), exported);
  return exported.exports;
}

test('a shape that is made late reads as one made at once, in other shapes, too', async () => {
  const { many, both } = await built(module);
  expect(many!.safeParse([{ text: 'abc', kind: 'b' }]).success).toBe(true);
  expect(many!.safeParse([{ text: 'abcd', kind: 'b' }]).error!.issues[0]!.path).toEqual([
    0,
    'text',
  ]);
  expect(both!.parse(undefined)).toEqual({ kind: 'c', at: null });
  expect(both!.parse({ kind: 'a', text: '' })).toEqual({ kind: 'a', text: '' });
});

test('it is made when it is first used', async () => {
  const { late } = await built(`
import * as z from 'zod/mini';
const made = () => { throw new RangeError() };
export const late = z.object(made());
`);
  expect(() => late!.parse({})).toThrow(RangeError);
});

test('what is not a shape, or has no end, is refused', () => {
  const fields = 'const fields = z.keyof(shape).options;\n';
  expect(() => withLazyShapes(fields, 'one.ts')).toThrow('no shape, but something of one');
  const endless = 'const shape = z.object({\n  name: text,\n';
  expect(() => withLazyShapes(endless, 'one.ts')).toThrow('whose end is not found');
});
