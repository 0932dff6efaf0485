/** Typed text that is not saved yet: Esc, a crash or a lost connection never costs it. */
import type { Draft } from '../../config/drafts.ts';
import { shortSpan } from '../../view/short.ts';
import { type Effect, flash, type State } from './model.ts';

/** Names of jobs hold no colon. */
export const draftKey = (job: string, field: string): string => `${job}:${field}`;

/** Of the whole job, as it was left in the operator's editor. */
export const yamlKey = (job: string): string => draftKey(job, 'yaml');

/** What is typed, and the text of the server's that it was made from. */
export type Typed = Pick<Draft, 'text' | 'base'> & Partial<Pick<Draft, 'at'>>;

/** The state with the draft kept, or dropped when there is nothing to keep. */
export function withDraft(state: State, key: string, typed: Typed | null): State {
  const kept = state.drafts.get(key);
  const same = kept?.text === typed?.text && kept?.base === typed?.base;
  if (same) return state;
  const drafts = new Map(state.drafts);
  if (typed === null) drafts.delete(key);
  else drafts.set(key, { at: state.now, ...typed });
  return { ...state, drafts };
}

/** What the disk has to learn of. */
export function draftEffects(before: State, after: State): Effect[] {
  if (before.drafts === after.drafts) return [];
  const keys = new Set([...before.drafts.keys(), ...after.drafts.keys()]);
  return [...keys]
    .filter((key) => before.drafts.get(key) !== after.drafts.get(key))
    .map((key) => ({ type: 'keep-draft', key, draft: after.drafts.get(key) ?? null }));
}

/** That a text is a draft, how old, and what the server has where that is not what it was made from. */
export function draftText({ now }: State, { at, base }: Draft, server: string): string {
  const since = base === server ? '' : `; changed on the server since${to(base, server)}`;
  return `your draft of ${shortSpan(now - at)} ago${since} · ctrl-x drops it`;
}

/** What is too long for a line is shown in the plan, when it is saved. */
const to = (base: string, server: string): string =>
  base.length + server.length > 60 ? '' : `, from ${base || 'nothing'} to ${server || 'nothing'}`;

/** Says that what was typed in an editor went, which stays open on what the job has. */
export const dropped = (state: State, isSomething: boolean): State =>
  flash(
    state,
    'info',
    isSomething
      ? 'dropped: this is the saved value · ctrl-z brings your text back'
      : 'nothing to drop: this is the saved value',
  );

/** What of a job there are drafts of besides the `open` one, and how old; empty for none. */
export function draftsText(
  { drafts, now }: Pick<State, 'drafts' | 'now'>,
  job: string,
  open?: string,
): string {
  const start = draftKey(job, '');
  const texts = [...drafts]
    .filter(([key]) => key.startsWith(start) && key !== open)
    .map(([key, { at }]) => {
      const what = key === yamlKey(job) ? 'the whole job (e)' : key.slice(start.length);
      return `${what}, ${shortSpan(now - at)} ago`;
    });
  return texts.length === 0 ? '' : `${texts.join('; ')}   (:drop-drafts drops them)`;
}

/** The state without any draft of a job. */
export const withoutDrafts = (state: State, job: string): State =>
  [...state.drafts.keys()]
    .filter((key) => key.startsWith(draftKey(job, '')))
    .reduce((left, key) => withDraft(left, key, null), state);

export interface ScheduleDraft {
  readonly schedule: string;
  readonly timezone: string;
}

export const scheduleDraft = ({ schedule, timezone }: ScheduleDraft): string =>
  JSON.stringify({ schedule, timezone });

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
