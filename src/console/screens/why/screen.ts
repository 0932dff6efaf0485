import type { WhyScreen } from '../../state/model.ts';
import { onAnotherRow } from '../pane-of-row.ts';
import type { ScreenRow } from '../row.ts';
import { whyActions } from './actions.ts';
import { paneOf, whyBody, whyKeys, whyRows, whyTitle } from './view.ts';

export const whyScreen: ScreenRow<WhyScreen> = {
  actions: whyActions,
  title: whyTitle,
  body: whyBody,
  listing: (state, screen) => ({
    list: whyKeys(screen.why),
    cursor: screen.cursor,
    height: whyRows(state, screen).list,
  }),
  at: onAnotherRow,
  part: (state, screen) => {
    const { diff } = whyRows(state, screen);
    return diff === 0 ? null : { lines: paneOf(state, screen).length, height: diff - 1 };
  },
};
