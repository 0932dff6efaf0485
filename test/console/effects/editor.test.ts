import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openDrafts } from '../../../src/config/drafts.ts';
import { openEditorFiles } from '../../../src/config/editor-files.ts';
import { findDrafts } from '../../../src/console/effects/drafts-found.ts';
import { editOutside } from '../../../src/console/effects/editor.ts';
import type { Terminal } from '../../../src/console/effects/terminal.ts';
import { yamlKey } from '../../../src/console/state/drafts.ts';
import type { MessageOf } from '../../../src/console/state/message.ts';
import { jobToYaml } from '../../../src/job/file/yaml.ts';
import type { Job } from '../../../src/job/job.ts';
import { stringifyJson } from '../../../src/json/numbers.ts';
import { aJob } from '../../support/jobs.ts';

const root = mkdtempSync(join(tmpdir(), 'external-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const terminal = { handOver: (work: () => Promise<void>) => work() } as Terminal;
const job = aJob({ name: 'a', owner: 'ana', retries: 1 });

let folder: string;
let clock: number;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'home-'));
  clock = Date.now();
});
const files = () => openEditorFiles(join(folder, 'editor'));
const drafts = () => openDrafts(join(folder, 'drafts'));

type Edited = Awaited<ReturnType<typeof editOutside>>;

/** What an operator does: presses e, does this in the shell with the file as `$1`, and comes back. */
async function edit(script: string, seen: Job = job, takes = 5_000): Promise<Edited> {
  const editor = join(folder, 'ed');
  writeFileSync(editor, `#!/bin/sh\ncp "$1" "${join(folder, 'given')}"\n${script}\n`, {
    mode: 0o755,
  });
  const { drafts: kept } = await drafts().all();
  let asked = 0;
  // Asked when the file is written, when the editor begins, when it has ended.
  const now = () => clock + (asked++ < 2 ? 0 : takes);
  const options = {
    files: files(),
    drafts: drafts(),
    now,
    env: { ...process.env, EDITOR: editor },
  };
  const message = await editOutside(options, terminal, seen, kept);
  clock += takes;
  return message;
}
const given = (): string => readFileSync(join(folder, 'given'), 'utf8');
const kept = async () => (await drafts().all()).drafts.get(yamlKey('a')) ?? null;
const rename = (owner: string) => `sed -i 's/^owner: .*/owner: ${owner}/' "$1"`;

describe('a job in the operator’s editor', () => {
  it('that is changed there is what was meant, and is a draft until it is written', async () => {
    const { wanted, draft, said } = await edit(rename('bob'));
    expect(wanted).toEqual({ ...job, owner: 'bob' });
    expect(said).toBeNull();
    expect(await kept()).toEqual(draft);
    expect(draft?.base).toBe(stringifyJson(job));
    expect(readdirSync(join(folder, 'editor'))).toEqual([]);
  });

  it('that is not changed is left as it is', async () => {
    expect(await edit(':')).toMatchObject({
      wanted: null,
      draft: null,
      said: { level: 'info', text: 'nothing was changed' },
    });
    expect(await kept()).toBeNull();
  });

  it.each([
    ['empty', ': > "$1"'],
    ['white space', 'printf " \\n\\n" > "$1"'],
    ['comments', 'printf "# owner: x\\n---\\n" > "$1"'],
    ['a byte order mark', 'printf "\\357\\273\\277" > "$1"'],
  ])('of which %s is left is left as it is', async (_, script) => {
    const { wanted, draft, said } = await edit(script);
    expect([wanted, draft]).toEqual([null, null]);
    expect(said?.text).toBe('the file was empty: the job did not change');
  });

  it.each([
    ['by rename', `sed 's/^owner: .*/owner: bob/' "$1" > "$1.new"; mv "$1.new" "$1"`],
    [
      'as on Windows',
      `printf '\\357\\273\\277' > "$1.x"; sed 's/^owner: .*/owner: bob/; s/$/\\r/' "$1" >> "$1.x"; cat "$1.x" > "$1"; rm "$1.x"`,
    ],
    ['with a backup beside it', `cp "$1" "$1~"; ${rename('bob')}`],
  ])('may be saved %s', async (_, script) => {
    expect((await edit(script)).wanted).toEqual({ ...job, owner: 'bob' });
  });

  it('saved as Latin-1 is refused with its line, and comes back as text', async () => {
    const { wanted, said } = await edit(rename('caf\\xe9'));
    expect(wanted).toBeNull();
    const line =
      jobToYaml(job)
        .split('\n')
        .findIndex((text) => text.startsWith('owner:')) + 1;
    expect(said).toMatchObject({
      level: 'error',
      text: expect.stringMatching(
        new RegExp(`^line ${line} is not UTF-8 text; it looks like ISO-8859-1.*your text is kept`),
      ),
    });
    const again = await edit(':');
    expect(given()).toContain('owner: café');
    expect(again.wanted).toEqual({ ...job, owner: 'café' });
  });

  it('with an error is told by the line that the editor shows, and kept', async () => {
    const first = await edit(`echo 'retries: [' >> "$1"; ${rename('bob')}`);
    expect(first.wanted).toBeNull();
    expect(first.said?.text).toMatch(/^line \d+: .*; your text is kept: e opens it again$/);
    clock += 60_000;
    const again = await edit(':');
    expect(given()).toMatch(/^#\| This is your draft of 1m ago/);
    const line = given().split('\n').indexOf('retries: [') + 1;
    expect(again.said?.text).toMatch(new RegExp(`^line (${line}|${line + 1}):`));
  });

  it.each([
    ['exit 3', 'ended with status 3'],
    ['kill -9 $$', 'was ended by SIGKILL'],
    ['exit 127', 'was not found'],
  ])('whose editor fails (%s) is told so, and what was saved is kept', async (script, words) => {
    expect((await edit(script)).said?.text).toContain(words);
    expect(await kept()).toBeNull();
    const { said, wanted } = await edit(`${rename('bob')}; ${script}`);
    expect(said?.text).toMatch(/your text is kept: e opens it again$/);
    expect(wanted).toBeNull();
    expect((await edit(':')).wanted).toEqual({ ...job, owner: 'bob' });
  });

  it('whose file is gone is left as it is', async () => {
    expect((await edit('rm "$1"')).said?.text).toContain('the file does not exist');
    expect(readdirSync(join(folder, 'editor'))).toEqual([]);
  });
});

describe('a draft', () => {
  it('says that it is one, how old, and how to drop it', async () => {
    await edit(rename('bob'));
    clock += 3 * 3_600_000;
    const { wanted, said } = await edit(':');
    expect(given()).toMatch(
      /^#\| This is your draft of 3h ago, not what the server has\.\n#\| To drop it, empty this file and save\.\n#/,
    );
    expect(wanted).toEqual({ ...job, owner: 'bob' });
    expect(said?.text).toBe('this is your draft of 3h ago, unchanged');
  });

  it('has one head, however often it is opened', async () => {
    for (const owner of ['bob', 'carl', 'dora']) await edit(rename(owner));
    expect(given().match(/#\| This is your draft/g)).toHaveLength(1);
    expect((await kept())?.text).not.toContain('#|');
  });

  it('is dropped by emptying the file', async () => {
    await edit(rename('bob'));
    const { said } = await edit(': > "$1"');
    expect(said?.text).toBe('the file was empty: the draft is dropped, the job did not change');
    await edit(':');
    expect(given()).toBe(jobToYaml(job));
  });

  it('is put on top of what somebody else changed since', async () => {
    await edit(rename('bob'));
    const now = { ...job, retries: 5 };
    const { wanted, said } = await edit(':', now);
    expect(given()).toContain(
      '#| The job has changed since; these changes are in this file: retries.\n',
    );
    expect(said?.text).toMatch(/with the changes made since$/);
    expect(wanted).toEqual({ ...job, owner: 'bob', retries: 5 });
  });

  it('shows what both changed', async () => {
    await edit(`${rename('bob')}; sed -i 's/^retries: .*/retries: 2/' "$1"`);
    const now = { ...job, owner: 'carl', schedule: '@daily' };
    const { wanted } = await edit(':', now);
    expect(given()).toContain(
      '#| The job has changed since; these changes are in this file: schedule.\n',
    );
    expect(given()).toContain(
      '#| Changed by both: owner. This file has yours, "bob"; the server has "carl".\n',
    );
    expect(wanted).toEqual({ ...now, owner: 'bob', retries: 2 });
  });

  it('that somebody else made true is none any more', async () => {
    await edit(rename('bob'));
    const now = { ...job, owner: 'bob' };
    expect(await edit(':', now)).toMatchObject({ wanted: null, draft: null });
    expect(given()).toBe(jobToYaml(now));
  });

  it('with errors says what was changed since, and stays as it was typed', async () => {
    await edit(`${rename('bob')}; echo 'nonsense: [' >> "$1"`);
    await edit(':', { ...job, retries: 5 });
    expect(given()).toMatch(
      /#\| The job has changed since \(retries\); these changes are not in this file/,
    );
    expect(given()).toContain('owner: bob');
    expect(given()).toContain('nonsense: [');
  });
});

describe('an editor that outlives its console', () => {
  /** The console is gone before the editor ends, which then saves. */
  async function savedAfterwards(script: string): Promise<void> {
    const path = await files().make({ job: 'a', text: jobToYaml(job), base: stringifyJson(job) });
    const note = path.replace(/yaml$/, 'json');
    const left = JSON.parse(readFileSync(note, 'utf8'));
    writeFileSync(note, JSON.stringify({ ...left, pid: 2 ** 31 - 1 }));
    writeFileSync(path, script === '' ? jobToYaml(job) : jobToYaml({ ...job, owner: script }));
  }

  it('leaves a draft, which the next console knows', async () => {
    await savedAfterwards('bob');
    const [found] = await findDrafts(drafts(), files());
    expect(found).toMatchObject({ type: 'drafts' });
    expect((found as MessageOf<'drafts'>).drafts.has(yamlKey('a'))).toBe(true);
    expect((await edit(':')).wanted).toEqual({ ...job, owner: 'bob' });
  });

  it('is found at the next e of the job, too', async () => {
    await savedAfterwards('bob');
    expect((await edit(':')).wanted).toEqual({ ...job, owner: 'bob' });
    expect(readdirSync(join(folder, 'editor'))).toEqual([]);
  });

  it('ended at once and saved nothing: the hint names --wait, and what is saved later is found', async () => {
    const { said, wanted } = await edit(':', job, 100);
    expect(said?.text).toContain('VISUAL="code --wait"');
    expect(wanted).toBeNull();
    const [path = ''] = readdirSync(join(folder, 'editor')).filter((name) =>
      name.endsWith('.yaml'),
    );
    writeFileSync(join(folder, 'editor', path), jobToYaml({ ...job, owner: 'later' }));
    expect((await edit(':')).wanted).toEqual({ ...job, owner: 'later' });
  });
});
