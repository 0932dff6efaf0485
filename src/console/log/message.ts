/** Messages as the log has them: enough to show the same frames again, without any secret. */
import { isSecret, type Veiling, veilAll, veilText } from '../../job/veil.ts';
import type { PastChange } from '../../journal/lines.ts';
import { told } from '../../snapshot/verify/words.ts';
import type { Key } from '../../terminal/keys.ts';
import { lineText } from '../../terminal/line.ts';
import { levelOf } from '../editors/value/levels.ts';
import { countAtOnce, countedNow } from '../state/counting.ts';
import { yamlKey } from '../state/drafts.ts';
import type { Flash, Message, MessageOf, State } from '../state/model.ts';
import { againOf, againStatesOf } from './again.ts';
import { comparisonOf } from './comparison.ts';
import { draftOf } from './draft.ts';
import { historyOf } from './history.ts';
import { findingOf, planOf, resultOf, unreadableOf } from './plan.ts';
import { ranOf, readRunsOf } from './run.ts';
import type { Veil } from './veil.ts';
import { whyOf } from './why.ts';

/** Some messages mean what is in the state: which, their words do not tell. */
export type Recorded =
  | Exclude<Message, { type: 'forget' | 'check' | 'crowd' | 'calm' }>
  | { readonly type: 'forget' | 'check'; readonly isThere: boolean }
  | { readonly type: 'crowd' }
  | Omit<MessageOf<'calm'>, 'by'>;

type Rows = {
  readonly [Type in Message['type']]: (
    message: Extract<Message, { type: Type }>,
    veil: Veil,
    /** Before the message. */
    state: State,
  ) => Recorded;
};

const rows: Rows = {
  key: (message, _, state) => ({ ...message, key: typed(message.key, typing(state)) }),
  paste: (message, veil, state) => {
    const { overlay } = state;
    const isWord =
      takesWords(overlay) &&
      typing(state) === null &&
      !replaces(message.text) &&
      message.text.length < 200;
    return isWord ? message : { ...message, text: veil.text(message.text) };
  },
  painted: (message) => message,
  rested: (message) => message,
  'worked-out': (message) => message,
  resized: (message) => message,
  clock: (message) => message,
  // The jobs stand in lines of their own (recorder.ts).
  arriving: ({ unreadable, ...message }, veil) => ({
    ...message,
    jobs: [],
    ...(unreadable && { unreadable: unreadableOf(unreadable, veil) }),
  }),
  refreshed: (message, veil) => ({
    ...message,
    jobs: new Map(),
    unreadable: unreadableOf(message.unreadable, veil),
    busy: message.busy?.map((run) => ranOf(run, veil)) ?? null,
  }),
  overseen: (message) => message,
  roster: (message) => message,
  timed: (message) => message,
  due: (message) => message,
  focus: (message) => message,
  forward: (message) => message,
  recognised: (message, veil) => ({
    ...message,
    cluster:
      'why' in message.cluster
        ? { ...message.cluster, why: veil.sentence(message.cluster.why) }
        : message.cluster,
  }),
  lost: (message, veil) => ({ ...message, reason: veil.sentence(message.reason) }),
  runs: ({ runs: { list, at, error }, ...message }, veil) => ({
    ...message,
    runs: {
      list: list.map((run) => ranOf(run, veil)),
      at,
      ...(error === undefined ? {} : { error: veil.sentence(error) }),
    },
  }),
  output: (message, veil) => ({ ...message, text: veil.text(message.text) }),
  followed: ({ sight, ...message }, veil) => ({
    ...message,
    sight: 'run' in sight ? { ...sight, run: ranOf(sight.run, veil) } : sight,
  }),
  'schedule-saved': (message, veil) => ({ ...message, text: veil.sentence(message.text) }),
  'schedule-refused': ({ now, ...message }, veil) => ({
    ...message,
    lines: message.lines.map(veil.sentence),
    ...(now === undefined ? {} : { now: now && veil.job(now) }),
  }),
  snapshots: (message, veil) => ({ ...message, ...problemOf(message, veil) }),
  verified: ({ verdicts, ...message }, veil) => ({
    ...message,
    verdicts: verdicts.map(({ why, damages, ...verdict }) => ({
      ...verdict,
      why: why === null ? null : veil.sentence(why),
      damages: damages
        .slice(0, told)
        .map(({ text, ...one }) => ({ ...one, text: veil.sentence(text) })),
    })),
  }),
  plan: (message, veil) => ({
    ...message,
    plan: planOf(message.plan, veil),
  }),
  'prune-plan': (message, veil) => ({ ...message, ...problemOf(message, veil) }),
  'left-snapshot': (message) => message,
  'no-plan': (message) => message,
  progress: ({ results, ...message }, veil) => ({
    ...message,
    results: results.map((result) => resultOf(result, veil)),
  }),
  applied: (message, veil) => ({ ...message, text: veil.sentence(message.text) }),
  agenda: (message) => message,
  // Its rows are of bodies and addresses: how the table came is told, not what stands in it.
  ttls: ({ table, ...message }) => ({ ...message, table: table && { ...table, rows: new Map() } }),
  linted: (message, veil) => ({
    ...message,
    found: message.found.map(({ job, finding }) => ({ job, finding: findingOf(finding, veil) })),
  }),
  // Counted anew, of the jobs that are in the state.
  crowd: ({ type }) => ({ type }),
  calm: ({ by: _, ...message }) => message,
  journal: (message, veil) => ({ ...message, ...problemOf(message, veil) }),
  operation: (message, veil) => ({
    ...message,
    changes: message.changes.map((change) => pastOf(change, veil)),
  }),
  history: (message, veil) => ({
    ...message,
    history: message.history && historyOf(message.history, veil),
    ...problemOf(message, veil),
  }),
  'runs-read': ({ runs, ...message }, veil) => ({
    ...message,
    runs: runs && readRunsOf(runs, veil),
    ...problemOf(message, veil),
  }),
  why: ({ why, none, ...message }, veil) => ({
    ...message,
    why: why && whyOf(why, veil),
    ...(none && { none: { ...none, text: veil.sentence(none.text) } }),
  }),
  compared: (message, veil) => ({
    ...message,
    comparison: message.comparison && comparisonOf(message.comparison, veil),
    ...problemOf(message, veil),
  }),
  overview: (message, veil) => ({ ...message, ...problemOf(message, veil) }),
  return: (message, veil) => ({
    ...message,
    operations: message.operations.map((changes) => changes.map((change) => pastOf(change, veil))),
    reversals: message.reversals.map(({ before, after, instead, ...reversal }) => ({
      ...reversal,
      before: before && veil.job(before),
      after: after && veil.job(after),
      instead: instead && veil.job(instead),
    })),
  }),
  unfinished: (message) => message,
  maintenance: (message) => message,
  again: ({ run, ...message }, veil) => ({ ...message, run: run && againOf(run, veil) }),
  'again-states': (message, veil) => ({ ...message, ...againStatesOf(message, veil) }),
  rest: (message, veil) => ({ ...message, plan: planOf(message.plan, veil) }),
  drafts: (message, veil, state) => ({
    ...message,
    drafts: new Map(
      [...message.drafts].map(([key, draft]) => [key, draftOf(key, draft, veil, state)]),
    ),
  }),
  edited: ({ seen, draft, wanted, said, ...message }, veil, state) => ({
    ...message,
    seen: veil.job(seen),
    wanted: wanted && veil.job(wanted),
    draft: draft && draftOf(yamlKey(seen.name), draft, veil, state),
    said: said && flashOf(said, veil),
  }),
  waiting: (message, veil) => ({ ...message, text: veil.sentence(message.text) }),
  flash: (message, veil) => ({ ...message, flash: flashOf(message.flash, veil) }),
  forget: ({ type, flash }, _, state) => ({ type, isThere: state.flash === flash }),
  check: ({ type, lines }, _, state) => ({ type, isThere: linesOf(state) === lines }),
};

/** What the message becomes in the log; `state` is the one it came to. */
export const recordOf = (message: Message, veil: Veil, state: State): Recorded =>
  (rows[message.type] as (message: Message, veil: Veil, state: State) => Recorded)(
    message,
    veil,
    state,
  );

/** The message that a line of the log stands for, to a console in this state. */
export function messageOf(recorded: Recorded, state: State): Message {
  const none: Flash = { level: 'info', text: '' };
  switch (recorded.type) {
    case 'forget':
      return { type: 'forget', flash: (recorded.isThere && state.flash) || none };
    case 'check':
      return { type: 'check', lines: (recorded.isThere && linesOf(state)) || [] };
    case 'crowd':
      return { type: 'crowd', counted: countAtOnce(state) };
    case 'calm':
      return { ...recorded, by: countedNow(state)?.crowd ?? null };
    default:
      return recorded;
  }
}

/** The lines that the value editor is at. */
const linesOf = ({ overlay }: State): readonly string[] | null =>
  overlay?.kind === 'value' ? levelOf(overlay).text.lines : null;

/** How keys are veiled where they stand; null where what they type is no secret. */
/** A question takes no paste: whatever was meant for elsewhere is not written down. */
const takesWords = (overlay: State['overlay']): boolean =>
  overlay !== null && overlay.kind !== 'confirm' && overlay.kind !== 'typed';

/** Words of the palette that may hold a credential: what --replace finds, and what it writes. */
const replaces = (words: string): boolean => words.includes('--replace');

function typing({ overlay }: State): Veiling | null {
  if (overlay?.kind === 'palette' && replaces(lineText(overlay.line))) return veilText;
  if (overlay?.kind === 'filter' && overlay.before.kind === 'text') return veilAll;
  if (overlay?.kind !== 'value') return null;
  if (overlay.find !== null) return veilAll;
  return isSecret(overlay.seen.executor, overlay.keys) ? veilText : null;
}

function typed(key: Key, veil: Veiling | null): Key {
  if (veil === null || key.text === undefined) return key;
  const text = veil(key.text);
  return { ...key, text, name: key.name === key.text ? text : key.name };
}

const flashOf = ({ level, text }: Flash, veil: Veil): Flash => ({
  level,
  text: veil.sentence(text),
});

const problemOf = ({ problem }: { readonly problem?: string | undefined }, veil: Veil) =>
  problem === undefined ? {} : { problem: veil.sentence(problem) };

const pastOf = (change: PastChange, veil: Veil): PastChange => ({
  ...change,
  before: change.before && veil.definition(change.before),
  sent: change.sent && veil.definition(change.sent),
  result: change.result && {
    ...change.result,
    ...(change.result.after ? { after: veil.definition(change.result.after) } : {}),
    ...(change.result.error === undefined ? {} : { error: veil.sentence(change.result.error) }),
  },
});
