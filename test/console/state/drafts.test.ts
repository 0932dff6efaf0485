import { describe, expect, it } from 'vitest';
import {
  draftEffects,
  draftKey,
  draftsText,
  draftText,
  readScheduleDraft,
  withDraft,
  withoutDrafts,
  yamlKey,
} from '../../../src/console/state/drafts.ts';
import type { State } from '../../../src/console/state/model.ts';
import { now, showing } from '../states.ts';

const state = showing([{ name: 'a' }]);
const typed = (text: string, base = '') => ({ text, base });

describe('a draft', () => {
  it('is kept with its time, and again only when it is another', () => {
    const kept = withDraft(state, 'a:owner', typed('me'));
    expect(kept.drafts.get('a:owner')).toEqual({ text: 'me', base: '', at: now });
    expect(withDraft(kept, 'a:owner', typed('me'))).toBe(kept);
    expect(withDraft(kept, 'a:owner', typed('you')).drafts.get('a:owner')?.text).toBe('you');
    expect(withDraft(kept, 'a:owner', typed('me', 'ops')).drafts.get('a:owner')?.base).toBe('ops');
    expect(withDraft(state, 'a:owner', { ...typed('me'), at: 5 }).drafts.get('a:owner')?.at).toBe(
      5,
    );
  });

  it('is dropped for nothing, and nothing is dropped where there is none', () => {
    expect(withDraft(withDraft(state, 'k', typed('x')), 'k', null).drafts.size).toBe(0);
    expect(withDraft(state, 'k', null)).toBe(state);
  });

  it('goes to the disk when it came, changed or went', () => {
    const before = withDraft(withDraft(state, 'stays', typed('x')), 'goes', typed('x'));
    const after = withDraft(withDraft(before, 'goes', null), 'comes', typed('y'));
    expect(draftEffects(before, before)).toEqual([]);
    expect(draftEffects(before, after)).toEqual([
      { type: 'keep-draft', key: 'goes', draft: null },
      { type: 'keep-draft', key: 'comes', draft: { text: 'y', base: '', at: now } },
    ]);
  });

  it('says how old it is, and what the server has in place of what it was made from', () => {
    const later: State = { ...state, now: now + 300_000 };
    const draft = { text: 'me', base: 'ops', at: now };
    expect(draftText(later, draft, 'ops')).toMatch(/^your draft of 5m ago ·/);
    expect(draftText(later, draft, 'web')).toContain('since, from ops to web ·');
    expect(draftText(later, { ...draft, base: '' }, 'web')).toContain('from nothing to web ·');
    expect(draftText(later, draft, '')).toContain('from ops to nothing ·');
    const fits = draftText(later, { ...draft, base: 'x'.repeat(57) }, 'web');
    expect(fits).toContain(`from ${'x'.repeat(57)} to web`);
    expect(draftText(later, { ...draft, base: 'x'.repeat(58) }, 'web')).not.toContain('xx');
  });
});

describe('the drafts of a job', () => {
  const all = [draftKey('a', 'owner'), yamlKey('a'), draftKey('ab', 'owner')].reduce(
    (before, key) => withDraft(before, key, typed('x')),
    state,
  );

  it('are named with their age, and those of another job are not', () => {
    expect(draftsText(all, 'a')).toMatch(/^owner, 0s ago; the whole job \(e\), 0s ago {3}\(/);
    expect(draftsText({ drafts: all.drafts, now: now + 60_000 }, 'ab')).toMatch(/^owner, 1m ago/);
    expect(draftsText(all, 'b')).toBe('');
    expect(draftsText(all, 'a', draftKey('a', 'owner'))).toMatch(
      /^the whole job \(e\), 0s ago {3}\(/,
    );
  });

  it('go together, and no others', () => {
    expect([...withoutDrafts(all, 'a').drafts.keys()]).toEqual([draftKey('ab', 'owner')]);
  });
});

it.each([
  ['{"schedule":"@daily","timezone":"UTC"}', { schedule: '@daily', timezone: 'UTC' }],
  ['{"schedule":"@daily"}', null],
  ['{"schedule":1,"timezone":""}', null],
  ['null', null],
  ['{', null],
  [undefined, null],
])('the draft of a schedule in %s is %j', (text, draft) => {
  expect(readScheduleDraft(text)).toEqual(draft);
});
