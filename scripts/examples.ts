/** Reads every file of contexts that a page shows as the program would, and says what is wrong in it. */
import { globSync, readFileSync } from 'node:fs';
import { readContexts } from '../src/contexts/read.ts';

for (const page of globSync(['*.md', 'docs/*.md'])) {
  const text = readFileSync(page, 'utf8');
  for (const { 1: block = '', index } of text.matchAll(/^```yaml\n(.*?)^```$/gms)) {
    if (!/^(contexts|current):/m.test(block)) continue;
    const { contexts, mistakes } = readContexts(block);
    const inside = [...contexts.values()].flatMap((one) => ('mistakes' in one ? one.mistakes : []));
    const above = text.slice(0, index).split('\n').length;
    for (const { line, message } of [...mistakes, ...inside]) {
      console.error(`${page}:${above + line}: ${message}`);
      process.exitCode = 1;
    }
  }
}
