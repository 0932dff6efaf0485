import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/config/drafts.ts';
import { type End, type Meaning, meaningOf } from '../../../src/console/effects/editor-meaning.ts';
import { jobToYaml } from '../../../src/job/file/yaml.ts';
import { stringifyJson } from '../../../src/json/numbers.ts';
import { aJob } from '../../support/jobs.ts';

const seen = aJob({ name: 'a', owner: 'ops', retries: 1 });
const given = jobToYaml(seen);
const changed = given.replace('owner: ops', 'owner: me');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const draft: Draft = { text: changed, base: stringifyJson(seen), at: 1_000 };
const meant = (text: string | null, fields: Partial<End> = {}): Meaning =>
  meaningOf({
    seen,
    draft: undefined,
    given,
    bytes: text === null ? null : bytes(text),
    failure: null,
    quick: false,
    now: 301_000,
    ...fields,
  });

describe('an editor that was left', () => {
  it('with a change means the job with it, and keeps it until it is written', () => {
    expect(meant(changed)).toEqual({
      draft: { text: changed, base: stringifyJson(seen), at: 301_000 },
      wanted: { ...seen, owner: 'me' },
      said: null,
      keepFile: false,
    });
  });

  it('without one means nothing; at once, it may have opened a window', () => {
    const left = { draft: null, wanted: null, keepFile: false };
    expect(meant(given)).toMatchObject({ ...left, said: { level: 'info' } });
    const quick = meant(given, { quick: true });
    expect(quick).toMatchObject({ ...left, keepFile: true });
    expect(quick.said?.text).not.toBe(meant(given).said?.text);
    expect(meant(changed, { quick: true }).keepFile).toBe(false);
    expect(meant(given, { given: changed, quick: true }).keepFile).toBe(false);
  });

  it('with a draft as it was means the draft, with its age, and what came since', () => {
    const given = changed;
    const same = meant(changed, { draft, given });
    expect(same).toMatchObject({ wanted: { owner: 'me' }, draft: { at: 1_000 } });
    expect(same.said).toMatchObject({
      level: 'info',
      text: expect.stringMatching(/5m ago.*unchang/),
    });
    const since = meant(changed, { draft, given, seen: { ...seen, retries: 2 } });
    expect(since.said?.text).not.toContain('unchanged');
    expect(meant(changed, { draft, given, quick: true }).keepFile).toBe(true);
  });

  it('with an empty file drops the draft there was', () => {
    const [none, one] = [meant('\n'), meant('\n', { draft, given: changed })];
    expect([none.draft, one.draft, none.wanted, one.wanted]).toEqual([null, null, null, null]);
    expect(none.said?.text).not.toBe(one.said?.text);
    expect(one.said?.level).toBe('info');
  });

  it('without a file changes nothing, and keeps the draft there was', () => {
    expect(meant(null)).toMatchObject({ draft: null, wanted: null, said: { level: 'error' } });
    expect(meant(null, { draft }).draft).toEqual(draft);
    expect(meant(null, { failure: 'it broke' }).said?.text).toBe('it broke');
  });

  it('that failed says so, and keeps what was saved in it', () => {
    const failure = 'it broke';
    expect(meant(given, { failure, draft })).toMatchObject({ draft, said: { text: failure } });
    const saved = meant(changed, { failure });
    expect(saved).toMatchObject({ draft: { text: changed }, wanted: null });
    expect(saved.said?.text).toMatch(/^it broke; .*kept/);
  });
});

describe('a file that means no job', () => {
  it('is named with its line as the editor shows it, and kept', () => {
    const wrong = `${given}retries: many\n`;
    const line = given.split('\n').length;
    const bare = meant(wrong);
    expect(bare).toMatchObject({ wanted: null, draft: { text: wrong }, said: { level: 'error' } });
    expect(bare.said?.text).toMatch(new RegExp(`^line ${line}: .*kept`));
    const headed = meant(`#| one\n#| two\n${wrong}`);
    expect(headed.draft?.text).toBe(wrong);
    expect(headed.said?.text).toMatch(new RegExp(`^line ${line + 2}: `));
  });

  it('counts what else is wrong', () => {
    const several = given
      .replace('retries: 1', 'retries: many')
      .replace('owner: ops', 'owner: [1]');
    expect(meant(several).said?.text).toMatch(/, and 1 more; /);
    const one = given.replace('retries: 1', 'retries: many');
    expect(meant(one).said?.text).not.toMatch(/and \d+ more/);
  });

  it('may be in another encoding, which is told with its line', () => {
    const latin = new Uint8Array([...bytes('owner: caf'), 0xe9, 0x0a]);
    const second = new Uint8Array([...bytes('# x\n'), ...latin]);
    expect(meant('', { bytes: second }).said?.text).toMatch(/^line 2 is not UTF-8/);
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...Array.from('a: b').flatMap((c) => [c.charCodeAt(0), 0]),
    ]);
    expect(meant('', { bytes: wide }).said?.text).toMatch(/^the file is not UTF-8/);
  });
});
