import { describe, expect, it } from 'vitest';
import type { Draft, Drafts } from '../../../src/config/drafts.ts';
import type { EditorFiles } from '../../../src/config/editor-files.ts';
import { findDrafts, takeLeft } from '../../../src/console/effects/drafts-found.ts';
import { yamlKey } from '../../../src/console/state/drafts.ts';

const draft = (text: string, at: number): Draft => ({ text, base: '', at });

/** A store of drafts and a folder of editors' files, and what was done to them. */
function stores(
  left: Record<string, Draft>,
  kept: Record<string, Draft> = {},
  passedOver: { readonly drafts?: string[]; readonly files?: string[] } = {},
) {
  const did: string[] = [];
  const drafts = {
    keep: async (key: string) => void did.push(`keep ${key}`),
    all: async () => ({
      drafts: new Map(Object.entries(kept)),
      passedOver: passedOver.drafts ?? [],
    }),
  } as unknown as Drafts;
  const files = {
    left: async () => ({
      drafts: new Map(Object.entries(left).map(([job, one]) => [job, { ...one, path: `/${job}` }])),
      passedOver: passedOver.files ?? [],
    }),
    remove: async (path: string) => void did.push(`remove ${path}`),
  } as unknown as EditorFiles;
  return { drafts, files, did };
}

describe('what was saved in an editor that outlived its console', () => {
  it('becomes a draft before its file goes', async () => {
    const { drafts, files, did } = stores({ a: draft('mine', 1) });
    const { drafts: taken } = await takeLeft(drafts, files, new Map());
    expect([...taken]).toEqual([[yamlKey('a'), draft('mine', 1)]]);
    expect(did).toEqual([`keep ${yamlKey('a')}`, 'remove /a']);
  });

  it.each([
    [1, 2, []],
    [2, 2, [yamlKey('a')]],
    [3, 2, [yamlKey('a')]],
  ])('saved at %i is taken over a draft of %i, unless that is newer', async (at, known, keys) => {
    const { drafts, files, did } = stores({ a: draft('mine', at) });
    const before = new Map([[yamlKey('a'), draft('kept', known)]]);
    expect([...(await takeLeft(drafts, files, before)).drafts.keys()]).toEqual(keys);
    expect(did).toHaveLength(keys.length * 2);
  });

  it('is taken of one job where one job is asked for', async () => {
    const { drafts, files, did } = stores({ a: draft('mine', 1), b: draft('other', 1) });
    expect((await takeLeft(drafts, files, new Map(), 'b')).drafts.size).toBe(1);
    expect(did).toEqual([`keep ${yamlKey('b')}`, 'remove /b']);
  });
});

describe('the drafts that are found', () => {
  it('are those that were kept, and those that editors left', async () => {
    const kept = { 'x:owner': draft('me', 1), [yamlKey('a')]: draft('old', 1) };
    const { drafts, files } = stores({ a: draft('new', 2) }, kept);
    const expected = new Map([
      ['x:owner', kept['x:owner']!],
      [yamlKey('a'), draft('new', 2)],
    ]);
    expect(await findDrafts(drafts, files)).toEqual([{ type: 'drafts', drafts: expected }]);
  });

  it('say what among them cannot be read, and how many', async () => {
    const one = stores({}, {}, { drafts: ['the first'] });
    const [, said] = await findDrafts(one.drafts, one.files);
    expect(said).toMatchObject({
      flash: { level: 'error', text: expect.stringMatching(/first$/) },
    });
    const more = stores({}, {}, { drafts: ['the first'], files: ['two', 'three'] });
    const [, told] = await findDrafts(more.drafts, more.files);
    expect(told).toMatchObject({
      flash: { text: expect.stringMatching(/the first, and 2 more$/) },
    });
  });
});
