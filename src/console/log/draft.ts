/** Drafts as the log has them. */
import type { Draft } from '../../config/drafts.ts';
import { yamlKey } from '../state/drafts.ts';
import type { State } from '../state/model.ts';
import type { Veil } from './veil.ts';

/** They are kept by job and field. */
export function draftOf(key: string, draft: Draft, veil: Veil, { jobs }: State): Draft {
  const [, name = '', path = ''] = /^([^:]*):(.*)$/s.exec(key) ?? [];
  const executor = jobs.byName.get(name)?.job.executor ?? '';
  const hide = (text: string): string =>
    key === yamlKey(name)
      ? veil.definition(text)
      : path === 'schedule'
        ? text
        : veil.value(executor, keysOf(path), text);
  return { ...draft, text: hide(draft.text), base: hide(draft.base) };
}

/** Only the first may hold no dot. */
const keysOf = (path: string): string[] => {
  const [field = '', ...setting] = path.split('.');
  return setting.length === 0 ? [field] : [field, setting.join('.')];
};
