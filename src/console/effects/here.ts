/** Effects that ask no server: of the terminal, of files, of time. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import type { Clock } from '../../base/clock.ts';
import { explain, type OperatorError } from '../../base/errors.ts';
import { fileName } from '../../config/file-name.ts';
import { fileError } from '../../config/files.ts';
import type { TtlSource } from '../../config/target.ts';
import type { EffectOf } from '../state/message.ts';
import type { Flash, Message, State } from '../state/model.ts';
import { rest } from '../state/passing.ts';
import { workOutAgenda } from './agenda.ts';
import { createCounter } from './crowd.ts';
import { lintInSlices } from './lint.ts';
import type { Terminal } from './terminal.ts';

export type Here = EffectOf<
  | 'agenda'
  | 'lint'
  | 'read-ttls'
  | 'count-crowd'
  | 'find-calm'
  | 'save-text'
  | 'copy'
  | 'check-later'
  | 'rest-later'
  | 'forget-later'
  | 'redraw'
  | 'suspend'
  | 'quit'
>;

export interface HereOptions {
  readonly clock: Clock;
  /** Null until the screen is there. */
  readonly terminal: () => Terminal | null;
  readonly dispatch: (message: Message) => void;
  readonly state: () => State;
  /** Where the table of TTLs comes from. */
  readonly ttls?: TtlSource | null;
  /** Where ctrl-s saves to. */
  readonly folder: string;
  /** Any failure as an error for the operator; of a defect of ours the details are kept. */
  readonly known: (error: unknown) => OperatorError;
}

export const flash = (level: Flash['level'], text: string): Message => ({
  type: 'flash',
  flash: { level, text },
});

const noTerminal: Flash = { level: 'error', text: 'no terminal yet' };

/** No key for so long, and a long text is checked, ms. */
const aPause = 300;
/** How long words about a key stand there, ms. */
const aMoment = 3_000;

/** What goes wrong is shown, never thrown: the console stays open. */
export const failureTeller =
  ({ dispatch, known }: Pick<HereOptions, 'dispatch' | 'known'>) =>
  (work: Promise<unknown>, after?: Message): void => {
    work.catch((error: unknown) => {
      if (after) dispatch(after);
      dispatch(flash('error', explain(known(error)).join(' · ')));
    });
  };

export function runnerHere(options: HereOptions): (effect: Here) => void {
  const { clock, terminal, dispatch, folder, ttls } = options;
  const reportFailure = failureTeller(options);
  const counter = createCounter(options);
  let cancelCheck = (): void => {};
  let cancelRest = (): void => {};

  async function saveText(name: string, text: string): Promise<void> {
    const path = join(folder, `${fileName(name)}.txt`);
    await writeFile(path, text, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
      throw fileError(path, 'written', error);
    });
    dispatch(flash('ok', `saved to ${path}`));
  }

  async function readTtls(): Promise<void> {
    // Most contexts have none: what reads them is not even loaded.
    if (ttls == null) return dispatch({ type: 'ttls', table: null });
    const { readTtls: read } = await import('../../contexts/ttl-source.ts');
    dispatch({ type: 'ttls', table: await read(ttls, env) });
  }

  return (effect) => {
    switch (effect.type) {
      case 'agenda':
        return workOutAgenda(options, effect);
      case 'lint':
        return lintInSlices(options, effect);
      case 'count-crowd':
        return counter.count();
      case 'find-calm':
        return counter.findCalm();
      case 'read-ttls':
        return reportFailure(readTtls(), { type: 'ttls', table: null });
      case 'save-text':
        return reportFailure(saveText(effect.name, effect.text));
      case 'copy':
        return dispatch({ type: 'flash', flash: terminal()?.copy(effect.text) ?? noTerminal });
      case 'check-later':
        cancelCheck();
        cancelCheck = clock.after(aPause, () => dispatch({ type: 'check', lines: effect.lines }));
        return;
      case 'rest-later':
        cancelRest();
        cancelRest = clock.after(rest, () => dispatch({ type: 'rested' }));
        return;
      case 'forget-later':
        clock.after(aMoment, () => dispatch({ type: 'forget', flash: effect.flash }));
        return;
      case 'redraw':
        terminal()?.redraw();
        return dispatch({ type: 'clock', now: clock.now() });
      case 'suspend':
        return reportFailure(terminal()?.suspend() ?? Promise.resolve());
      case 'quit':
        return terminal()?.quit();
    }
  };
}
