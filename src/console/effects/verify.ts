import { basename } from 'node:path';
import { type Verdict, verifyEach } from '../../snapshot/verify/verify.ts';
import { clean } from '../../terminal/cell.ts';
import type { Message } from '../state/model.ts';

/** Proves snapshots one after the other, and tells which one it is at. */
export async function verify(
  files: readonly string[],
  dispatch: (message: Message) => void,
): Promise<void> {
  const verdicts: Verdict[] = [];
  for (const [at, file] of files.entries()) {
    const text = `verifying ${clean(basename(file))}`;
    const progress = { text: `${at + 1} of ${files.length}`, share: at / files.length };
    if (files.length > 1) dispatch({ type: 'waiting', text, progress });
    verdicts.push(...(await verifyEach([file])));
  }
  dispatch({ type: 'verified', verdicts });
}
