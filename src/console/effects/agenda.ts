/** Works the agenda out over the jobs as they are now, beside the keys. */
import type { Clock } from '../../base/clock.ts';
import { hostOf } from '../../job/host.ts';
import { agendaSteps, instantFromMillis } from '../../schedule/index.ts';
import type { EffectOf } from '../state/message.ts';
import type { Message, State } from '../state/model.ts';
import { inSlices } from './slices.ts';

export interface AgendaOptions {
  readonly clock: Clock;
  readonly dispatch: (message: Message) => void;
  readonly state: () => State;
}

/** More than a tall window has rows. */
const busiest = 60;

export function workOutAgenda(
  { clock, dispatch, state }: AgendaOptions,
  { names, from, hours }: EffectOf<'agenda'>,
): void {
  const { jobs, setting, server, now } = state();
  const chosen = names.flatMap((name) => jobs.byName.get(name) ?? []);
  const stretch = {
    from: instantFromMillis(from),
    to: instantFromMillis(from + hours * 3_600_000),
    now: instantFromMillis(now),
    serverTimezone: setting.serverZone,
    ...(server === null ? {} : { version: server.version }),
  };
  /** The screen may be gone, or have asked for something else. */
  const isWanted = (): boolean =>
    state().screens.some(
      (screen) => screen.kind === 'agenda' && screen.hours === hours && screen.from === from,
    );
  inSlices(clock, agendaSteps(chosen, stretch, { busiest, hostOf }), isWanted, (agenda) =>
    dispatch({ type: 'agenda', agenda, hours }),
  );
}
