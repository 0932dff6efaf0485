import { shortSpan } from '../../view/short.ts';
import type { Unfinished } from './head.ts';

/** What was begun and when, in a few words: `Write 500 jobs, begun 3m ago`. `now`: ms since the epoch. */
export const begunText = ({ title, at }: Pick<Unfinished, 'title' | 'at'>, now: number): string =>
  `${title}, begun ${shortSpan(now - Date.parse(at))} ago`;

/** That the newest was not finished; `older`: how many more there are. */
export function leftText(newest: Unfinished, older: number, now: number): string {
  const more = older === 0 ? '' : ` (and ${older} more)`;
  return `not finished: ${begunText(newest, now)}${more}`;
}
