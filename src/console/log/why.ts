/** Why a job fails, as the log has it. */
import type { Event } from '../../why/events.ts';
import type { Why } from '../../why/why.ts';
import { stepOf } from './history.ts';
import type { Veil } from './veil.ts';

export const whyOf = ({ before, after, gaps, ...why }: Why, veil: Veil): Why => ({
  ...why,
  before: before.map((event) => eventOf(event, veil)),
  after: after.map((event) => eventOf(event, veil)),
  gaps: gaps.map(veil.sentence),
});

function eventOf(event: Event, veil: Veil): Event {
  if (event.kind !== 'edit') return event;
  const step = stepOf(event.step, veil);
  return { ...event, step, changes: step.changes };
}
