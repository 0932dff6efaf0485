/** Typed text that is not saved yet: Esc, a crash or a lost connection never costs it. */
import type { Effect, State } from './model.ts';

/** Names of jobs hold no colon. */
export const draftKey = (job: string, field: string): string => `${job}:${field}`;

/** The state with the draft kept, or dropped when there is nothing to keep. */
export function withDraft(state: State, key: string, text: string | null): State {
  if (text === null ? !state.drafts.has(key) : state.drafts.get(key) === text) return state;
  const drafts = new Map(state.drafts);
  if (text === null) drafts.delete(key);
  else drafts.set(key, text);
  return { ...state, drafts };
}

/** What the disk has to learn of. */
export function draftEffects(before: State, after: State): Effect[] {
  if (before.drafts === after.drafts) return [];
  const keys = new Set([...before.drafts.keys(), ...after.drafts.keys()]);
  return [...keys]
    .filter((key) => before.drafts.get(key) !== after.drafts.get(key))
    .map((key) => ({ type: 'keep-draft', key, text: after.drafts.get(key) ?? null }));
}

export interface ScheduleDraft {
  readonly schedule: string;
  readonly timezone: string;
}

export const scheduleDraft = (draft: ScheduleDraft): string => JSON.stringify(draft);

/** A draft that another version of this program left may be something else. */
export function readScheduleDraft(text: string | undefined): ScheduleDraft | null {
  try {
    const { schedule, timezone } = JSON.parse(text ?? 'null') as ScheduleDraft;
    return typeof schedule === 'string' && typeof timezone === 'string'
      ? { schedule, timezone }
      : null;
  } catch {
    return null;
  }
}
