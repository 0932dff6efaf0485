/** A console whose server is behind a port-forward: what the one learns, the other is told. */
import type { Forward } from '../../forward/open.ts';
import type { Message, State } from '../state/model.ts';
import type { RunnerOptions } from './runner.ts';

interface Store {
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
}

/** The poller as keys reach it: asked for, a try is not waited for, and nobody looks at what rests. */
export function byForward(
  forward: Pick<Forward, 'state' | 'subscribe' | 'now' | 'watched'>,
  poller: RunnerOptions['poller'],
  { state, dispatch }: Store,
): RunnerOptions['poller'] {
  dispatch({ type: 'forward', forward: forward.state() });
  forward.subscribe((now) => {
    dispatch({ type: 'forward', forward: now });
    if (now.kind === 'refused')
      dispatch({ type: 'flash', flash: { level: 'error', text: `${now.text} · ${now.next}` } });
    if (now.kind === 'up' && state().link.kind === 'lost') poller.refresh();
  });
  return {
    busy: poller.busy,
    refresh: (names) => {
      forward.now();
      poller.refresh(names);
    },
    pace: (pace) => {
      forward.watched(pace.focused && !pace.paused);
      poller.pace(pace);
    },
  };
}
