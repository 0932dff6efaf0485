/** A console at work on a server, without its terminal: keys go in, and what it says comes out. */

import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { bareTarget } from '../../src/config/target.ts';
import { openSession } from '../../src/console/session.ts';
import type { State } from '../../src/console/state/model.ts';
import { topScreen } from '../../src/console/state/stack.ts';
import { findingText } from '../../src/job/lint/finding.ts';
import { places } from '../cli/run.ts';
import { keyOf } from '../terminal/press.ts';

/** A key by its name, or what has to be there before the next one. */
export type Step = string | ((state: State) => boolean);

export const aPlan = (state: State): boolean => {
  const screen = topScreen(state);
  return screen.kind === 'plan' && screen.plan !== null;
};

export const aQuestion = ({ overlay }: State): boolean =>
  overlay?.kind === 'confirm' || overlay?.kind === 'typed';

/** Nothing is on its way any more. */
function isAtRest(state: State): boolean {
  const { overlay, waiting, flash, again } = state;
  const screen = topScreen(state);
  return (
    waiting === null &&
    !(overlay?.kind === 'schedule' && overlay.saving) &&
    !(screen.kind === 'plan' && screen.applying !== null) &&
    !/the result shows here|^nothing/.test(flash?.text ?? '') &&
    (again?.stage !== 'going' || /waiting until/.test(flash?.text ?? ''))
  );
}

const patience = 10_000;

export interface Screen {
  readonly press: (...steps: readonly Step[]) => Promise<void>;
  /** All that it says of what became of a change, once that is known. */
  readonly words: () => Promise<string>;
}

export async function openScreen(url: string, readOnly: boolean): Promise<Screen> {
  const session = openSession({ target: bareTarget(url, { readOnly, refresh: 5_000 }), places });
  const { state, dispatch } = session.store;
  onTestFinished(async () => void (await session.close(AbortSignal.abort())));
  session.attach({
    copy: (text) => ({ level: 'ok', text }),
    redraw: () => {},
    notify: () => {},
    handOver: (work) => work(),
    suspend: async () => {},
    quit: () => {},
  });
  const until = async (holds: (state: State) => boolean): Promise<void> => {
    const end = Date.now() + patience;
    while (!holds(state())) {
      if (Date.now() > end) throw new Error(`waited in vain for ${holds}: ${said(state())}`);
      await sleep(5);
    }
  };
  // Nothing is changed before it is known which cluster answers, and what it is called on the disk.
  await until(({ cluster, link }) => cluster.kind === 'known' && link.kind === 'live');
  let at = 0;
  return {
    press: async (...steps) => {
      for (const step of steps) {
        // A key a second: each is pressed once what the last one brought can be read.
        at += 1_000;
        if (typeof step === 'function') await until(step);
        else dispatch({ type: 'key', key: keyOf(step), at });
        dispatch({ type: 'painted', at });
      }
    },
    words: async () => {
      await until(isAtRest);
      return said(state());
    },
  };
}

function said(state: State): string {
  const { flash, overlay } = state;
  const screen = topScreen(state);
  const results = screen.kind === 'plan' ? [...screen.results.values()] : [];
  const items = screen.kind === 'plan' ? (screen.plan?.items ?? []) : [];
  return [
    flash?.text ?? '',
    ...(overlay?.kind === 'schedule' ? overlay.refusal : []),
    ...(aQuestion(state) && overlay !== null && 'question' in overlay
      ? [overlay.question].flat()
      : []),
    ...results.map(({ message }) => message),
    ...[...(state.again?.states.values() ?? [])].map(({ text }) => text),
    ...items.flatMap(({ why, findings }) => [why, ...findings.map(findingText)]),
  ].join('\n');
}
