/** What was typed before: in an earlier console, or in an editor that outlived it. */
import type { Draft, Drafts } from '../../config/drafts.ts';
import type { EditorFiles } from '../../config/editor-files.ts';
import { yamlKey } from '../state/drafts.ts';
import type { Message } from '../state/model.ts';

/** The drafts of earlier consoles, and what among them cannot be read. */
export async function findDrafts(drafts: Drafts, files: EditorFiles): Promise<Message[]> {
  const kept = await drafts.all();
  const taken = await takeLeft(drafts, files, kept.drafts);
  const [first, ...more] = [...kept.passedOver, ...taken.passedOver];
  const found: Message = { type: 'drafts', drafts: new Map([...kept.drafts, ...taken.drafts]) };
  if (first === undefined) return [found];
  const others = more.length === 0 ? '' : `, and ${more.length} more`;
  const text = `skipped drafts: ${first}${others}`;
  return [found, { type: 'flash', flash: { level: 'error', text } }];
}

/**
 * Makes drafts of what was saved in editors after their console had gone or had taken them for
 * ended, of all jobs or of one; what is kept already and newer stays. Gives what is new, by key.
 */
export async function takeLeft(
  drafts: Pick<Drafts, 'keep'>,
  files: EditorFiles,
  kept: ReadonlyMap<string, Draft>,
  only?: string,
): Promise<{ readonly drafts: Map<string, Draft>; readonly passedOver: readonly string[] }> {
  const left = await files.left();
  const taken = new Map<string, Draft>();
  for (const [job, { path, ...draft }] of left.drafts) {
    const key = yamlKey(job);
    if (only !== undefined && job !== only) continue;
    if (draft.at < (kept.get(key)?.at ?? 0)) continue;
    await drafts.keep(key, draft);
    await files.remove(path);
    taken.set(key, draft);
  }
  return { drafts: taken, passedOver: left.passedOver };
}
