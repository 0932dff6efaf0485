/** A plan as a text to read, to edit and to review. */
import { stringifyJson } from '../../json/numbers.ts';
import type { RestoreItem } from '../model.ts';
import type { Choice, PlanFile } from './plan-file.ts';

/** Begins the first line of every plan. */
export const heading = '#dkron-tui-plan ';
/** Begins the line with what a job is to be, and what it was. */
export const definitionMark = '= ';

export function planText({ plan, choices, ...about }: PlanFile): string {
  const { items, ...more } = plan;
  return [
    `${heading}${stringifyJson({ format: 1, ...about, plan: more })}`,
    ...items.map((item) => `${wordOf(item, choices.get(item.name))} ${item.name}`),
    ...items.map((item) => definitionMark + stringifyJson(item)),
    '',
  ].join('\n');
}

/** What is done, in the first word of the line. */
function wordOf({ kind }: RestoreItem, choice: Choice | undefined): string {
  if (kind !== 'new' && kind !== 'change' && kind !== 'delete') return kind;
  if (choice === 'ask') return 'ask';
  if (choice !== 'do') return 'skip';
  return kind === 'new' ? 'create' : kind === 'change' ? 'overwrite' : 'delete';
}
