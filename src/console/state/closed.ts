/** Why nothing is changed now, whatever is asked for: read-only, or it is not sure where it would go. */
import type { State } from './model.ts';

export const readOnlyText =
  'READ-ONLY: nothing is written here (--read-only, or the context in the config file)';

/** Null where changes are open. The write door holds the same once more. */
export function closedBy({ setting, cluster }: State): string | null {
  if (setting.readOnly) return readOnlyText;
  switch (cluster.kind) {
    case 'known':
      return null;
    case 'unknown':
      return 'nothing is written before the server has answered once: it may be another cluster';
    case 'unsure':
      return `nothing is written before you have said whether this is ${cluster.name}: press C`;
    case 'another':
      return `nothing is written: another cluster answers, not ${cluster.name} (C shows it)`;
  }
}
