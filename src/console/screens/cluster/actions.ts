/** Opening the cluster, and pausing the node that answers. */
import { atLeast } from '../../../base/dkron-version.ts';
import { pauseWords } from '../../../dkron/overview/words.ts';
import { pausesSince } from '../../../dkron/write/pause.ts';
import { pauseQuestion } from '../../../plan/pause.ts';
import type { Action } from '../../state/action.ts';
import { noCursor } from '../../state/cursor.ts';
import { type State, type Step, still } from '../../state/model.ts';
import { ask } from '../../state/questions.ts';
import { push, topScreen } from '../../state/stack.ts';

const open = (state: State): Step => [
  push(state, { kind: 'cluster', overview: null, at: state.now, cursor: noCursor }),
  [{ type: 'read-overview' }],
];

/** The node that was seen last; the door makes sure that it is still the one that answers. */
const nodeOf = ({ whom, server }: State): string | null => whom ?? server?.name ?? null;

const canPause = ({ server }: State): string | null =>
  server === null
    ? 'no node has answered yet'
    : atLeast(server.version, pausesSince)
      ? null
      : `Dkron ${server.version} cannot be paused: it needs ${pausesSince} or newer`;

const unless =
  (paused: boolean) =>
  (state: State): string | null =>
    canPause(state) ??
    (state.node.paused === paused
      ? `${nodeOf(state)} is ${paused ? 'paused already' : 'not paused'}`
      : null);

function askToPause(state: State, paused: boolean): Step {
  const node = nodeOf(state);
  if (node === null) return still(state);
  const verb = paused ? 'pause' : 'unpause';
  return ask(state, {
    question: pauseQuestion(paused, node, state.setting.label),
    more: paused ? Object.values(pauseWords) : [],
    verb,
    doing: `${paused ? 'pausing' : 'unpausing'} ${node}`,
    effect: { type: 'set-paused', paused, node },
  });
}

const common = { dangerous: true, anyRow: true } as const;

export const clusterScreenActions: readonly Action[] = [
  {
    id: 'members.open',
    keys: ['C'],
    title: 'cluster',
    help: 'Shows the members of the cluster with their state, what runs where, how the node is that answers, and runs by day. While another cluster answers, the key asks about that first.',
    scope: ['everywhere'],
    command: 'cluster',
    live: true,
    available: (state) =>
      topScreen(state).kind === 'cluster' ? 'it is what this screen shows' : null,
    run: open,
  },
  {
    ...common,
    id: 'members.switch',
    keys: ['P'],
    title: 'pause/unpause the node',
    help: 'Has the node that answers refuse new and changed jobs, or accept them again. It stops no runs, holds for that node only, and until it restarts.',
    scope: ['cluster'],
    footer: 1,
    available: canPause,
    run: (state) => askToPause(state, !state.node.paused),
  },
  {
    ...common,
    id: 'members.pause',
    keys: [],
    title: 'pause the node',
    help: 'Has the node that answers refuse new and changed jobs. It stops no runs, holds for that node only, and until it restarts (Dkron 4.0.9 or newer).',
    scope: ['everywhere'],
    command: 'pause-node',
    available: unless(true),
    run: (state) => askToPause(state, true),
  },
  {
    ...common,
    id: 'members.unpause',
    keys: [],
    title: 'unpause the node',
    help: 'Has the node that answers accept new and changed jobs again.',
    scope: ['everywhere'],
    command: 'unpause-node',
    available: unless(false),
    run: (state) => askToPause(state, false),
  },
];
