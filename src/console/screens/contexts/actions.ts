/** Going from one cluster to another, in place. */
import type { Action } from '../../state/action.ts';
import { flash, type State, type Step, still } from '../../state/model.ts';
import { push, topScreen } from '../../state/stack.ts';
import { bringFrom, compareWith, otherContexts } from './other.ts';

function goTo(state: State, name: string): Step {
  const { contexts, context } = state.setting;
  if (name === context) return still(flash(state, 'info', `${name} is shown already`));
  if (contexts.some((choice) => choice.name === name))
    return [{ ...state, waiting: `going to ${name}` }, [{ type: 'open-context', name }]];
  const names = contexts.map((choice) => choice.name).join(', ');
  return still(flash(state, 'error', `there is no context ${name}; there is ${names || 'none'}`));
}

function list(state: State): Step {
  const { context, contexts } = state.setting;
  const key = context ?? contexts[0]?.name ?? null;
  return still(push(state, { kind: 'contexts', cursor: { key, row: 0 } }));
}

const hasOthers = (state: State): string | null =>
  otherContexts(state).length > 0 ? null : 'there is no other context in the config file';

export const contextActions: readonly Action[] = [
  {
    id: 'context.go',
    ofRows: true,
    keys: ['enter'],
    title: 'go there',
    help: 'Shows the cluster of the context under the cursor in place of this one.',
    scope: ['contexts'],
    footer: 1,
    available: ({ setting }) => (setting.contexts.length > 0 ? null : 'there is no context'),
    run: (state) => {
      const screen = topScreen(state);
      const name = screen.kind === 'contexts' ? screen.cursor.key : null;
      return name === null ? still(state) : goTo(state, name);
    },
  },
  {
    id: 'context.restore',
    keys: ['R'],
    title: 'restore from',
    help: 'Shows what the jobs of the context under the cursor would change on the cluster that is shown, as a plan; that of the context is only read.',
    scope: ['contexts'],
    footer: 2,
    live: true,
    available: hasOthers,
    run: (state) => bringFrom(state, ''),
  },
  {
    id: 'context.diff',
    keys: ['d'],
    title: 'compare',
    help: 'Compares what the cluster of the context under the cursor has with the one that is shown.',
    scope: ['contexts'],
    footer: 3,
    live: true,
    available: hasOthers,
    run: (state) => compareWith(state, ''),
  },
  {
    id: 'context.from',
    keys: [],
    title: 'restore from a context',
    help: 'Shows what the jobs of another cluster would change here, as a plan: `:from NAME`, also with options of the command behind it. Jobs that are marked are chosen in it. The other cluster is only read.',
    scope: ['everywhere'],
    command: 'from',
    live: true,
    available: hasOthers,
    complete: otherContexts,
    run: bringFrom,
  },
  {
    id: 'context.compare',
    keys: [],
    title: 'compare with a context',
    help: 'Compares what another cluster has with this one: `:compare NAME`.',
    scope: ['everywhere'],
    command: 'compare',
    live: true,
    available: hasOthers,
    complete: otherContexts,
    run: compareWith,
  },
  {
    id: 'context.list',
    ofRows: true,
    keys: [],
    title: 'contexts',
    help: 'Shows another cluster in place of this one: `:ctx NAME`; without a name it lists the contexts of the config file.',
    scope: ['everywhere'],
    command: 'ctx',
    live: true,
    complete: ({ setting }) => setting.contexts.map(({ name }) => name),
    run: (state, name) => (name === '' ? list(state) : goTo(state, name)),
  },
];
