/** What to do when it is not surely the cluster that is shown that answers. */
import type { Action } from '../state/action.ts';
import { type State, type Step, still } from '../state/model.ts';
import { ask } from '../state/questions.ts';

const doubtful = ({ cluster }: State): string | null =>
  cluster.kind === 'another' || cluster.kind === 'unsure'
    ? null
    : 'it is the cluster that is shown that answers';

/** Asks whether to show the cluster that answers in place of the one that is shown. */
export function askToTake(state: State): Step {
  const { cluster } = state;
  if (cluster.kind !== 'another' && cluster.kind !== 'unsure') return still(state);
  const { name, instead } = cluster;
  return ask(state, {
    question:
      instead === name
        ? `Show the other ${name} that answers now, as another cluster?`
        : `Show ${instead} in place of ${name}?`,
    more: [`esc waits for ${name}; drafts and journal of ${name} are kept for it.`],
    verb: 'show it',
    doing: `going to ${instead}`,
    effect: { type: 'settle-cluster', as: 'other' },
  });
}

export const clusterActions: readonly Action[] = [
  {
    id: 'cluster.other',
    ofRows: true,
    keys: ['C'],
    takesKey: (state) => doubtful(state) === null,
    title: 'the other cluster',
    help: 'When another cluster answers at this address: shows it in place of the one before. Esc goes on waiting for that.',
    scope: ['everywhere'],
    command: 'other-cluster',
    live: true,
    available: doubtful,
    run: askToTake,
  },
  {
    id: 'cluster.same',
    ofRows: true,
    keys: ['='],
    title: 'the same cluster',
    help: 'When it is not sure which cluster answers: says that it is the one before.',
    scope: ['everywhere'],
    command: 'same-cluster',
    live: true,
    available: (state) =>
      state.cluster.kind === 'unsure'
        ? null
        : (doubtful(state) ?? 'it is certainly another cluster that answers'),
    run: (state) => {
      const { cluster } = state;
      if (cluster.kind !== 'unsure') return still(state);
      return ask(state, {
        question: `Is what answers the cluster ${cluster.name}, although ${cluster.why}?`,
        verb: 'it is',
        doing: `going on with ${cluster.name}`,
        effect: { type: 'settle-cluster', as: 'same' },
      });
    },
  },
];
