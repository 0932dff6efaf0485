/** What a console calls its target, and the others that there are to go to. */
import type { Target } from '../../config/target.ts';
import { routeTo } from '../../dkron/route.ts';
import type { Choice } from './model.ts';

export const labelOf = (
  { label, context }: Pick<Target, 'label' | 'context'>,
  url: string,
): string => label ?? context ?? url.replace(/^https?:\/\//, '');

/** None for what is no context of the config file. */
export function choiceOf(target: Target): Choice[] {
  const { context, readOnly, protected: isProtected } = target;
  if (context === null) return [];
  const where = routeTo(target.url).url;
  return [{ name: context, label: target.label ?? '', where, readOnly, isProtected }];
}
