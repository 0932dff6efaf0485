/** Why a job fails, and going to what may be why. */
import type { Event } from '../../../why/events.ts';
import type { Action } from '../../state/action.ts';
import { noRuns } from '../../state/closed.ts';
import { noCursor } from '../../state/cursor.ts';
import { flash, type State, type Step, still } from '../../state/model.ts';
import { push, subject, topScreen } from '../../state/stack.ts';
import { openDifference } from '../difference.ts';
import { openJob } from '../job/open.ts';
import { eventAt, eventText } from './view.ts';

const eventHere = (state: State): Event | undefined => {
  const screen = topScreen(state);
  return screen.kind === 'why' ? eventAt(screen) : undefined;
};

function openWhy(state: State, name: string): Step {
  const job = name === '' ? subject(state)?.name : name;
  if (job === undefined) return still(flash(state, 'info', 'no job under the cursor'));
  if (state.jobs.at === null) return still(flash(state, 'info', 'the jobs have not been read yet'));
  if (!state.jobs.byName.has(job)) return still(flash(state, 'error', `there is no job ${job}`));
  return [
    push(state, { kind: 'why', job, why: null, cursor: noCursor }),
    [{ type: 'ask-why', job }],
  ];
}

/** The difference of an edit, or the job that fails too. */
function open(state: State): Step {
  const event = eventHere(state);
  if (event === undefined || event.kind === 'nodes') return still(state);
  if (event.kind === 'failing') return openJob(state, event.job);
  const { job, changes } = event;
  return openDifference(state, { job, title: eventText(state, event), changes });
}

const needsEvent = (state: State): string | null => {
  const event = eventHere(state);
  if (event === undefined) return 'there is nothing under the cursor';
  if (event.kind === 'nodes') return 'there is no more of it; C shows the nodes as they are now';
  return event.kind === 'edit' || state.jobs.byName.has(event.job)
    ? null
    : `${event.job} is not there any more`;
};

export const whyActions: readonly Action[] = [
  {
    id: 'why.open',
    keys: ['W'],
    title: 'why it fails',
    help: 'Tells what changed before the job began to fail: edits of it, of its parents and of jobs that call the same host, nodes that came or went, changes of the leader; and who else fails since then.',
    scope: ['jobs', 'job', 'executions', 'run-comparison', 'missed', 'families'],
    command: 'why',
    live: true,
    complete: (state) => [...state.jobs.byName.keys()],
    available: noRuns,
    run: openWhy,
  },
  {
    id: 'why.event',
    keys: ['enter'],
    title: 'open',
    help: 'Shows all that the edit under the cursor changed, or the job that fails too.',
    scope: ['why'],
    footer: 1,
    available: needsEvent,
    run: open,
  },
];
