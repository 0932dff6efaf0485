/** What came of a save, or of an editor. */

import { type Merge, mergeJobs } from '../../job/merge.ts';
import { openChanges } from '../state/changes.ts';
import { draftKey, withDraft, yamlKey } from '../state/drafts.ts';
import type { MessageOf } from '../state/message.ts';
import { type Flash, flash, type State, type Step, still } from '../state/model.ts';

export function scheduleSaved(state: State, { name, text }: MessageOf<'schedule-saved'>): Step {
  const { overlay } = state;
  const saved: State = flash(state, 'ok', text);
  const mine = overlay?.kind === 'schedule' && overlay.seen.name === name;
  // Left while it was saved and opened again: what is typed now is not what was saved.
  const read = { type: 'refresh', names: [name] } as const;
  if (mine && !overlay.saving) return [saved, [read]];
  const closed: State = mine ? { ...saved, overlay: null } : saved;
  return [withDraft(closed, draftKey(name, 'schedule'), null), [read]];
}

export function scheduleRefused(
  state: State,
  { name, lines, now }: MessageOf<'schedule-refused'>,
): State {
  if (state.overlay?.kind !== 'schedule' || state.overlay.seen.name !== name)
    return flash(state, 'error', `${name}: ${lines.join(' ')}`);
  const refused = { ...state.overlay, saving: false };
  if (!now) return { ...state, overlay: { ...refused, refusal: lines } };
  // The operator sees now what is there: saving once more is a decision about that.
  const there = `It is ${now.schedule || 'empty'} now${now.timezone ? `, ${now.timezone}` : ''}; enter asks whether to replace it with yours.`;
  return { ...state, overlay: { ...refused, seen: now, over: true, refusal: [...lines, there] } };
}

/** What came back from the editor: a plan on top of what the job is by now, or a draft with what is wrong. */
export function edited(
  state: State,
  { seen, isNew = false, draft, wanted, said }: MessageOf<'edited'>,
): Step {
  const key = yamlKey(seen.name);
  const kept = withDraft(state, key, draft);
  if (wanted === null) return still({ ...kept, flash: said });
  const live = state.jobs.byName.get(seen.name)?.job;
  const title = `Edit ${seen.name}`;
  if (isNew || live === undefined) {
    const [opened, effects] = openChanges(kept, title, [wanted], { draft: key });
    return [{ ...opened, flash: appeared(isNew, live !== undefined) ?? said }, effects];
  }
  const merge = mergeJobs(seen, wanted, live);
  const [opened, effects] = openChanges(kept, title, [merge.merged], { draft: key });
  return [{ ...opened, flash: meanwhile(merge) ?? said }, effects];
}

/** That a new job is there by now, or an old one not any more; null for neither. */
function appeared(isNew: boolean, isThere: boolean): Flash | null {
  if (isNew && isThere)
    return {
      level: 'error',
      text: 'somebody created a job of this name in the meantime: writing replaces it with yours',
    };
  if (isNew || isThere) return null;
  return {
    level: 'error',
    text: 'somebody deleted the job in the meantime: writing creates it again',
  };
}

/** What somebody else did to the job while it was in the editor; null for nothing. */
function meanwhile(merge: Merge): Flash | null {
  const pathsOf = (changes: Merge['theirs']): string => changes.map(({ path }) => path).join(', ');
  if (merge.collisions.length > 0) {
    const text = `somebody else changed ${pathsOf(merge.collisions)} too; writing replaces that with yours`;
    return { level: 'error', text };
  }
  if (merge.theirs.length === 0) return null;
  const text = `somebody else changed ${pathsOf(merge.theirs)}; that change stays`;
  return { level: 'info', text };
}
