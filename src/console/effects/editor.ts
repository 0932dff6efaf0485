/** The whole job in the operator's own editor, as YAML. */

import { readFile } from 'node:fs/promises';
import { explain } from '../../base/errors.ts';
import type { Draft, Drafts } from '../../config/drafts.ts';
import type { EditorFiles } from '../../config/editor-files.ts';
import type { Job } from '../../job/job.ts';
import { stringifyJson } from '../../json/numbers.ts';
import { runEditor } from '../../terminal/editor.ts';
import { yamlKey } from '../state/drafts.ts';
import type { MessageOf } from '../state/message.ts';
import { takeLeft } from './drafts-found.ts';
import { meaningOf } from './editor-meaning.ts';
import { textFor } from './editor-text.ts';
import type { Terminal } from './terminal.ts';

export interface OutsideOptions {
  readonly files: EditorFiles;
  readonly drafts: Pick<Drafts, 'keep'>;
  readonly now: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

type Edited = MessageOf<'edited'>;

/** An editor that returns sooner, with nothing saved, has opened a window; ms. */
const atOnce = 1_000;

/**
 * Hands the terminal to the editor and comes back with the job that was meant. A draft is put on top
 * of what the job is now. What was saved is kept as a draft before its file is removed; a file whose
 * editor may have it open in a window stays.
 */
export async function editOutside(
  { files, drafts, now, env }: OutsideOptions,
  terminal: Terminal,
  seen: Job,
  kept: ReadonlyMap<string, Draft>,
): Promise<Omit<Edited, 'isNew'>> {
  const key = yamlKey(seen.name);
  const taken = await takeLeft(drafts, files, kept, seen.name);
  const draft = taken.drafts.get(key) ?? kept.get(key);
  const given = textFor(seen, draft, now());
  const path = await files.make({ job: seen.name, text: given, base: stringifyJson(seen) });
  const began = now();
  const failure = await terminal
    .handOver(() => runEditor(path, env))
    .then(
      () => null,
      (error: unknown) => explain(error).join(' · '),
    );
  const bytes = await readFile(path).catch(() => null);
  const atEnd = now();
  const quick = atEnd - began < atOnce;
  const meaning = meaningOf({ seen, draft, given, bytes, failure, quick, now: atEnd });
  await drafts.keep(key, meaning.draft);
  if (!meaning.keepFile) await files.remove(path);
  return { type: 'edited', seen, ...meaning };
}
