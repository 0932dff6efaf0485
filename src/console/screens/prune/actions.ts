/** Thinning out the snapshots: by which rules, what would go, and removing it. */
import { counted } from '../../../base/counted.ts';
import { UsageError } from '../../../base/errors.ts';
import { going } from '../../../snapshot/prune/lines.ts';
import { isEmpty, policyOf, type Rule, rules, type Words } from '../../../snapshot/prune/policy.ts';
import { lineOf } from '../../../terminal/line.ts';
import type { Action } from '../../state/action.ts';
import { flash, type State, type Step, still } from '../../state/model.ts';
import { ask } from '../../state/questions.ts';
import { push, topScreen } from '../../state/stack.ts';

/** What is offered to be typed where nobody said yet what to keep. */
const example = 'prune keep-daily=7 keep-weekly=4 keep-monthly=12';

const called = (rule: Rule): string => `keep-${rule}`;

/** `keep-daily=7 keep-within 2y` as words; null for anything else. */
function wordsOf(text: string): Words | null {
  const words: Record<string, string> = {};
  const parts = text.split(/[\s=]+/).filter((part) => part !== '');
  for (let at = 0; at < parts.length; at += 2) {
    const rule = rules.find((one) => called(one) === parts[at]?.replace(/^--/, ''));
    const value = parts[at + 1];
    if (rule === undefined || value === undefined) return null;
    words[rule] = value;
  }
  return words;
}

function thinOut(state: State, argument: string): Step {
  const words = argument === '' ? state.setting.keep : wordsOf(argument);
  if (words === null && argument === '')
    return still({
      ...flash(
        state,
        'info',
        'no rule says what to keep yet: change this line, or set keep in the context',
      ),
      overlay: { kind: 'palette', line: lineOf(example), cursor: null },
    });
  if (words === null)
    return still(
      flash(state, 'error', `:prune takes rules as in: ${example.slice('prune '.length)}`),
    );
  try {
    if (isEmpty(policyOf(words, called)))
      return still(flash(state, 'error', 'these rules keep nothing: nothing is removed by them'));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return still(flash(state, 'error', error.message));
  }
  return [
    push(state, { kind: 'prune', words, groups: null, top: 0 }),
    [{ type: 'plan-prune', words }],
  ];
}

function goingNow(state: State) {
  const screen = topScreen(state);
  if (screen.kind !== 'prune' || screen.groups === null) return null;
  return { words: screen.words, files: going(screen.groups).map(({ file }) => file) };
}

function remove(state: State): Step {
  const now = goingNow(state);
  if (now === null) return still(state);
  const { words, files } = now;
  const what = counted(files.length, 'snapshot');
  return ask(state, {
    question: `Remove ${what} from this machine? What is removed cannot be brought back.`,
    verb: 'remove',
    doing: `removing ${what}`,
    effect: { type: 'prune', words, files: files.map(({ path }) => path) },
  });
}

export const pruneActions: readonly Action[] = [
  {
    id: 'prune.plan',
    keys: ['D'],
    title: 'thin out',
    help: 'Shows which snapshots stay and which go, by the rules of the context or those that one types: `:prune keep-daily=7`.',
    scope: ['snapshots'],
    command: 'prune',
    complete: () => rules.map((rule) => `${called(rule)}=`),
    footer: 7,
    run: thinOut,
  },
  {
    id: 'prune.remove',
    keys: ['enter'],
    title: 'remove',
    help: 'Removes the snapshots that go, once one has typed how many.',
    scope: ['prune'],
    footer: 1,
    available: (state) => (goingNow(state)?.files.length ? null : 'nothing goes'),
    run: remove,
  },
];
