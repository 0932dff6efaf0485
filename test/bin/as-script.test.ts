/** Parts of the bundle hand over what they export once, when they have run: nothing may be another later. */
import { basename } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { asScript } from '../../scripts/as-script.ts';
import { bundle } from '../../scripts/bundle.ts';

/** With the names of the source. */
const { metafile, outputFiles } = await bundle('1.2.3', false);

/** The local names of what a part exports. */
const exportedBy = (text: string): string[] =>
  (/\nexport \{([^}]*)\};\s*$/.exec(text)?.[1] ?? '')
    .split(',')
    .map((one) => one.trim().split(' as ')[0]!)
    .filter((name) => name !== '');

/** Every `name = …`, `name += …`, `name++` that does not declare it. */
function assignmentsTo(name: string, text: string): string[] {
  const escaped = name.replaceAll('$', '\\$');
  const assigned = `(?<![\\w$.])${escaped}\\s*(?:=(?![=>])|\\+\\+|--|[-+*/%&|^?]{1,2}=)`;
  const declared = new RegExp(`(?:var|let|const|,)\\s+${escaped}\\s*=$`);
  return [...text.matchAll(new RegExp(assigned, 'g'))]
    .map(({ 0: found, index }) => text.slice(Math.max(0, index - 10), index + found.length))
    .filter((found) => !declared.test(found));
}

describe('the parts of the bundle', () => {
  it('are found, with what they export', () => {
    expect(outputFiles.flatMap(({ text }) => exportedBy(text)).length).toBeGreaterThan(1_000);
    expect(
      assignmentsTo('$a', 'var $a = 1; if ($a == 2) b = () => $a++; x.$a = 1; ($a ||= 3);'),
    ).toHaveLength(2);
  });

  it.each(outputFiles.map(({ path, text }) => [basename(path), text] as const))(
    'assign nothing anew that they export: %s',
    (_, text) => {
      expect(exportedBy(text).flatMap((name) => assignmentsTo(name, text))).toEqual([]);
    },
  );

  it('do not need each other', () => {
    const { outputs } = metafile;
    const needs = (path: string): string[] =>
      (outputs[path]?.imports ?? []).flatMap((one) =>
        one.kind === 'import-statement' && one.path in outputs ? [one.path] : [],
      );
    const isWhole = new Set<string>();
    const look = (path: string, above: readonly string[]): void => {
      expect(above).not.toContain(path);
      if (isWhole.has(path)) return;
      for (const other of needs(path)) look(other, [...above, path]);
      isWhole.add(path);
    };
    for (const path of Object.keys(outputs)) look(path, []);
    expect(isWhole.size).toBeGreaterThan(50);
  });

  it('are asked as they are written', async () => {
    const part = `import {
  one,
  two as b
} from "./a.js";
import"./c.js";
var $d = one + b;
var later = () => import("./e.js");
export {
  $d as d,
  later
};
export default f();
`.replace('var later', 'function f() { return 7; }\nvar later');
    const required: string[] = [];
    const exports: { later?: () => Promise<unknown> } = {};
    const require = (name: string) => {
      required.push(name);
      return { one: 1, two: 2 };
    };
    runInNewContext(`(exports, require) => {${asScript(part)}}`)(exports, require);
    expect(exports).toMatchObject({ d: 3, default: 7 });
    expect(required).toEqual(['./a.js', './c.js']);
    expect(await exports.later!()).toEqual({ one: 1, two: 2 });
    expect(required).toEqual(['./a.js', './c.js', './e.js']);
  });
});
