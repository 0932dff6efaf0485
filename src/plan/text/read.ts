import { CorruptFile } from '../../base/errors.ts';
import { parseJson } from '../../json/numbers.ts';
import type { RestoreItem } from '../model.ts';
import type { Choice, PlanFile } from './plan-file.ts';
import { definitionMark, heading } from './write.ts';

/** Reads what planText wrote. `path` is for people. Throws CorruptFile. */
export function readPlan(text: string, path: string): PlanFile {
  const [first = '', ...lines] = text.split('\n');
  if (!first.startsWith(heading)) throw new CorruptFile(`${path} is not a plan`);
  const { plan, ...about } = parseJson(first.slice(heading.length)) as Omit<PlanFile, 'choices'>;
  const items = lines
    .filter((line) => line.startsWith(definitionMark))
    .map((line) => parseJson(line.slice(definitionMark.length)) as RestoreItem);
  const choices = new Map<string, Choice>();
  for (const line of lines) {
    const [word = '', name = ''] = line.split(' ');
    const choice = words[word];
    if (choice !== undefined) choices.set(name, choice);
  }
  return { ...about, plan: { ...plan, items }, choices };
}

const words: Readonly<Record<string, Choice>> = {
  create: 'do',
  overwrite: 'do',
  delete: 'do',
  skip: 'skip',
  ask: 'ask',
};
