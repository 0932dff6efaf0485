/** A snapshot as it is looked into: its jobs, and whether they are what came from the server. */
import { nameOf } from '../../config/input.ts';
import { aboutOf, type OpenedSnapshot, type OpenOptions, openSnapshot } from '../archive/open.ts';
import { type Verdict, verifyEach } from './verify.ts';
import { damageTexts, verdictText } from './words.ts';

export interface VerifiedSnapshot extends OpenedSnapshot {
  readonly verified: Proven;
}

/** What was found when it was compared with its manifest. */
export interface Proven {
  readonly verdict: Verdict['verdict'];
  /** Why it is unproven, or what is damaged, as a sentence. */
  readonly text: string;
}

/** Opens and verifies it. Throws as `openSnapshot`; what cannot be proven hides no job. */
export async function openVerified(
  file: string,
  options: OpenOptions = {},
): Promise<VerifiedSnapshot> {
  const opened = await openSnapshot(file, options);
  return { ...opened, verified: await proofOf(opened) };
}

/** What to say before jobs of a file are written: null where nothing speaks against it. */
export async function damageOf(file: string): Promise<string | null> {
  if (file === '-') return null;
  const { verdict, text } = await proofOf({ about: await aboutOf(file) });
  return verdict === 'damaged' ? damageText(file, text) : null;
}

/** `text` as `Proven` has it. */
export const damageText = (file: string, text: string): string =>
  `${nameOf(file)} is not as it came from the server: ${text}`;

async function proofOf({ about }: Pick<OpenedSnapshot, 'about'>): Promise<Proven> {
  // Without one there is nothing to compare with.
  if (about.proof === 'none') return { verdict: 'unproven', text: 'it has no manifest' };
  const [verdict] = await verifyEach([about.file]);
  if (verdict === undefined || verdict.verdict === 'unproven')
    return { verdict: 'unproven', text: verdict?.why ?? '' };
  const { verdict: word } = verdict;
  return {
    verdict: word,
    text: word === 'damaged' ? damageTexts(verdict, 1).join(' · ') : verdictText(verdict),
  };
}
