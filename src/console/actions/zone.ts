/** One key for whose clock the times are told by. */
import { completeZone } from '../../schedule/index.ts';
import { nextZone, zoneChoices, zoneNamed, zoneOfTimes, zoneText } from '../../view/zones.ts';
import type { Action } from '../state/action.ts';
import { flash, type State, type Step, still } from '../state/model.ts';
import { subject } from '../state/stack.ts';

function change(state: State, argument: string): Step {
  const job = subject(state);
  const zone = argument === '' ? nextZone(state, job) : zoneNamed(argument);
  if (zone !== undefined) {
    const changed = { ...state, zone };
    return still(flash(changed, 'info', zoneText(changed, job)));
  }
  const text =
    argument === ''
      ? `your zone, the job’s zone and UTC are the same: ${zoneOfTimes(state, job)}`
      : `${argument} is not a time zone: use local, job, utc, or a name such as Europe/Paris`;
  return still(flash(state, argument === '' ? 'info' : 'error', text));
}

export const zoneActions: readonly Action[] = [
  {
    id: 'zone',
    ofRows: true,
    keys: ['z'],
    title: 'time zone',
    help: 'Shows times in your zone, in the job’s zone or in UTC; `:zone Europe/Paris` shows any other.',
    scope: ['everywhere'],
    command: 'zone',
    footer: 9,
    complete: () => [...zoneChoices, ...completeZone('')],
    run: change,
  },
];
