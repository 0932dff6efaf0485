/** What the cluster of another context has: as a plan for the one that is shown, and compared with it. */
import { readWords } from '../../../plan/policy/options.ts';
import { askedFor, type Policy } from '../../../plan/policy/policy.ts';
import { pushPlan } from '../../state/changes.ts';
import { noCursor } from '../../state/cursor.ts';
import { flash, type State, type Step, still } from '../../state/model.ts';
import { contextId } from '../../state/screen.ts';
import { push, topScreen } from '../../state/stack.ts';

/** The plan that brings what the other cluster has here; of these jobs at first. */
export function openFrom(
  state: State,
  context: string,
  marks: readonly string[] = [],
  policy?: Policy,
): Step {
  const source = { context, ...(policy && { policy }) };
  const plan = { id: contextId(context), title: `From ${context}`, plan: null, marks, source };
  return [pushPlan(state, plan), [{ type: 'plan-from', ...source }]];
}

/** The same; where jobs are marked, of these. */
const bring =
  (policy: Policy | undefined) =>
  (state: State, context: string): Step => {
    const screen = topScreen(state);
    return openFrom(state, context, screen.kind === 'jobs' ? [...screen.marks] : [], policy);
  };

/** What is otherwise here than in the other cluster. */
function compare(state: State, context: string): Step {
  const sides = { from: { context }, to: null };
  const screen = { comparison: null, cursor: noCursor, filter: '', secrets: false };
  return [
    push(state, { kind: 'comparison', ...sides, ...screen }),
    [{ type: 'compare', ...sides }],
  ];
}

/** What opens something about another context: of the name, else of the one under the cursor; says why not. */
const about =
  (open: (state: State, context: string) => Step) =>
  (state: State, typed: string): Step => {
    const { context, contexts } = state.setting;
    const screen = topScreen(state);
    const name = typed === '' && screen.kind === 'contexts' ? screen.cursor.key : typed;
    if (name === context) return still(flash(state, 'info', `${name} is the one that is shown`));
    if (name !== null && contexts.some((choice) => choice.name === name)) return open(state, name);
    const names = contexts.map((choice) => choice.name).join(', ') || 'none';
    const what = name ? `there is no context ${name}` : 'say which context';
    return still(flash(state, name ? 'error' : 'info', `${what}; there is ${names}`));
  };

/** Options of the command may follow the name: `staging --disabled`. */
export function bringFrom(state: State, typed: string): Step {
  const read = readWords(typed);
  if ('problem' in read) return still(flash(state, 'error', read.problem));
  return about(bring(askedFor(read.policy)))(state, read.subject);
}

export const compareWith = about(compare);

/** The contexts that are not shown. */
export const otherContexts = ({ setting: { contexts, context } }: State): string[] =>
  contexts.map(({ name }) => name).filter((name) => name !== context);
