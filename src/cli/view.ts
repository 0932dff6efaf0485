/** `--view`: a filter that the context has a name for. */
import { UsageError } from '../base/errors.ts';
import type { Target } from '../config/target.ts';

export const viewOption = ['--view <name>', 'only jobs of this view of the context'] as const;

/** The words of a filter, after those of the view. Throws UsageError where there is no such view. */
export function filterOf(
  { views, context }: Target,
  words: readonly string[],
  view: string | undefined,
): string {
  if (view === undefined) return words.join(' ');
  const filter = Object.hasOwn(views, view) ? views[view] : undefined;
  if (filter !== undefined) return [filter, ...words].join(' ');
  const names = Object.keys(views).join(', ');
  const whose =
    context === null
      ? 'without a context there are no views'
      : `${context} has ${names || 'no views'}`;
  throw new UsageError(`there is no view ${view}: ${whose}`, {
    data: 'nothing was sent',
    next: "views are named in the config file, under 'views' of a context",
  });
}
