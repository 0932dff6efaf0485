/** A maintenance: the jobs of a list disabled for a while, and exactly those enabled again. */
import { counted } from '../../base/counted.ts';
import type { Job } from '../../job/job.ts';
import { asStart } from '../../plan/maintenance/plan.ts';
import type { MaintenanceSeen } from '../../plan/maintenance/store.ts';
import { sinceText } from '../../plan/maintenance/words.ts';
import type { MaintenanceStep } from '../../plan/model.ts';
import { clean } from '../../terminal/cell.ts';
import { visibleOf } from '../screens/jobs/visible.ts';
import type { Action } from '../state/action.ts';
import { jobsCalled, openChanges, pushPlan, subjects } from '../state/changes.ts';
import { maintenanceId } from '../state/maintenance.ts';
import { flash, type State, type Step, still } from '../state/model.ts';
import { ask } from '../state/questions.ts';
import { topScreen } from '../state/stack.ts';

/** The marked jobs of the list, or else those that its filter lets through, or the one that is open; else none. */
function chosen(state: State): Job[] {
  if (topScreen(state).kind !== 'jobs') return subjects(state);
  const [{ marks, filter }] = state.screens;
  const shown = filter === '' ? [] : visibleOf(state).keys;
  return jobsCalled(state, [...(marks.size > 0 ? marks : shown)]);
}

/** `night: why` */
function calledOf(argument: string, filter: string): Pick<MaintenanceStep, 'name' | 'why'> {
  const [name = '', why = ''] = argument.split(/:(.*)/s).map((part) => part.trim());
  return { name: name || filter || 'of chosen jobs', why };
}

function start(state: State, argument: string): Step {
  const jobs = chosen(state);
  if (jobs.length === 0)
    return still(flash(state, 'info', 'mark the jobs first, or filter them: * marks all shown'));
  const called = calledOf(argument, state.screens[0].filter);
  // There is one at a time of a cluster.
  const id = new Date(state.now).toISOString();
  const wanted = jobs.filter(({ disabled }) => !disabled);
  if (wanted.length === 0) return still(flash(state, 'info', 'all of them are disabled already'));
  const title = `Maintenance  ${clean(called.name)}: disable ${counted(wanted.length)}`;
  const as = asStart({ id, ...called });
  return openChanges(state, title, wanted, {
    id: maintenanceId('start'),
    set: { disabled: true },
    as,
  });
}

/** Opens what is left to do; it is looked for meanwhile. */
function goOn(state: State, seen: MaintenanceSeen, step: MaintenanceStep['step']): Step {
  const why = seen.why === '' ? '' : ` · ${clean(seen.why)}`;
  const verb = step === 'end' ? 'End' : 'Start';
  const title = `${verb}  ${clean(sinceText(seen, state.now))}${why}`;
  const opened = pushPlan(state, { id: maintenanceId(step), title, plan: null });
  return [opened, [{ type: 'plan-maintenance', step }]];
}

const goesOn = ({ maintenance }: State): string | null =>
  maintenance === null ? 'no maintenance goes on' : null;

const common = { scope: ['jobs', 'job'], live: true, anyRow: true } as const;

export const maintenanceActions: readonly Action[] = [
  {
    ...common,
    id: 'maintenance.open',
    keys: ['M'],
    title: 'maintenance',
    help: 'Disables the marked jobs, or those that the filter shows, until the maintenance ends; `:maintenance NAME: WHY`. While one goes on: shows which jobs its end enables again, and what others have done to the rest; enter ends it.',
    command: 'maintenance',
    complete: () => [],
    dangerous: true,
    run: (state, argument) => {
      const { maintenance } = state;
      if (maintenance === null) return start(state, argument);
      return goOn(state, maintenance, maintenance.step === 'starting' ? 'start' : 'end');
    },
  },
  {
    ...common,
    id: 'maintenance.end',
    keys: [],
    title: 'end the maintenance',
    help: 'Shows the maintenance that goes on, and what its end would enable again, also of one that has started half way; enter ends it.',
    command: 'maintenance-end',
    available: goesOn,
    run: (state) =>
      state.maintenance === null ? still(state) : goOn(state, state.maintenance, 'end'),
  },
  {
    ...common,
    id: 'maintenance.forget',
    keys: [],
    title: 'forget the maintenance',
    help: 'Leaves all jobs as they are, and remembers no more which of them were enabled.',
    command: 'maintenance-forget',
    available: goesOn,
    run: (state) =>
      ask(state, {
        question: `Forget the maintenance ${clean(state.maintenance?.name ?? '')}? Its jobs stay as they are now.`,
        verb: 'forget it',
        doing: 'forgetting it',
        effect: { type: 'forget-maintenance' },
      }),
  },
];
