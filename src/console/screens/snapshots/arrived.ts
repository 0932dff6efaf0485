/** The snapshots of this machine were listed. */
import type { Verdict } from '../../../snapshot/verify/verify.ts';
import { countsText, damageTexts, verdictText, worstOf } from '../../../snapshot/verify/words.ts';
import { keepCursor } from '../../state/cursor.ts';
import { flash, type MessageOf, type State, type Step, still } from '../../state/model.ts';
import { onNearest, push, topScreen } from '../../state/stack.ts';
import { openRestore } from './actions.ts';
import { snapshotKeys } from './view.ts';

export const snapshotsListed = (state: State, { files, problem }: MessageOf<'snapshots'>): State =>
  onNearest(state, 'snapshots', (screen) => {
    const there = snapshotKeys(files);
    return {
      ...screen,
      files,
      problem,
      cursor: keepCursor(screen.cursor, snapshotKeys(screen.files), there).cursor,
      marks: new Set([...screen.marks].filter((path) => there.index.has(path))),
    };
  });

/** One is back from a snapshot, which looks much alike. */
export function leftSnapshot(before: State, { file, restore }: MessageOf<'left-snapshot'>): Step {
  const state = { ...before, waiting: null };
  if (restore.length > 0) return openRestore(state, file, { marks: restore });
  return still(flash(state, 'info', `This is ${state.setting.label} again, the server.`));
}

/** What is wrong opens as a text; that all is well needs no more than a line. */
export function snapshotsVerified(before: State, { verdicts }: MessageOf<'verified'>): State {
  const state = onNearest({ ...before, waiting: null, progress: null }, 'snapshots', (screen) => ({
    ...screen,
    verdicts: new Map([
      ...(screen.verdicts ?? []),
      ...verdicts.map(({ file, verdict }) => [file, verdict] as const),
    ]),
  }));
  const [only, ...others] = verdicts;
  const words =
    only !== undefined && others.length === 0
      ? `${only.verdict}: ${verdictText(only)}`
      : countsText(verdicts);
  const worst = worstOf(verdicts);
  const level = worst === 'proven' ? 'ok' : worst === 'unproven' ? 'info' : 'error';
  const told = flash(state, level, words);
  const text = damagesText(verdicts);
  if (text === '' || topScreen(state).kind !== 'snapshots') return told;
  return push(told, {
    kind: 'text',
    what: 'damages',
    title: words,
    job: 'snapshots',
    text,
    truncated: false,
    wrap: true,
    search: '',
    top: 0,
    left: 0,
  });
}

/** Of each file that is not good: its name, and what is wrong with it. */
const damagesText = (verdicts: readonly Verdict[]): string =>
  verdicts
    .filter(({ verdict }) => verdict === 'damaged' || verdict === 'unread')
    .map((verdict) =>
      [
        `${verdict.file}  ${verdict.verdict}: ${verdictText(verdict)}`,
        ...damageTexts(verdict).map((text) => `  ${text}`),
      ].join('\n'),
    )
    .join('\n\n');
